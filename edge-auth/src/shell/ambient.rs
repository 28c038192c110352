//! System clock and system randomness; nothing else in the function reads them.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use cognito::UnixTime;
use gate::moment::Random;
use ring::rand::{SecureRandom, SystemRandom};

/// The time since the Unix epoch.
#[expect(clippy::disallowed_methods, reason = "this is the shell, where the clock is read")]
pub(super) fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}

/// The time of day for decisions.
pub(super) fn now() -> UnixTime {
    UnixTime(since_epoch().as_secs())
}

/// A point in time to measure from.
#[expect(clippy::disallowed_methods, reason = "this is the shell, where the clock is read")]
pub(super) fn instant() -> Instant {
    Instant::now()
}

/// The operating system's randomness.
pub(super) struct SystemEntropy(SystemRandom);

impl SystemEntropy {
    #[expect(clippy::disallowed_methods, reason = "this is the shell, where randomness is drawn")]
    pub(super) fn new() -> SystemEntropy {
        SystemEntropy(SystemRandom::new())
    }
}

impl Random for SystemEntropy {
    fn fill(&mut self, buffer: &mut [u8]) {
        // A guessable state or code verifier is worse than no answer: the event fails, and fails closed.
        #[expect(
            clippy::panic,
            reason = "without randomness there is no safe answer; the panic becomes a refusal"
        )]
        if self.0.fill(buffer).is_err() {
            panic!("the operating system gives no randomness");
        }
    }
}
