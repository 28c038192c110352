//! A point in time, as people say it: so long ago, or a date.

use crate::failure::{Exit, NextStep};
use crate::moment::Moment;

/// `30s`, `15m`, `1h`, `2d`, or RFC 3339.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// So many seconds ago.
    Ago(i64),
    /// Then.
    At(Moment),
}

/// What is no point in time.
#[derive(Debug, thiserror::Error)]
#[error("{0:?} is no time: expected so long ago (30s, 15m, 1h, 2d), or RFC 3339 (2026-11-21T12:30:00Z)")]
pub struct SpanError(String);

impl NextStep for SpanError {
    fn next_step(&self) -> String {
        "say it like --since 2h".to_owned()
    }

    fn exit(&self) -> Exit {
        Exit::Usage
    }
}

impl Span {
    /// The moment it means.
    #[must_use]
    pub fn before(self, now: Moment) -> Moment {
        match self {
            Span::Ago(seconds) => now.plus(-seconds),
            Span::At(moment) => moment,
        }
    }
}

impl std::str::FromStr for Span {
    type Err = SpanError;

    fn from_str(text: &str) -> Result<Span, SpanError> {
        let error = || SpanError(text.to_owned());
        let unit = match text.chars().next_back() {
            Some('s') => 1,
            Some('m') => 60,
            Some('h') => 3_600,
            Some('d') => 86_400,
            _ => return Moment::try_from(text.to_owned()).map(Span::At).map_err(|_| error()),
        };
        let digits = text.get(..text.len() - 1).unwrap_or_default();
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(error());
        }
        let count: i64 = digits.parse().map_err(|_| error())?;
        count.checked_mul(unit).map(Span::Ago).ok_or_else(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_dates_are_read() {
        let now = Moment::from_unix(1_795_264_200);
        for (text, expected) in [
            ("30s", "2026-11-21T12:29:30Z"),
            ("15m", "2026-11-21T12:15:00Z"),
            ("1h", "2026-11-21T11:30:00Z"),
            ("2d", "2026-11-19T12:30:00Z"),
            ("2026-11-21T13:30:00+01:00", "2026-11-21T12:30:00Z"),
        ] {
            assert_eq!(text.parse::<Span>().unwrap().before(now).rfc3339(), expected);
        }
        for text in ["", "h", "1", "1w", "-1h", "1.5h", "yesterday", "99999999999999999d", "é"] {
            assert!(text.parse::<Span>().is_err(), "{text}");
        }
    }
}
