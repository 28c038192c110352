//! What is done when values change.

use leptos::prelude::{Effect, RenderEffect, untrack};

use super::{CallMut, slot::keep};

/// Does something soon, when what is being built is on the page, and again when what it read changes.
pub(crate) fn effect(mut act: impl FnMut() + 'static) {
    fn erased(mut act: Box<dyn CallMut<(), ()>>) {
        Effect::new(move |_: Option<()>| act.call_mut(()));
    }
    erased(Box::new(move |()| act()));
}

/// Does something at once, and again when what it read changes, for as long as its part of the page is there.
pub(crate) fn bind(mut act: impl FnMut() + 'static) {
    fn erased(mut act: Box<dyn CallMut<(), ()>>) {
        keep(RenderEffect::new(move |_: Option<()>| act.call_mut(())));
    }
    erased(Box::new(move |()| act()));
}

/// Does something whenever a value changes, and not before.
pub(crate) fn watch<T: 'static>(read: impl Fn() -> T + 'static, act: impl Fn(T) + 'static) {
    let mut is_first = true;
    effect(move || {
        let value = read();
        if !std::mem::take(&mut is_first) {
            untrack(|| act(value));
        }
    });
}
