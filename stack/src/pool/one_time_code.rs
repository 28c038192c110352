//! Six-digit codes sent by mail.

use std::collections::HashMap;

use aws_lc_rs::constant_time::verify_slices_are_equal;

use super::random;

/// What a code proves or allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Purpose {
    /// That the address is theirs.
    Confirm,
    /// To choose a new password.
    Reset,
}

impl Purpose {
    /// Cognito's: a day to confirm, an hour to reset.
    const fn seconds(self) -> u64 {
        match self {
            Self::Confirm => 86_400,
            Self::Reset => 3_600,
        }
    }
}

struct OneTimeCode {
    digits: String,
    expires_at: u64,
}

/// The newest code of each user and purpose.
#[derive(Default)]
pub(crate) struct OneTimeCodes(HashMap<(String, Purpose), OneTimeCode>);

impl OneTimeCodes {
    /// Makes a code; an earlier one ends.
    pub(crate) fn issue(&mut self, username: &str, purpose: Purpose, now: u64) -> String {
        let digits = random::six_digits();
        let code = OneTimeCode { digits: digits.clone(), expires_at: now + purpose.seconds() };
        self.0.insert((username.to_owned(), purpose), code);
        digits
    }

    pub(crate) fn is_live(&self, username: &str, purpose: Purpose, now: u64) -> bool {
        self.0.get(&(username.to_owned(), purpose)).is_some_and(|code| now < code.expires_at)
    }

    /// Uses the code up if it is the right one and still counts.
    pub(crate) fn redeem(&mut self, username: &str, purpose: Purpose, digits: &str, now: u64) -> bool {
        let key = (username.to_owned(), purpose);
        let right = self.0.get(&key).is_some_and(|code| {
            now < code.expires_at
                && verify_slices_are_equal(code.digits.as_bytes(), digits.trim().as_bytes()).is_ok()
        });
        if right {
            self.0.remove(&key);
        }
        right
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_works_once_for_its_user_and_purpose_until_it_expires() {
        let mut codes = OneTimeCodes::default();
        let digits = codes.issue("a", Purpose::Reset, 1_000);
        assert!(!codes.redeem("b", Purpose::Reset, &digits, 1_000));
        assert!(!codes.redeem("a", Purpose::Confirm, &digits, 1_000));
        assert!(!codes.redeem("a", Purpose::Reset, &digits, 1_000 + 3_600));
        assert!(codes.redeem("a", Purpose::Reset, &format!(" {digits} "), 1_000 + 3_599));
        assert!(!codes.redeem("a", Purpose::Reset, &digits, 1_000));
    }
}
