//! A save on its way: it is never dropped, whatever stands in its way.

use super::Failure;

/// Why a save waits for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The session has ended.
    SessionOver,
    /// Somebody else signed in: that name.
    SomeoneElse(String),
}

/// Where the saving of an entry stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Saving {
    /// Nothing is on its way.
    #[default]
    Idle,
    /// A request is on its way; another follows where there is reason to.
    InFlight {
        /// Somebody asked to save meanwhile.
        again: bool,
    },
    /// It waits for a decision, in a dialog or, where that was put off, on the page.
    Held(Hold, Asked),
    /// Nobody answered; it is tried again by itself.
    Waiting(Failure),
    /// It was refused, and goes through only after a change.
    Refused(Failure),
    /// Somebody else saved first.
    Conflict,
}

/// Whether a question is in front of the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// In a dialog.
    Now,
    /// The dialog was put off.
    Later,
}

/// What happens to a save.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveEvent {
    /// Somebody wants it.
    Wanted,
    /// The API took it.
    Taken,
    /// It got no further.
    Failed(Failure),
    /// The API has a newer version.
    Overtaken,
    /// Somebody signed in; a name where it is somebody else.
    SignedIn(Option<String>),
    /// The dialog was put off.
    PutOff,
    /// The person decided; it may go on.
    Resolved,
}

impl Saving {
    /// Where it stands after an event.
    #[must_use]
    pub fn after(self, event: SaveEvent) -> Self {
        use SaveEvent as E;
        match (self, event) {
            (Self::InFlight { .. }, E::Wanted) => Self::InFlight { again: true },
            (Self::Held(hold, _), E::Wanted) => Self::Held(hold, Asked::Now),
            (Self::Conflict, E::Wanted) => Self::Conflict,
            (_, E::Wanted) => Self::InFlight { again: false },
            (Self::InFlight { again: true }, E::Taken) => Self::InFlight { again: false },
            (_, E::Taken) => Self::Idle,
            (_, E::Failed(Failure::SignedOut)) => Self::Held(Hold::SessionOver, Asked::Now),
            (_, E::Failed(failure)) if failure.may_pass() => Self::Waiting(failure),
            (_, E::Failed(failure)) => Self::Refused(failure),
            (_, E::Overtaken) => Self::Conflict,
            (Self::Held(..), E::SignedIn(Some(name))) => Self::Held(Hold::SomeoneElse(name), Asked::Now),
            (Self::Held(..), E::SignedIn(None)) => Self::InFlight { again: false },
            (Self::Held(hold, _), E::PutOff) => Self::Held(hold, Asked::Later),
            (Self::Held(..) | Self::Conflict | Self::Waiting(_) | Self::Refused(_), E::Resolved) => {
                Self::InFlight { again: false }
            }
            (state, E::SignedIn(_) | E::PutOff | E::Resolved) => state,
        }
    }

    /// True while a request is on its way.
    pub fn is_in_flight(&self) -> bool {
        matches!(self, Self::InFlight { .. })
    }

    /// The question that a dialog asks now.
    pub fn question(&self) -> Option<&Hold> {
        match self {
            Self::Held(hold, Asked::Now) => Some(hold),
            _ => None,
        }
    }

    /// True if typing may start a save by itself: not while a person has to decide something first.
    pub fn takes_autosave(&self) -> bool {
        !matches!(self, Self::Held(..) | Self::Conflict)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(events: impl IntoIterator<Item = SaveEvent>) -> Saving {
        events.into_iter().fold(Saving::Idle, Saving::after)
    }

    #[test]
    fn a_save_that_finds_the_session_over_goes_through_after_signing_in() {
        let over = SaveEvent::Failed(Failure::SignedOut);
        let held = through([SaveEvent::Wanted, over.clone()]);
        assert_eq!(held.question(), Some(&Hold::SessionOver));
        assert!(!held.takes_autosave());
        assert!(held.clone().after(SaveEvent::SignedIn(None)).is_in_flight());
        let later = held.after(SaveEvent::PutOff);
        assert_eq!(later.question(), None);
        assert!(later.clone().after(SaveEvent::SignedIn(None)).is_in_flight());
        assert_eq!(later.after(SaveEvent::Wanted).question(), Some(&Hold::SessionOver));
    }

    #[test]
    fn nothing_is_saved_in_another_persons_name_unasked() {
        let held = through([SaveEvent::Wanted, SaveEvent::Failed(Failure::SignedOut)]);
        let held = held.after(SaveEvent::SignedIn(Some("eve".to_owned())));
        assert_eq!(held.question(), Some(&Hold::SomeoneElse("eve".to_owned())));
        assert!(held.after(SaveEvent::Resolved).is_in_flight());
    }

    #[test]
    fn a_save_asked_for_during_a_save_follows_it() {
        let again = through([SaveEvent::Wanted, SaveEvent::Wanted, SaveEvent::Taken]);
        assert_eq!(again, Saving::InFlight { again: false });
        assert_eq!(again.after(SaveEvent::Taken), Saving::Idle);
    }

    #[test]
    fn what_may_pass_is_tried_again_and_what_was_refused_is_not() {
        assert_eq!(
            through([SaveEvent::Wanted, SaveEvent::Failed(Failure::Offline)]),
            Saving::Waiting(Failure::Offline)
        );
        let refused = Failure::Refused(400, None);
        assert_eq!(
            through([SaveEvent::Wanted, SaveEvent::Failed(refused.clone())]),
            Saving::Refused(refused)
        );
    }

    #[test]
    fn a_conflict_stays_until_it_is_resolved() {
        let conflict = through([SaveEvent::Wanted, SaveEvent::Overtaken]);
        assert_eq!(conflict.clone().after(SaveEvent::Wanted), Saving::Conflict);
        assert!(conflict.after(SaveEvent::Resolved).is_in_flight());
    }
}
