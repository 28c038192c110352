//! Pages: they put the browser, the model and the components together, and hold all of the app's wording.

mod api_check;
mod desk;
mod no_such_page;
mod note_form;
mod session_facts;
mod signed_in;
mod visit;

use crate::{client, model::Route};
use leptos::{mount, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The element of the entry document that the app fills. While it is empty, the document shows a skeleton.
const PLACE: &str = "app";

/// Opens the app at the route in the address bar. A document without the app's place stays as it is.
pub fn open() {
    let place = document().get_element_by_id(PLACE);
    if let Some(place) = place.and_then(|place| place.dyn_into::<HtmlElement>().ok()) {
        mount::mount_to(place, App).forget();
    }
}

#[component]
fn App() -> impl IntoView {
    match Route::of(&client::path()) {
        Route::Desk => view! { <desk::Desk /> }.into_any(),
        Route::SignedIn => view! { <signed_in::SignedIn /> }.into_any(),
        Route::Unknown => view! { <no_such_page::NoSuchPage /> }.into_any(),
    }
}
