//! Messages and links of pages.

/// Message of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Message {
    /// Signing out is done.
    SignedOut,
    /// The page about signing out was opened, but somebody is signed in.
    StillSignedIn,
    /// The host is not one that this gate answers for.
    UnknownHost,
    /// The address has no safe reading.
    UnsafeAddress,
    /// No route opens the address.
    NoRoute,
    /// The address is for people who are signed in, and a redirect would not help.
    SignInNeeded,
    /// Signed in, but not in a group that may have the address.
    NotInGroup,
    /// Another site asked for something that only this site may ask for.
    CrossSite,
    /// The endpoint takes another method.
    MethodNotAllowed,
    /// The callback's parameters are not those of a sign-in.
    IncompleteCallback,
    /// The sign-in was not begun in this browser, or was replaced by another one.
    UnknownAttempt,
    /// The sign-in took too long.
    ExpiredAttempt,
    /// The browser keeps no cookies.
    CookiesOff,
    /// The person or the user pool declined.
    SignInDeclined,
    /// The user pool reported an error.
    SignInFailed,
    /// The code was used before or is too old.
    CodeRefused,
    /// The user pool does not answer as it should.
    PoolUnavailable,
    /// The gate and the user pool are set up differently.
    SetUpWrongly,
    /// A clock is wrong.
    ClockWrong,
    /// The gate itself failed.
    Internal,
    /// Signing in is done, but a part of the address that was asked for could not be kept.
    AddressCut,
    /// The site has nothing at the address.
    NotFound,
    /// What the site has at the address cannot be given in an encoding that the viewer takes.
    NotAcceptable,
    /// The site's storage does not answer as it should.
    SiteUnavailable,
}

/// Link of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// To the user pool's sign-in page.
    SignIn,
    /// The same page once more.
    TryAgain,
    /// To the sign-out endpoint.
    SignOut,
    /// To the start page.
    Home,
    /// To the page that was asked for.
    GoOn,
}

/// A message in a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Text {
    /// The heading, and the document's title.
    pub title: &'static str,
    /// What happened, and what to do.
    pub body: &'static str,
}

/// Every message, so that a test can show that no language misses one.
#[cfg(test)]
pub(super) const ALL: [Message; 24] = [
    Message::SignedOut,
    Message::StillSignedIn,
    Message::UnknownHost,
    Message::UnsafeAddress,
    Message::NoRoute,
    Message::SignInNeeded,
    Message::NotInGroup,
    Message::CrossSite,
    Message::MethodNotAllowed,
    Message::IncompleteCallback,
    Message::UnknownAttempt,
    Message::ExpiredAttempt,
    Message::CookiesOff,
    Message::SignInDeclined,
    Message::SignInFailed,
    Message::CodeRefused,
    Message::PoolUnavailable,
    Message::SetUpWrongly,
    Message::ClockWrong,
    Message::Internal,
    Message::AddressCut,
    Message::NotFound,
    Message::NotAcceptable,
    Message::SiteUnavailable,
];
