//! The browser's windows: which page this is, whether it is seen, and the word from a sign-in in another window.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{BroadcastChannel, HtmlElement, VisibilityState};

/// The channel on which this origin's windows tell each other of a sign-in. It carries no data: whoever hears it
/// asks the gate who is signed in.
const CHANNEL: &str = "parapet-signed-in";

/// Path and query in the address bar.
pub(crate) fn location() -> (String, String) {
    let location = window().location();
    (location.pathname().unwrap_or_default(), location.search().unwrap_or_default())
}

/// A text in small letters. The browser has the tables for it; Rust's would be a part of the app.
pub(crate) fn lower_case(text: &str) -> String {
    js_sys::JsString::from(text).to_lower_case().into()
}

/// Puts an address into the address bar, without a request. `new` makes a step that Back goes back from.
pub(crate) fn set_address(address: &str, new: bool) {
    if let Ok(history) = window().history() {
        // It is refused only for another origin's address, or hundreds of times a second.
        let _ = if new {
            history.push_state_with_url(&JsValue::NULL, "", Some(address))
        } else {
            history.replace_state_with_url(&JsValue::NULL, "", Some(address))
        };
    }
}

/// False when the browser knows that it has no network.
pub(crate) fn is_online() -> bool {
    window().navigator().on_line()
}

/// The language that the browser is set to, such as `de-AT`.
pub(crate) fn language() -> String {
    window().navigator().language().unwrap_or_default()
}

/// True where two columns have no room beside each other.
pub(crate) fn is_narrow() -> bool {
    window().inner_width().ok().and_then(|width| width.as_f64()).is_some_and(|width| width < 832.0)
}

/// True when shortcuts are pressed with the Command key.
pub(crate) fn is_apple() -> bool {
    window().navigator().user_agent().is_ok_and(|agent| agent.contains("Mac") || agent.contains("iPhone"))
}

/// True when the user can see this page.
pub(crate) fn is_visible() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// A name for one action, so that it is done once however often it is sent.
pub(crate) fn unique() -> String {
    window().crypto().map(|crypto| crypto.random_uuid()).unwrap_or_default()
}

/// Sets an attribute of the document's root, by which style sheets and screen readers go.
pub(crate) fn set_on_root(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        let _ = if value.is_empty() { root.remove_attribute(name) } else { root.set_attribute(name, value) };
    }
}

/// Moves the keyboard's focus to an element with this id, if it is there.
pub(crate) fn focus(id: &str) {
    let element = document().get_element_by_id(id);
    if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = element.focus();
    }
}

/// True while somebody types into a field.
pub(crate) fn is_typing() -> bool {
    document().active_element().is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
            || element.has_attribute("contenteditable")
    })
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
