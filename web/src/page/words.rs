//! The language of the app: the person's choice, or else the browser's.

use std::sync::atomic::{AtomicBool, Ordering};

use crate::{
    client,
    model::{ENGLISH, GERMAN, Words},
};

const KEPT: &str = "parapet.language";

static GERMAN_IS_SPOKEN: AtomicBool = AtomicBool::new(false);

/// What the app says, in its language.
pub(super) fn words() -> &'static Words {
    if GERMAN_IS_SPOKEN.load(Ordering::Relaxed) { &GERMAN } else { &ENGLISH }
}

/// Speaks as this browser was told, or as it is set up.
pub(super) fn speak_as_usual() {
    let language = client::kept(KEPT).unwrap_or_else(client::language);
    speak(&language);
}

/// Speaks a language from now on, and the next time.
pub(super) fn choose(language: &str) {
    client::keep(KEPT, language);
    speak(language);
}

fn speak(language: &str) {
    GERMAN_IS_SPOKEN.store(language.starts_with("de"), Ordering::Relaxed);
    client::set_on_root("lang", words().language);
}

/// A time of the API's in the person's time zone and language.
pub(super) fn time(text: &str) -> String {
    client::read_time(text)
        .map_or_else(|| text.to_owned(), |millis| client::local_time(millis, words().language))
}
