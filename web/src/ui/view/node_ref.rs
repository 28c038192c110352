//! Hold of an element that is built.

use std::marker::PhantomData;

use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::ui::live::RwSignal;

/// An element, as soon as it is built.
pub(crate) struct NodeRef<T> {
    element: RwSignal<Option<Element>>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for NodeRef<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for NodeRef<T> {}

impl<T: JsCast> NodeRef<T> {
    /// Hold of nothing yet.
    pub(crate) fn new() -> Self {
        Self { element: RwSignal::new(None), of: PhantomData }
    }

    pub(super) fn hold(self, element: Element) {
        self.element.set(Some(element));
    }

    /// The element; who asks is told when it is another.
    pub(crate) fn get(self) -> Option<T> {
        self.element.get().map(JsCast::unchecked_into)
    }

    /// The element as it is now.
    pub(crate) fn get_untracked(self) -> Option<T> {
        self.element.get_untracked().map(JsCast::unchecked_into)
    }
}
