//! For an address inside the app that leads nowhere.

use crate::{client, model::Route};
use leptos::prelude::*;

#[component]
pub(super) fn NoSuchPage() -> impl IntoView {
    document().set_title("No such page · Parapet");
    view! {
        <main id="content" tabindex="-1" class="alone">
            <h1>"No such page"</h1>
            <p>"There is nothing at " <code>{client::path()}</code> ". It may have been moved, or the address mistyped."</p>
            <p class="actions">
                <a class="button" href=Route::Desk.path()>"Go to the desk"</a>
                <a class="button quiet" href="/">"Read the site"</a>
            </p>
        </main>
    }
}
