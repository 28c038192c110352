//! The browser's clock and calendar: milliseconds since the epoch inside, the user's own time zone outside.

use js_sys::{Date, Intl::DateTimeFormat, Object, Reflect};

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

/// A time in the user's own time zone, as a language writes it: `21 Nov 2026, 11:00`.
pub(crate) fn local_time(millis: i64, language: &str) -> String {
    shown(millis, language, &[("dateStyle", "medium"), ("timeStyle", "short")])
}

/// The same to the minute only, for what happened just now.
pub(crate) fn local_minute(millis: i64, language: &str) -> String {
    shown(millis, language, &[("hour", "2-digit"), ("minute", "2-digit")])
}

#[expect(clippy::cast_precision_loss, reason = "a time that was read from text is within 8.64e15")]
fn date(millis: i64) -> Date {
    Date::new(&(millis as f64).into())
}

fn shown(millis: i64, language: &str, parts: &[(&str, &str)]) -> String {
    let form = Object::new();
    for (part, style) in parts {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&form, &(*part).into(), &(*style).into());
    }
    // British English writes days before months, as most readers of English outside of America do.
    let locale = if language == "en" { "en-GB" } else { language };
    date(millis).to_locale_string(locale, &form).into()
}

/// The name of the user's time zone, such as `Europe/Berlin`.
pub(crate) fn time_zone() -> String {
    let options = DateTimeFormat::default().resolved_options();
    Reflect::get(&options, &"timeZone".into()).ok().and_then(|zone| zone.as_string()).unwrap_or_default()
}

/// What an input for date and time shows for a time: `2026-11-21T11:00`.
pub(crate) fn to_input(millis: i64) -> String {
    let date = date(millis);
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}",
        date.get_full_year(),
        date.get_month() + 1,
        date.get_date(),
        date.get_hours(),
        date.get_minutes()
    )
}

/// The time that such an input says, as RFC 3339 writes it in UTC.
pub(crate) fn from_input(text: &str) -> Option<String> {
    // Without an offset it is read in the user's own time zone.
    read_time(text).map(|millis| date(millis).to_iso_string().into())
}

/// Waits for so many milliseconds.
pub(crate) async fn pause(millis: i32) {
    let ended = js_sys::Promise::new(&mut |resolve, _| {
        let window = leptos::prelude::window();
        // It is refused to no page that is still there.
        let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis);
    });
    let _ = wasm_bindgen_futures::JsFuture::from(ended).await;
}
