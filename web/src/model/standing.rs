//! Where the app stands with its user: asked for, here, gone. Once a desk is open it stays open, because what was
//! typed into it must outlive the session.

use super::{Failure, Session};

/// While a session that should have ended does not end, ask again this often, in milliseconds.
const ASK_AGAIN_AFTER: i64 = 60_000;

/// Where the app stands with its user.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Nothing is known yet.
    Asking,
    /// Signed in.
    Here(Session),
    /// Was signed in; the desk is open still.
    Ended(Session),
    /// Nobody was signed in when the app opened.
    SignedOut,
    /// It could not be found out.
    Failed(Failure),
}

/// What the gate answered to the question who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answered {
    /// Someone is.
    Session(Session),
    /// Nobody is.
    SignedOut,
    /// No usable answer.
    Failed(Failure),
}

/// What is to be shown; it changes less often than the standing itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The skeleton.
    Waiting,
    /// The desk.
    Desk,
    /// The way in.
    SignedOut,
    /// What went wrong.
    Failed(Failure),
}

impl Standing {
    /// The standing after an answer. A failed question closes no open desk: the next one may succeed.
    #[must_use]
    pub fn after(self, answered: Answered) -> Self {
        match (self, answered) {
            (_, Answered::Session(session)) => Self::Here(session),
            (Self::Here(session) | Self::Ended(session), Answered::SignedOut) => Self::Ended(session),
            (_, Answered::SignedOut) => Self::SignedOut,
            (desk @ (Self::Here(_) | Self::Ended(_)), Answered::Failed(_)) => desk,
            (_, Answered::Failed(failure)) => Self::Failed(failure),
        }
    }

    /// What is to be shown.
    pub fn stage(&self) -> Stage {
        match self {
            Self::Asking => Stage::Waiting,
            Self::Here(_) | Self::Ended(_) => Stage::Desk,
            Self::SignedOut => Stage::SignedOut,
            Self::Failed(failure) => Stage::Failed(failure.clone()),
        }
    }

    /// The session that the desk belongs to.
    pub fn session(&self) -> Option<&Session> {
        match self {
            Self::Here(session) | Self::Ended(session) => Some(session),
            Self::Asking | Self::SignedOut | Self::Failed(_) => None,
        }
    }

    /// True when the session should be over by now and the gate was not asked since: asking makes it renew the
    /// session. The browser's clock may be wrong, so that an unchanged answer leads to one question a minute.
    pub fn wants_asking(&self, now: i64, last_asked: i64) -> bool {
        let Self::Here(session) = self else { return false };
        now >= session.expires_at
            && (last_asked < session.expires_at || now.saturating_sub(last_asked) >= ASK_AGAIN_AFTER)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session(expires_at: i64) -> Session {
        Session {
            username: "ada".to_owned(),
            email: None,
            groups: Vec::new(),
            expires_at,
            authenticated_at: None,
        }
    }

    #[test]
    fn an_open_desk_outlives_its_session() {
        let here = Standing::Asking.after(Answered::Session(session(1)));
        assert_eq!(here.stage(), Stage::Desk);
        let ended = here.after(Answered::SignedOut);
        assert_eq!(ended, Standing::Ended(session(1)));
        assert_eq!(ended.stage(), Stage::Desk);
        assert_eq!(ended.after(Answered::Session(session(2))), Standing::Here(session(2)));
    }

    #[test]
    fn a_failed_question_closes_no_desk() {
        let failed = Answered::Failed(Failure::Offline);
        assert_eq!(Standing::Here(session(1)).after(failed.clone()), Standing::Here(session(1)));
        assert_eq!(Standing::Ended(session(1)).after(failed.clone()), Standing::Ended(session(1)));
        assert_eq!(Standing::Asking.after(failed).stage(), Stage::Failed(Failure::Offline));
    }

    #[test]
    fn without_a_session_there_is_no_desk() {
        assert_eq!(Standing::Asking.after(Answered::SignedOut), Standing::SignedOut);
        assert_eq!(Standing::Failed(Failure::Offline).after(Answered::SignedOut).stage(), Stage::SignedOut);
        assert_eq!(Standing::SignedOut.session(), None);
    }

    #[test]
    fn asks_at_the_end_and_then_once_a_minute() {
        let here = Standing::Here(session(1_000_000));
        assert!(!here.wants_asking(999_999, 0));
        assert!(here.wants_asking(1_000_000, 0));
        assert!(here.wants_asking(1_000_000, 999_999));
        assert!(!here.wants_asking(1_059_999, 1_000_000));
        assert!(here.wants_asking(1_060_000, 1_000_000));
        assert!(!Standing::Ended(session(0)).wants_asking(1_000_000, 0));
    }
}
