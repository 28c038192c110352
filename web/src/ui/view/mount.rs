//! Where a view meets the document.

use any_spawner::Executor;
use leptos::reactive::owner::Owner;
use web_sys::Element;

use super::View;

/// Builds the app into an element, for as long as the document is there.
pub(crate) fn mount(place: &Element, build: fn() -> View) {
    // It fails only where one was chosen before, which is as good.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    owner.with(build).append_to(place);
    std::mem::forget(owner);
}
