//! What stands where something is still loading.

use super::prelude::*;

/// Lines in the place of what comes; they appear after a moment, so that a quick answer does not flash.
#[component]
pub(crate) fn Bones(#[prop(into)] label: String) -> impl IntoView {
    view! {
        <div class="skeleton" aria-busy="true">
            <p class="unseen">{label}</p>
            <div class="bones"></div>
            <div class="bones"></div>
            <div class="bones"></div>
            <div class="bones"></div>
        </div>
    }
}
