//! Range requests for one range, RFC 9110 section 14. S3 and CloudFront answer several ranges with the whole object.

use http::{HeaderMap, header};

use super::conditions;

/// Which part of a representation to send.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Selected {
    /// All of it: no range, one that is not understood, or more than one.
    Whole,
    /// `first..=last`, both inside the representation: 206.
    Part {
        /// Offset of the first byte.
        first: u64,
        /// Offset of the last byte, inclusive.
        last: u64,
    },
    /// 416.
    Unsatisfiable,
}

/// What the `Range` header selects of a representation of `length` bytes.
#[must_use]
pub fn select(headers: &HeaderMap, length: u64) -> Selected {
    let Some(value) = headers.get(header::RANGE).and_then(|value| value.to_str().ok()) else {
        return Selected::Whole;
    };
    let Some((unit, spec)) = value.split_once('=') else { return Selected::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") || spec.contains(',') {
        return Selected::Whole;
    }
    let Some((first, last)) = spec.trim().split_once('-') else { return Selected::Whole };
    match (number(first), number(last)) {
        (Number::Absent, Number::Given(suffix)) => part(length.saturating_sub(suffix), length, length),
        (Number::Given(first), Number::Absent) => part(first, length, length),
        (Number::Given(first), Number::Given(last)) if first <= last => {
            part(first, last.saturating_add(1), length)
        }
        _ => Selected::Whole,
    }
}

/// Whether `If-Range` lets the range apply: absent, or the same strong tag, or exactly the same date.
#[must_use]
pub fn if_range_holds(headers: &HeaderMap, etag: Option<&str>, last_modified: Option<&str>) -> bool {
    let Some(value) = headers.get(header::IF_RANGE) else { return true };
    if conditions::parse_date(value).is_some() {
        return last_modified.is_some_and(|date| value == date);
    }
    etag.is_some_and(|etag| !etag.starts_with("W/") && value == etag)
}

fn part(first: u64, end: u64, length: u64) -> Selected {
    let end = end.min(length);
    match end.checked_sub(1) {
        Some(last) if first <= last => Selected::Part { first, last },
        _ => Selected::Unsatisfiable,
    }
}

enum Number {
    Absent,
    Given(u64),
    Malformed,
}

fn number(digits: &str) -> Number {
    if digits.is_empty() {
        return Number::Absent;
    }
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Number::Malformed;
    }
    // More digits than fit are past the end of anything.
    Number::Given(digits.parse().unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Selected::*, *};

    fn of(range: &str, length: u64) -> Selected {
        let headers = [(header::RANGE, range.parse().unwrap())].into_iter().collect();
        select(&headers, length)
    }

    #[test]
    fn single_ranges() {
        assert_eq!(of("bytes=0-0", 10), Part { first: 0, last: 0 });
        assert_eq!(of("bytes=2-", 10), Part { first: 2, last: 9 });
        assert_eq!(of("bytes=-3", 10), Part { first: 7, last: 9 });
        assert_eq!(of("bytes=-99", 10), Part { first: 0, last: 9 });
        assert_eq!(of("bytes=9-99999999999999999999", 10), Part { first: 9, last: 9 });
    }

    #[test]
    fn past_the_end_is_unsatisfiable() {
        assert_eq!(of("bytes=10-", 10), Unsatisfiable);
        assert_eq!(of("bytes=-0", 10), Unsatisfiable);
        assert_eq!(of("bytes=0-0", 0), Unsatisfiable);
    }

    #[test]
    fn what_is_not_one_range_is_ignored() {
        for odd in [
            "bytes",
            "bytes=",
            "bytes=-",
            "bytes=5-2",
            "bytes=a-b",
            "items=0-1",
            "bytes=0-1,3-4",
            "bytes=+1-2",
        ] {
            assert_eq!(of(odd, 10), Whole, "{odd}");
        }
        assert_eq!(select(&HeaderMap::new(), 10), Whole);
    }

    #[test]
    fn if_range_needs_the_very_same_thing() {
        let date = "Thu, 01 Jan 2026 00:00:00 GMT";
        let holds = |value: &str| {
            let headers = [(header::IF_RANGE, value.parse().unwrap())].into_iter().collect();
            if_range_holds(&headers, Some("\"a\""), Some(date))
        };
        assert!(holds("\"a\"") && holds(date));
        assert!(!holds("W/\"a\"") && !holds("\"b\"") && !holds("Thu, 01 Jan 2026 00:00:01 GMT"));
    }
    proptest! {
        #[test]
        fn a_part_is_always_inside(range in "bytes=[0-9]{0,22}-[0-9]{0,22}|[ -~]{0,30}", length in 0_u64..100) {
            match of(&range, length) {
                Part { first, last } => prop_assert!(first <= last && last < length),
                Whole | Unsatisfiable => {}
            }
        }
    }
}
