//! What this browser keeps for this origin: settings, and text that has not reached the API.

use leptos::prelude::window;
use web_sys::Storage;

fn storage() -> Option<Storage> {
    // A browser may forbid it altogether; the app then keeps nothing, and everything else works.
    window().local_storage().ok().flatten()
}

/// What was kept under a name.
pub(crate) fn kept(name: &str) -> Option<String> {
    storage()?.get_item(name).ok().flatten()
}

/// Keeps a text. False where the browser has no room for it.
pub(crate) fn keep(name: &str, text: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(name, text).is_ok())
}

/// Forgets what was kept under a name.
pub(crate) fn forget(name: &str) {
    if let Some(storage) = storage() {
        // Nothing to forget is as good.
        let _ = storage.remove_item(name);
    }
}
