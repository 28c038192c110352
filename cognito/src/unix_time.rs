//! Unix time, as `NumericDate` claims hold it.

/// Seconds since 1970-01-01T00:00:00Z, leap seconds ignored (RFC 7519 section 2, `NumericDate`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(pub u64);

impl UnixTime {
    /// The seconds since the epoch.
    pub const fn seconds(self) -> u64 {
        self.0
    }

    /// This time and `seconds` more; the last representable second at most.
    #[must_use]
    pub const fn plus(self, seconds: u64) -> UnixTime {
        UnixTime(self.0.saturating_add(seconds))
    }

    /// The seconds from `earlier` to this time; 0 if `earlier` is in fact later.
    pub const fn since(self, earlier: UnixTime) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plus_and_since_stop_at_the_ends_instead_of_wrapping() {
        assert_eq!(UnixTime(10).plus(5), UnixTime(15));
        assert_eq!(UnixTime(u64::MAX).plus(1), UnixTime(u64::MAX));
        assert_eq!(UnixTime(15).since(UnixTime(10)), 5);
        assert_eq!(UnixTime(10).since(UnixTime(15)), 0);
    }
}
