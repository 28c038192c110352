//! The pages' texts in English.

use super::message::{Action, Message, Text};

pub(super) const REQUEST_ID: &str = "Request";

pub(super) fn text(message: Message) -> Text {
    let (title, body) = match message {
        Message::SignedOut => ("You are signed out", "You can close this page, or sign in again."),
        Message::StillSignedIn => {
            ("You are signed in", "This browser still has a session. You can end it here.")
        }
        Message::UnknownHost => (
            "This address is not served here",
            "Please check the address. If you typed it correctly, its owner has to set it up.",
        ),
        Message::UnsafeAddress => (
            "This address cannot be used",
            "It holds characters that could be read in more than one way. Please check the address.",
        ),
        Message::NoRoute => (
            "Nothing is open here",
            "No rule opens this address. Please check it, or begin at the start page.",
        ),
        Message::SignInNeeded => ("Please sign in", "This is only for people who are signed in."),
        Message::NotInGroup => (
            "You may not open this",
            "You are signed in, but your account is not in a group that may open this page. Somebody who manages this site can add you.",
        ),
        Message::CrossSite => (
            "This was asked by another site",
            "To protect your account, it has to be asked for on this site itself.",
        ),
        Message::MethodNotAllowed => (
            "This does not work that way",
            "The address exists, but it cannot be used with this kind of request.",
        ),
        Message::IncompleteCallback => (
            "This sign-in is incomplete",
            "The address does not hold what a sign-in brings back. Please begin again.",
        ),
        Message::UnknownAttempt => (
            "This sign-in does not belong here",
            "It was begun in another browser, or another sign-in has replaced it. Please begin again; it takes a moment.",
        ),
        Message::ExpiredAttempt => (
            "This sign-in took too long",
            "For your safety a sign-in has to be finished within ten minutes. Please begin again.",
        ),
        Message::CookiesOff => (
            "Cookies are switched off",
            "Signing in needs cookies, and this browser sent none back. Please allow cookies for this site and begin again.",
        ),
        Message::SignInDeclined => (
            "You were not signed in",
            "The sign-in was declined or cancelled. You can try again, or sign in with another account.",
        ),
        Message::SignInFailed => (
            "Signing in did not work",
            "The sign-in service reported an error. Please try again; if it happens again, tell whoever runs this site.",
        ),
        Message::CodeRefused => {
            ("This sign-in cannot be finished", "It was used before, or it is too old. Please begin again.")
        }
        Message::PoolUnavailable => (
            "The sign-in service does not answer",
            "Your session is kept. Please try again in a few seconds.",
        ),
        Message::SetUpWrongly => (
            "Signing in is not set up correctly",
            "You cannot mend this yourself. Please tell whoever runs this site, with the number below.",
        ),
        Message::ClockWrong => (
            "A clock is wrong",
            "Sign-ins cannot be checked because the clock of a server is wrong. Please try again later, or tell whoever runs this site.",
        ),
        Message::Internal => (
            "Something went wrong here",
            "It is our mistake, not yours. Please try again; if it happens again, tell whoever runs this site.",
        ),
        Message::AddressCut => (
            "You are signed in",
            "The address that you opened was too long to be kept while you signed in: what followed its question mark is gone.",
        ),
        Message::NotFound => (
            "There is nothing at this address",
            "The page may have been moved or taken away. Please check the address, or begin at the start page.",
        ),
        Message::NotAcceptable => (
            "This cannot be shown here",
            "It is kept in a compressed form that this program did not ask for. A current browser can open it.",
        ),
        Message::SiteUnavailable => (
            "This page cannot be read just now",
            "The site's storage does not answer. Please try again in a moment.",
        ),
    };
    Text { title, body }
}

pub(super) fn label(action: Action) -> &'static str {
    match action {
        Action::SignIn => "Sign in",
        Action::TryAgain => "Try again",
        Action::SignOut => "Sign out",
        Action::Home => "Start page",
        Action::GoOn => "Continue",
    }
}
