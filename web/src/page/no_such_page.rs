//! For an address inside the app that leads nowhere.

use crate::ui::prelude::*;

use super::words::words;
use crate::{
    client,
    model::{Route, fill},
};

#[component]
pub(super) fn NoSuchPage() -> impl IntoView {
    let words = words();
    view! {
        <div class="alone">
            <h1>{words.no_such_page}</h1>
            <p>{fill(words.no_such_page_text, &[&client::location().0])}</p>
            <p class="actions">
                <a class="button" href=Route::home().address()>{words.go_to_entries}</a>
                <a class="button quiet" href="/">{words.read_site}</a>
            </p>
        </div>
    }
}
