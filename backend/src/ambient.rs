//! Time and randomness, which the program hands in: nothing else here reads a clock or draws a number.

use std::fmt;
use std::sync::Arc;

use content::wire::Timestamp;
use time::OffsetDateTime;
use uuid::{Builder, Uuid};

/// The outside that nobody can compute: the time, and randomness.
#[derive(Clone)]
pub struct Ambient {
    now: Arc<dyn Fn() -> OffsetDateTime + Send + Sync>,
    random: Arc<dyn Fn() -> [u8; 16] + Send + Sync>,
}

impl Ambient {
    /// A clock and a source of random bytes.
    #[must_use]
    pub fn new(
        now: impl Fn() -> OffsetDateTime + Send + Sync + 'static,
        random: impl Fn() -> [u8; 16] + Send + Sync + 'static,
    ) -> Ambient {
        Ambient { now: Arc::new(now), random: Arc::new(random) }
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> OffsetDateTime {
        (self.now)()
    }

    /// The time as the API writes it.
    #[must_use]
    pub fn timestamp(&self) -> Timestamp {
        timestamp(self.now())
    }

    /// Sixteen random bytes.
    #[must_use]
    pub fn random(&self) -> [u8; 16] {
        (self.random)()
    }

    /// A new id: a UUID of version 7 (RFC 9562 section 5.7), so that later ones sort after earlier ones.
    #[must_use]
    pub fn id(&self) -> Uuid {
        let [a, b, c, d, e, f, g, h, i, j, ..] = self.random();
        let millis = u64::try_from(self.now().unix_timestamp_nanos() / 1_000_000).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &[a, b, c, d, e, f, g, h, i, j]).into_uuid()
    }
}

impl fmt::Debug for Ambient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ambient").finish_non_exhaustive()
    }
}

/// A time as the API writes it: RFC 3339 in UTC, in milliseconds, so that texts sort as times do.
#[must_use]
pub fn timestamp(time: OffsetDateTime) -> Timestamp {
    let (year, month, day) = time.to_offset(time::UtcOffset::UTC).to_calendar_date();
    let (hour, minute, second, milli) = time.to_offset(time::UtcOffset::UTC).to_hms_milli();
    let month = u8::from(month);
    Timestamp(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(millis: i128) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(millis * 1_000_000).unwrap()
    }

    #[test]
    fn times_are_written_in_utc_with_milliseconds() {
        assert_eq!(timestamp(at(0)).as_str(), "1970-01-01T00:00:00.000Z");
        let east = at(1_764_187_200_005).to_offset(time::UtcOffset::from_hms(2, 0, 0).unwrap());
        assert_eq!(timestamp(east).as_str(), "2025-11-26T20:00:00.005Z");
    }

    #[test]
    fn ids_sort_by_their_time() {
        let id = |millis| Ambient::new(move || at(millis), || [0xff; 16]).id();
        assert!(id(1) < id(2));
        assert_eq!(id(1).get_version_num(), 7);
    }
}
