//! The browser's windows: which page this is, whether it is seen, and the word from a sign-in in another window.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{BroadcastChannel, VisibilityState};

/// The channel on which this origin's windows tell each other of a sign-in. It carries no data: whoever hears it
/// asks the gate who is signed in.
const CHANNEL: &str = "parapet-signed-in";

/// The path in the address bar.
pub(crate) fn path() -> String {
    window().location().pathname().unwrap_or_default()
}

/// False when the browser knows that it has no network.
pub(crate) fn is_online() -> bool {
    window().navigator().on_line()
}

/// True when the user can see this page.
pub(crate) fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Closes this window, if the browser lets a script do that.
pub(crate) fn close() {
    // A refusal leaves the window open, and its text says what to do then.
    let _ = window().close();
}

/// Tells this origin's other windows that someone signed in here.
pub(crate) fn tell_signed_in() {
    if let Ok(channel) = BroadcastChannel::new(CHANNEL) {
        // If nobody hears it, the other window still asks when it gets the focus back.
        let _ = channel.post_message(&CHANNEL.into());
        channel.close();
    }
}

/// Calls back, for as long as this page lives, when someone signed in in another window.
pub(crate) fn on_signed_in(heard: impl Fn() + 'static) {
    if let Ok(channel) = BroadcastChannel::new(CHANNEL) {
        let listener = Closure::<dyn Fn()>::new(heard);
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        // The page listens until it is gone; both live in the browser from here on.
        listener.forget();
    }
}
