//! What changes by itself on a page. Every closure becomes a value of one type before the framework sees it: it would
//! compile its own code for each of them otherwise, which is a third of all that a browser would load.

use leptos::prelude::*;

/// A part of a page that is built anew when what it reads changes.
pub(crate) fn live<V: IntoAny + 'static>(mut build: impl FnMut() -> V + Send + 'static) -> AnyView {
    fn erased(build: Box<dyn FnMut() -> AnyView + Send>) -> AnyView {
        build.into_any()
    }
    erased(Box::new(move || build().into_any()))
}

/// What an event leads to.
pub(crate) fn hear<E: 'static>(act: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(act)
}

/// A value that follows from others.
pub(crate) fn derive<T: Send + Sync + 'static>(read: impl Fn() -> T + Send + Sync + 'static) -> Signal<T> {
    fn erased<T: Send + Sync + 'static>(read: Box<dyn Fn() -> T + Send + Sync>) -> Signal<T> {
        Signal::derive(read)
    }
    erased(Box::new(read))
}

/// A value that follows from others and tells of a change only where it differs.
pub(crate) fn memo<T: PartialEq + Send + Sync + 'static>(
    read: impl Fn() -> T + Send + Sync + 'static,
) -> Memo<T> {
    fn erased<T: PartialEq + Send + Sync + 'static>(read: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
        Memo::new(move |_| read())
    }
    erased(Box::new(read))
}

/// Does something now, and again when what it read changes.
pub(crate) fn effect(act: impl FnMut() + 'static) {
    fn erased(mut act: Box<dyn FnMut()>) {
        Effect::new(move |_: Option<()>| act());
    }
    erased(Box::new(act));
}
