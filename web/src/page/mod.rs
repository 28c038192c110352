//! Pages: they put the browser, the model and the components together.

mod activity;
mod api;
mod audience;
mod desk;
mod entries;
mod entry;
mod history;
mod media;
mod no_such_page;
mod palette;
mod profile;
mod shell;
mod shortcuts;
mod signed_in;
mod site;
mod text_engine;
mod visit;
mod words;

use crate::ui::prelude::*;
use crate::{client, model::Route};

/// The element of the entry document that the app fills. While it is empty, the document shows a skeleton.
const PLACE: &str = "app";

/// Opens the app at the route in the address bar. A document without the app's place stays as it is.
pub fn open() {
    words::speak_as_usual();
    profile::wear_theme();
    if let Some(place) = document().get_element_by_id(PLACE) {
        mount(&place, || App().into_view());
    }
}

#[component]
fn App() -> impl IntoView {
    let (path, search) = client::location();
    match Route::of(&path, &search) {
        Route::SignedIn => view! { <signed_in::SignedIn /> },
        route => view! { <shell::Opening route /> },
    }
}
