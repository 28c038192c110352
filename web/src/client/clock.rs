//! The browser's clock and calendar: milliseconds since the epoch inside, the user's own time zone outside.

use js_sys::{Date, Object, Reflect};

/// The app speaks British English; only the time zone is the user's.
const LOCALE: &str = "en-GB";

/// Now, in milliseconds since the epoch.
#[expect(clippy::cast_possible_truncation, reason = "the clock counts whole milliseconds")]
pub(crate) fn now() -> i64 {
    Date::now() as i64
}

/// Reads an RFC 3339 time as milliseconds since the epoch.
#[expect(clippy::cast_possible_truncation, reason = "a readable time is a whole number within 8.64e15")]
pub(crate) fn read_time(text: &str) -> Option<i64> {
    let millis = Date::parse(text);
    millis.is_finite().then_some(millis as i64)
}

/// A time in the user's own time zone, which is named: `Sat 21 Nov, 11:00 CET`.
#[expect(clippy::cast_precision_loss, reason = "a time that was read from text is within 8.64e15")]
pub(crate) fn local_time(millis: i64) -> String {
    let form = Object::new();
    for (part, style) in [
        ("weekday", "short"),
        ("day", "numeric"),
        ("month", "short"),
        ("hour", "2-digit"),
        ("minute", "2-digit"),
        ("timeZoneName", "short"),
    ] {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&form, &part.into(), &style.into());
    }
    Date::new(&(millis as f64).into()).to_locale_string(LOCALE, &form).into()
}
