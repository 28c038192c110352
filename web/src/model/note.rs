//! A note on its way to the API, and what happens to it when the session has ended meanwhile: it is held, the user
//! signs in elsewhere, and the very same note goes out again.

use super::Failure;
use serde::Serialize;

/// What the user wrote; never blank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note(String);

/// Where a note is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sending {
    /// Nothing was sent yet.
    Idle,
    /// The request is under way.
    InFlight(Note),
    /// Waiting for the user.
    Held(Note, Hold),
    /// It did not go through; it can be sent again.
    Failed(Note, Failure),
    /// It arrived.
    Delivered(Note, Arrival),
}

/// How the API says the note arrived.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// Every character as it was typed.
    Whole,
    /// The API tells of another text, or of none.
    Altered,
}

/// What a held note waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hold {
    /// A sign-in.
    SignedOut,
    /// A decision: the user who signed in, named here, is not the one who wrote it.
    SomeoneElse(String),
}

/// What happens to a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The user sends it.
    Submit(Note),
    /// The API took it, and tells which text it got.
    Accepted(Option<String>),
    /// The API, or the gate before it, did not.
    Rejected(Failure),
    /// Someone signed in: their name, if it is not the writer's.
    SignedIn(Option<String>),
    /// The user wants it to go out again.
    Retry,
    /// The user does not want to sign in now.
    Dismiss,
}

#[derive(Serialize)]
struct Wire<'a> {
    note: &'a str,
}

impl Note {
    /// A note, unless there is nothing but white space.
    pub fn new(text: &str) -> Option<Self> {
        (!text.trim().is_empty()).then(|| Self(text.to_owned()))
    }

    /// Every character as it was typed.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The request's body.
    pub fn to_json(&self) -> String {
        serde_json::to_string(&Wire { note: &self.0 }).unwrap_or_default()
    }
}

impl Sending {
    /// The state after an event. An event that does not fit the state changes nothing: a second click on "send"
    /// sends no second request, and a second word of a sign-in repeats none.
    #[must_use]
    pub fn after(self, event: Event) -> Self {
        match (self, event) {
            (Self::Idle | Self::Failed(..) | Self::Delivered(..), Event::Submit(note)) => {
                Self::InFlight(note)
            }
            (Self::InFlight(note), Event::Accepted(text)) => {
                let whole = text.as_deref() == Some(note.text());
                Self::Delivered(note, if whole { Arrival::Whole } else { Arrival::Altered })
            }
            (Self::InFlight(note), Event::Rejected(Failure::SignedOut)) => Self::Held(note, Hold::SignedOut),
            (Self::InFlight(note), Event::Rejected(failure)) => Self::Failed(note, failure),
            (Self::Held(note, Hold::SignedOut), Event::SignedIn(None)) => Self::InFlight(note),
            (Self::Held(note, _), Event::SignedIn(Some(name))) => Self::Held(note, Hold::SomeoneElse(name)),
            (Self::Held(note, _) | Self::Failed(note, _), Event::Retry) => Self::InFlight(note),
            (Self::Held(note, _), Event::Dismiss) => Self::Failed(note, Failure::SignedOut),
            (state, _) => state,
        }
    }

    /// The note that is to be sent now.
    pub fn in_flight(&self) -> Option<&Note> {
        match self {
            Self::InFlight(note) => Some(note),
            Self::Idle | Self::Held(..) | Self::Failed(..) | Self::Delivered(..) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note() -> Note {
        Note::new("  two spaces, \"quotes\" and a 🜚\n").unwrap()
    }

    fn held() -> Sending {
        Sending::Idle.after(Event::Submit(note())).after(Event::Rejected(Failure::SignedOut))
    }

    #[test]
    fn a_blank_note_is_none() {
        assert_eq!(Note::new(" \n\t"), None);
        assert_eq!(note().text(), "  two spaces, \"quotes\" and a 🜚\n");
    }

    #[test]
    fn every_character_is_in_the_request() {
        let body: serde_json::Value = serde_json::from_str(&note().to_json()).unwrap();
        assert_eq!(body["note"], note().text());
    }

    #[test]
    fn goes_through() {
        let sent = Sending::Idle.after(Event::Submit(note()));
        assert_eq!(sent.in_flight(), Some(&note()));
        let delivered = sent.after(Event::Accepted(Some(note().text().to_owned())));
        assert_eq!(delivered, Sending::Delivered(note(), Arrival::Whole));
    }

    #[test]
    fn a_note_that_arrived_cut_is_told() {
        for text in [None, Some("  two spaces".to_owned())] {
            let delivered = Sending::InFlight(note()).after(Event::Accepted(text));
            assert_eq!(delivered, Sending::Delivered(note(), Arrival::Altered));
        }
    }

    #[test]
    fn after_signing_in_the_same_note_goes_out_again() {
        assert_eq!(held(), Sending::Held(note(), Hold::SignedOut));
        assert_eq!(held().in_flight(), None);
        assert_eq!(held().after(Event::SignedIn(None)), Sending::InFlight(note()));
    }

    #[test]
    fn another_user_is_asked_before_the_note_goes_out_in_their_name() {
        let grace = held().after(Event::SignedIn(Some("grace".to_owned())));
        assert_eq!(grace, Sending::Held(note(), Hold::SomeoneElse("grace".to_owned())));
        assert_eq!(grace.clone().after(Event::SignedIn(None)), grace);
        assert_eq!(grace.after(Event::Retry), Sending::InFlight(note()));
    }

    #[test]
    fn a_dismissed_note_is_kept() {
        let dismissed = held().after(Event::Dismiss);
        assert_eq!(dismissed, Sending::Failed(note(), Failure::SignedOut));
        assert_eq!(dismissed.after(Event::Retry), Sending::InFlight(note()));
    }

    #[test]
    fn a_failure_keeps_the_note() {
        let failed = Sending::InFlight(note()).after(Event::Rejected(Failure::Server(503)));
        assert_eq!(failed, Sending::Failed(note(), Failure::Server(503)));
    }

    #[test]
    fn events_out_of_place_change_nothing() {
        let other = Note::new("another").unwrap();
        let in_flight = Sending::InFlight(note());
        for event in [Event::Submit(other.clone()), Event::SignedIn(None), Event::Retry, Event::Dismiss] {
            assert_eq!(in_flight.clone().after(event), in_flight);
        }
        assert_eq!(held().after(Event::Submit(other)), held());
        for event in [Event::Accepted(None), Event::SignedIn(None), Event::Retry, Event::Dismiss] {
            assert_eq!(Sending::Idle.after(event), Sending::Idle);
        }
    }
}
