//! The hosted UI's own sessions: who has signed in to the pool in which browser.

use std::collections::HashMap;

use super::random;
use super::second_factor::SecondFactor;

/// Cognito's: one hour, not prolonged by use.
pub(crate) const SESSION_SECONDS: u64 = 3_600;

/// A browser in which someone has signed in.
#[derive(Clone)]
pub(crate) struct Session {
    pub(crate) username: String,
    /// When they proved who they are; the claim `auth_time`.
    pub(crate) auth_time: u64,
    /// A second factor that is being set up and not yet proven.
    pub(crate) enrolment: Option<SecondFactor>,
}

/// Sessions by their cookie's value.
#[derive(Default)]
pub(crate) struct Sessions(HashMap<String, Session>);

impl Sessions {
    /// Starts a session; the returned id goes into a cookie.
    pub(crate) fn start(&mut self, username: &str, now: u64) -> (String, Session) {
        self.0.retain(|_, session| now < session.auth_time + SESSION_SECONDS);
        let id = random::token();
        let session = Session { username: username.to_owned(), auth_time: now, enrolment: None };
        self.0.insert(id.clone(), session.clone());
        (id, session)
    }

    pub(crate) fn live(&mut self, id: &str, now: u64) -> Option<&mut Session> {
        self.0.get_mut(id).filter(|session| now < session.auth_time + SESSION_SECONDS)
    }

    pub(crate) fn end(&mut self, id: &str) {
        self.0.remove(id);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_lasts_an_hour_or_until_it_is_ended() {
        let mut sessions = Sessions::default();
        let (id, _) = sessions.start("reader", 1_000);
        assert!(sessions.live(&id, 1_000 + 3_599).is_some());
        assert!(sessions.live(&id, 1_000 + 3_600).is_none());
        sessions.end(&id);
        assert!(sessions.live(&id, 1_000).is_none());
    }
}
