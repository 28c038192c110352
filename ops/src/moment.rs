//! The time and randomness, read in one place: everything that decides or plans gets them as arguments.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use ring::rand::{SecureRandom, SystemRandom};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// A moment, to the second: seconds since the start of 1970 in UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Moment(i64);

impl Moment {
    /// Now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place where the operator's clock is read")]
    pub fn now() -> Moment {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        Moment(i64::try_from(since.as_secs()).unwrap_or(i64::MAX))
    }

    /// So many seconds after the start of 1970.
    #[must_use]
    pub const fn from_unix(seconds: i64) -> Moment {
        Moment(seconds)
    }

    /// Seconds since the start of 1970.
    #[must_use]
    pub fn unix(self) -> i64 {
        self.0
    }

    /// So many seconds later.
    #[must_use]
    pub fn plus(self, seconds: i64) -> Moment {
        Moment(self.0.saturating_add(seconds))
    }

    /// RFC 3339 in UTC.
    #[must_use]
    pub fn rfc3339(self) -> String {
        OffsetDateTime::from_unix_timestamp(self.0)
            .ok()
            .and_then(|moment| moment.format(&Rfc3339).ok())
            .unwrap_or_else(|| self.0.to_string())
    }

    /// The same without separators, as in names of deploys: `20261121T123000Z`.
    #[must_use]
    pub fn compact(self) -> String {
        self.rfc3339().replace(['-', ':'], "")
    }
}

impl From<Moment> for String {
    fn from(moment: Moment) -> String {
        moment.rfc3339()
    }
}

impl TryFrom<String> for Moment {
    type Error = time::error::Parse;

    fn try_from(text: String) -> Result<Moment, time::error::Parse> {
        OffsetDateTime::parse(&text, &Rfc3339).map(|moment| Moment(moment.unix_timestamp()))
    }
}

/// The operating system has no randomness left.
#[derive(Debug, thiserror::Error)]
#[error("the operating system gave no randomness")]
pub struct NoRandomness;

/// Bytes that nobody can guess.
///
/// # Errors
///
/// [`NoRandomness`] when the operating system has none.
#[expect(clippy::disallowed_methods, reason = "the one place where randomness is drawn")]
pub fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_and_read_as_rfc_3339() {
        let moment = Moment::from_unix(1_795_264_200);
        assert_eq!(moment.rfc3339(), "2026-11-21T12:30:00Z");
        assert_eq!(moment.compact(), "20261121T123000Z");
        assert_eq!(Moment::try_from(moment.rfc3339()).unwrap(), moment);
        assert!(Moment::try_from("yesterday".to_owned()).is_err());
    }
}
