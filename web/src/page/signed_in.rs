//! Where a sign-in in a window of its own ends: it tells the waiting window, and closes itself if it may.

use crate::ui::prelude::*;

use super::words::words;
use crate::{client, model::Route};

#[component]
pub(super) fn SignedIn() -> impl IntoView {
    let words = words();
    document().set_title(words.you_are_signed_in);
    client::tell_signed_in();
    client::close();
    view! {
        <main id="content" tabindex="-1" class="alone">
            <h1>{words.you_are_signed_in}</h1>
            <p role="status">{words.close_window_text}</p>
            <p class="actions">
                <button type="button" on:click=|_| client::close()>{words.close_window}</button>
                <a class="button quiet" href=Route::home().address()>{words.open_here}</a>
            </p>
        </main>
    }
}
