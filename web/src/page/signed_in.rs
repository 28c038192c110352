//! Where a sign-in in a window of its own ends: it tells the waiting window, and closes itself if it may.

use crate::{client, model::Route};
use leptos::prelude::*;

#[component]
pub(super) fn SignedIn() -> impl IntoView {
    document().set_title("Signed in · Parapet");
    client::tell_signed_in();
    client::close();
    view! {
        <main id="content" tabindex="-1" class="alone">
            <h1>"You are signed in"</h1>
            <p role="status">"Close this window and go on where you were: your work is waiting there."</p>
            <p class="actions">
                <button type="button" on:click=|_| client::close()>"Close this window"</button>
                <a class="button quiet" href=Route::Desk.path()>"Open the desk here"</a>
            </p>
        </main>
    }
}
