//! Listening to events, for as long as the part of the page that listens is there.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventTarget};

use crate::ui::live::{CallMut, keep};

/// Listens to an event of the whole window.
pub(crate) fn on_window<E: JsCast>(name: &'static str, act: impl FnMut(E) + 'static) {
    listen(window().into(), name, act);
}

pub(super) fn listen<E: JsCast>(target: EventTarget, name: &'static str, mut act: impl FnMut(E) + 'static) {
    Listener::begin(target, name, Box::new(move |event: Event| act(event.unchecked_into())));
}

struct Listener {
    target: EventTarget,
    name: &'static str,
    act: Closure<dyn FnMut(Event)>,
}

impl Listener {
    fn begin(target: EventTarget, name: &'static str, mut act: Box<dyn CallMut<Event, ()>>) {
        let act: Box<dyn FnMut(Event)> = Box::new(move |event| act.call_mut(event));
        let act = Closure::wrap(act);
        // No target refuses a listener.
        let _ = target.add_event_listener_with_callback(name, act.as_ref().unchecked_ref());
        keep(Self { target, name, act });
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let act = self.act.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.name, act);
    }
}
