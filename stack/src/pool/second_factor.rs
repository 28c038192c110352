//! Time-based one-time passwords as the second factor (RFC 6238).

use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Secret, Totp};

use super::random;

/// A secret shared with an authenticator app.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SecondFactor {
    secret: String,
    /// The last time step that was used: a code counts once (RFC 6238 section 5.2).
    last_step: u64,
}

impl SecondFactor {
    pub(crate) fn generate() -> Self {
        Self { secret: Secret::new(Box::new(random::bytes::<20>())).to_base32(), last_step: 0 }
    }

    /// `None` unless it is base32 of at least 128 bits.
    pub(crate) fn from_base32(secret: &str) -> Option<Self> {
        let factor = Self { secret: secret.to_owned(), last_step: 0 };
        factor.totp("").map(|_| factor)
    }

    /// Accepts a code of this step or one next to it, once.
    pub(crate) fn accept(&mut self, code: &str, now: u64) -> bool {
        let step = self.totp("").and_then(|totp| totp.check(code, now));
        let fresh = step.filter(|&step| step > self.last_step);
        if let Some(step) = fresh {
            self.last_step = step;
        }
        fresh.is_some()
    }

    /// What to type into an authenticator app.
    pub(crate) fn secret(&self) -> &str {
        &self.secret
    }

    /// The `otpauth:` URI to scan.
    pub(crate) fn uri(&self, issuer: &str, account: &str) -> Option<String> {
        let plain = |text: &str| text.replace(':', " ");
        let secret = Secret::try_from_base32(&self.secret).ok()?;
        let builder = Builder::new().with_secret(secret).with_issuer(Some(plain(issuer)));
        builder.with_account_name(plain(account)).build().ok()?.to_url().ok()
    }

    fn totp(&self, account: &str) -> Option<Totp> {
        let secret = Secret::try_from_base32(&self.secret).ok()?;
        Builder::new().with_secret(secret).with_account_name(account.to_owned()).build().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 appendix B, the last six digits of its SHA-1 column.
    #[test]
    fn the_vectors_of_the_specification_are_accepted() {
        let vectors = [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924")];
        for (now, code) in vectors {
            let mut factor = SecondFactor::from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
            assert!(factor.accept(code, now), "{code} at {now}");
        }
    }

    #[test]
    fn one_step_early_or_late_is_accepted_and_two_are_not() {
        for (now, accepted) in
            [(1_111_111_049, false), (1_111_111_079, true), (1_111_111_139, true), (1_111_111_169, false)]
        {
            let mut factor = SecondFactor::from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
            assert_eq!(factor.accept("081804", now), accepted, "{now}");
        }
    }

    #[test]
    fn a_code_counts_once() {
        let mut factor = SecondFactor::from_base32("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ").unwrap();
        assert!(factor.accept("287082", 59));
        assert!(!factor.accept("287082", 59));
    }

    #[test]
    fn short_or_broken_secrets_are_refused() {
        assert!(SecondFactor::from_base32("GEZDGNBV").is_none());
        assert!(SecondFactor::from_base32("not base32!").is_none());
    }
}
