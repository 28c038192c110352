//! A word about something, in a frame of its own colour.

use super::prelude::*;

/// A small word; its look follows from `kind`.
#[component]
pub(crate) fn Badge(kind: &'static str, #[prop(into)] text: String) -> impl IntoView {
    view! { <span class=format!("badge {kind}")>{text}</span> }
}
