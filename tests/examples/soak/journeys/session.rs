//! A session as the browser sees it, by which a renewal is judged: whether it was due says the token that was sent and
//! the time of the answer. How fast the machine is does not matter.

use std::time::UNIX_EPOCH;

use anyhow::{Context, ensure};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use stack::clock::Clock;

/// The cookie that says how long a session lasts. The pool issues both tokens at once and for the same time.
const COOKIE: &str = "__Host-id-token";

/// From when and until when a session's tokens are good, in seconds since 1970.
#[derive(Debug, Clone, Copy, Deserialize)]
pub(super) struct Session {
    #[serde(rename = "iat")]
    issued_at: u64,
    #[serde(rename = "exp")]
    expires_at: u64,
}

impl Session {
    /// The session in a header of cookies. Nothing is verified: the gate does that.
    pub(super) fn of_cookies(header: &str) -> anyhow::Result<Session> {
        let mut cookies = header.split("; ").filter_map(|cookie| cookie.split_once('='));
        let (_, id_token) = cookies.find(|(name, _)| *name == COOKIE).context("there is no session")?;
        let payload = id_token.split('.').nth(1).context("the ID token has no payload")?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload)?).context("the ID token has no times")
    }

    /// An answer at this time may have renewed it: half of its life was over.
    pub(super) fn may_be_renewed(&self, answered_at: u64) -> anyhow::Result<()> {
        let due_at = self.expires_at - (self.expires_at - self.issued_at) / 2;
        let early = due_at.saturating_sub(answered_at);
        ensure!(early == 0, "a session was renewed at least {early} s before half of its life was over");
        Ok(())
    }

    /// A page that was asked for at this time may be shown with it: it had not ended.
    pub(super) fn opens_what_was_asked_for(&self, asked_at: u64) -> anyhow::Result<()> {
        let late = (asked_at + 1).saturating_sub(self.expires_at);
        ensure!(late == 0, "a page was shown to a session that had ended {late} s before it was asked for");
        Ok(())
    }
}

/// The present second, by the clock that the gate reads too.
pub(super) fn now() -> u64 {
    Clock::system().now().duration_since(UNIX_EPOCH).map_or(0, |age| age.as_secs())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn session() -> Session {
        let payload = URL_SAFE_NO_PAD.encode(r#"{"sub":"x","iat":100,"exp":112}"#);
        Session::of_cookies(&format!("a=b; {COOKIE}=e30.{payload}.c2ln; c=d")).unwrap()
    }

    #[test]
    fn a_renewal_is_due_from_half_of_the_life_on() {
        assert!(session().may_be_renewed(105).is_err());
        assert!(session().may_be_renewed(106).is_ok());
        assert!(session().may_be_renewed(4_000).is_ok());
    }

    #[test]
    fn a_session_opens_pages_until_its_last_second() {
        assert!(session().opens_what_was_asked_for(111).is_ok());
        assert!(session().opens_what_was_asked_for(112).is_err());
    }

    #[test]
    fn what_is_no_token_is_no_session() {
        for text in ["", "a", "a.!.c", "a.e30.c"] {
            assert!(Session::of_cookies(&format!("{COOKIE}={text}")).is_err(), "{text}");
        }
        assert!(Session::of_cookies("a=b").is_err());
    }
}
