//! Dates as people and programs write them in front matter and exports.

use time::{Date, Month, Time, UtcOffset};

use crate::moment::Moment;

/// Reads `2026-11-26`, `2026-11-26T19:30:00Z`, `2026-11-26 19:30 +0200` and their like. Without a zone it is UTC.
pub(super) fn parse(text: &str) -> Option<Moment> {
    let text = text.trim();
    let (day, rest) = text.split_at_checked(10)?;
    let date = date(day)?;
    let rest = rest.trim_start_matches(['T', 't']).trim();
    let end = rest.find(['Z', 'z', '+', '-', ' ', 'U']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at_checked(end)?;
    let moment = date.with_time(time(clock)?).assume_offset(offset(zone.trim())?);
    Some(Moment::from_unix(moment.unix_timestamp()))
}

/// Reads a date at the start of a name or of folders: `2026-11-26-title`, `2026/11/26/title`. What follows it, too.
pub(super) fn leading(text: &str) -> Option<(Moment, &str)> {
    let (day, rest) = text.split_at_checked(10)?;
    let separator = day.chars().nth(4)?;
    if !matches!(separator, '-' | '/') || rest.starts_with(|next: char| next.is_ascii_digit()) {
        return None;
    }
    let date = date(&day.replace('/', "-"))?;
    let moment = Moment::from_unix(date.midnight().assume_utc().unix_timestamp());
    Some((moment, rest.trim_start_matches(['-', '_', '/'])))
}

fn date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let month = Month::try_from(month.parse::<u8>().ok()?).ok()?;
    Date::from_calendar_date(year.parse().ok()?, month, day.parse().ok()?).ok()
}

fn time(clock: &str) -> Option<Time> {
    if clock.is_empty() {
        return Some(Time::MIDNIGHT);
    }
    let mut parts = clock.split([':', '.']);
    let mut part = || parts.next().unwrap_or("0").parse::<u8>().ok();
    let (hour, minute) = (part()?, part()?);
    Time::from_hms(hour, minute, part()?).ok()
}

fn offset(zone: &str) -> Option<UtcOffset> {
    if zone.is_empty() || matches!(zone, "Z" | "z" | "UTC" | "GMT") {
        return Some(UtcOffset::UTC);
    }
    let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
    let (hours, minutes) = (digits.get(..2)?.parse::<i8>().ok()?, digits.get(2..4).unwrap_or("0"));
    let minutes = minutes.parse::<i8>().ok()?;
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    UtcOffset::from_hms(sign * hours, sign * minutes, 0).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_their_spellings() {
        for (text, expected) in [
            ("2026-11-26", "2026-11-26T00:00:00Z"),
            ("2026-11-26T19:30:05Z", "2026-11-26T19:30:05Z"),
            ("2026-11-26T19:30:05.123+02:00", "2026-11-26T17:30:05Z"),
            ("2026-11-26 19:30:05 +0200", "2026-11-26T17:30:05Z"),
            ("2026-11-26 19:30:05 -0530", "2026-11-27T01:00:05Z"),
            ("2026-11-26 19:30", "2026-11-26T19:30:00Z"),
            ("2026-11-26 19:30:00 UTC", "2026-11-26T19:30:00Z"),
        ] {
            assert_eq!(parse(text).map(Moment::rfc3339).as_deref(), Some(expected), "{text}");
        }
        for wrong in
            ["", "yesterday", "2026-13-01", "0000-00-00 00:00:00", "2026-11-26T25:00:00Z", "26.11.2026"]
        {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_name_may_begin_with_its_date() {
        let read = |text| leading(text).map(|(moment, rest)| (moment.rfc3339(), rest));
        let day = || "2026-11-26T00:00:00Z".to_owned();
        assert_eq!(read("2026-11-26-a-title"), Some((day(), "a-title")));
        assert_eq!(read("2026/11/26/a-title"), Some((day(), "a-title")));
        assert_eq!(read("2026-11-261"), None);
        assert_eq!(read("a-title-of-2026"), None);
    }
}
