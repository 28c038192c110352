//! The pages' texts in German.

use super::message::{Action, Message, Text};

pub(super) const REQUEST_ID: &str = "Anfrage";

pub(super) fn text(message: Message) -> Text {
    let (title, body) = match message {
        Message::SignedOut => {
            ("Sie sind abgemeldet", "Sie können diese Seite schließen oder sich wieder anmelden.")
        }
        Message::StillSignedIn => {
            ("Sie sind angemeldet", "Dieser Browser hat noch eine Sitzung. Sie können sie hier beenden.")
        }
        Message::UnknownHost => (
            "Diese Adresse wird hier nicht bedient",
            "Bitte prüfen Sie die Adresse. Ist sie richtig, muss ihr Betreiber sie einrichten.",
        ),
        Message::UnsafeAddress => (
            "Diese Adresse ist nicht verwendbar",
            "Sie enthält Zeichen, die sich auf mehr als eine Weise lesen lassen. Bitte prüfen Sie die Adresse.",
        ),
        Message::NoRoute => (
            "Hier ist nichts offen",
            "Keine Regel öffnet diese Adresse. Bitte prüfen Sie sie, oder beginnen Sie auf der Startseite.",
        ),
        Message::SignInNeeded => ("Bitte melden Sie sich an", "Dies ist nur für angemeldete Personen."),
        Message::NotInGroup => (
            "Sie dürfen dies nicht öffnen",
            "Sie sind angemeldet, aber Ihr Konto gehört zu keiner Gruppe, die diese Seite öffnen darf. Wer diese Website verwaltet, kann Sie aufnehmen.",
        ),
        Message::CrossSite => (
            "Dies hat eine andere Website verlangt",
            "Zum Schutz Ihres Kontos muss es auf dieser Website selbst verlangt werden.",
        ),
        Message::MethodNotAllowed => {
            ("So geht das nicht", "Die Adresse gibt es, aber nicht für diese Art von Anfrage.")
        }
        Message::IncompleteCallback => (
            "Diese Anmeldung ist unvollständig",
            "Der Adresse fehlt, was eine Anmeldung mitbringt. Bitte beginnen Sie noch einmal.",
        ),
        Message::UnknownAttempt => (
            "Diese Anmeldung gehört nicht hierher",
            "Sie wurde in einem anderen Browser begonnen, oder eine andere hat sie ersetzt. Bitte beginnen Sie noch einmal; es dauert nur einen Augenblick.",
        ),
        Message::ExpiredAttempt => (
            "Diese Anmeldung hat zu lange gedauert",
            "Zu Ihrer Sicherheit muss eine Anmeldung in zehn Minuten beendet sein. Bitte beginnen Sie noch einmal.",
        ),
        Message::CookiesOff => (
            "Cookies sind ausgeschaltet",
            "Die Anmeldung braucht Cookies, und dieser Browser hat keines zurückgeschickt. Bitte erlauben Sie Cookies für diese Website und beginnen Sie noch einmal.",
        ),
        Message::SignInDeclined => (
            "Sie wurden nicht angemeldet",
            "Die Anmeldung wurde abgelehnt oder abgebrochen. Sie können es noch einmal oder mit einem anderen Konto versuchen.",
        ),
        Message::SignInFailed => (
            "Die Anmeldung hat nicht geklappt",
            "Der Anmeldedienst meldet einen Fehler. Bitte versuchen Sie es noch einmal; geschieht es wieder, sagen Sie es dem Betreiber.",
        ),
        Message::CodeRefused => (
            "Diese Anmeldung lässt sich nicht beenden",
            "Sie wurde schon benutzt oder ist zu alt. Bitte beginnen Sie noch einmal.",
        ),
        Message::PoolUnavailable => (
            "Der Anmeldedienst antwortet nicht",
            "Ihre Sitzung bleibt erhalten. Bitte versuchen Sie es in einigen Sekunden noch einmal.",
        ),
        Message::SetUpWrongly => (
            "Die Anmeldung ist falsch eingerichtet",
            "Sie können das nicht selbst beheben. Bitte sagen Sie es dem Betreiber, mit der Nummer unten.",
        ),
        Message::ClockWrong => (
            "Eine Uhr geht falsch",
            "Anmeldungen lassen sich nicht prüfen, weil die Uhr eines Servers falsch geht. Bitte versuchen Sie es später, oder sagen Sie es dem Betreiber.",
        ),
        Message::Internal => (
            "Hier ist etwas schiefgegangen",
            "Es ist unser Fehler, nicht Ihrer. Bitte versuchen Sie es noch einmal; geschieht es wieder, sagen Sie es dem Betreiber.",
        ),
        Message::AddressCut => (
            "Sie sind angemeldet",
            "Die Adresse war zu lang, um sie während der Anmeldung zu behalten: Was nach ihrem Fragezeichen stand, ist verloren.",
        ),
        Message::NotFound => (
            "Unter dieser Adresse gibt es nichts",
            "Die Seite wurde vielleicht verschoben oder entfernt. Bitte prüfen Sie die Adresse, oder beginnen Sie auf der Startseite.",
        ),
        Message::NotAcceptable => (
            "Das lässt sich hier nicht zeigen",
            "Es liegt komprimiert in einer Form vor, die dieses Programm nicht verlangt hat. Ein aktueller Browser kann es öffnen.",
        ),
        Message::SiteUnavailable => (
            "Diese Seite ist gerade nicht lesbar",
            "Der Speicher der Website antwortet nicht. Bitte versuchen Sie es gleich noch einmal.",
        ),
    };
    Text { title, body }
}

pub(super) fn label(action: Action) -> &'static str {
    match action {
        Action::SignIn => "Anmelden",
        Action::TryAgain => "Noch einmal",
        Action::SignOut => "Abmelden",
        Action::Home => "Startseite",
        Action::GoOn => "Weiter",
    }
}
