//! Words for screen readers alone, spoken when it suits.

use leptos::prelude::*;

/// Announces each new text politely.
#[component]
pub(crate) fn Announcer(#[prop(into)] text: Signal<String>) -> impl IntoView {
    view! { <p class="unseen" role="status">{text}</p> }
}
