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
mod visit;
mod words;

use leptos::{mount, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::{client, model::Route};

/// The element of the entry document that the app fills. While it is empty, the document shows a skeleton.
const PLACE: &str = "app";

/// Opens the app at the route in the address bar. A document without the app's place stays as it is.
pub fn open() {
    words::speak_as_usual();
    profile::wear_theme();
    let place = document().get_element_by_id(PLACE);
    if let Some(place) = place.and_then(|place| place.dyn_into::<HtmlElement>().ok()) {
        mount::mount_to(place, App).forget();
    }
}

#[component]
fn App() -> impl IntoView {
    let (path, search) = client::location();
    match Route::of(&path, &search) {
        Route::SignedIn => view! { <signed_in::SignedIn /> }.into_any(),
        route => view! { <shell::Opening route /> }.into_any(),
    }
}
