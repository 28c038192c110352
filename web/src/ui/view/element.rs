//! An element while it is built.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::{IntoView, NodeRef, View, attribute::Attribute, event::listen, property::Property};

/// An element of the document.
pub(crate) struct El(Element);

impl El {
    /// A new element.
    #[expect(clippy::expect_used, reason = "a document refuses only names that no element can have")]
    pub(crate) fn new(tag: &'static str) -> Self {
        Self(document().create_element(tag).expect("a tag's name is a name"))
    }

    /// Gives it an attribute.
    pub(crate) fn attr(self, name: &'static str, value: impl Attribute) -> Self {
        value.set(&self.0, name);
        self
    }

    /// Sets a property, for what an attribute only sets at first.
    pub(crate) fn prop(self, name: &'static str, value: impl Property) -> Self {
        value.set(&self.0, name);
        self
    }

    /// Gives it a class, if it is to have it.
    pub(crate) fn class(self, name: &'static str, has: bool) -> Self {
        if has {
            // It is refused only for names with blanks.
            let _ = self.0.class_list().add_1(name);
        }
        self
    }

    /// Listens to an event.
    pub(crate) fn on<E: JsCast>(self, name: &'static str, act: impl FnMut(E) + 'static) -> Self {
        listen(self.0.clone().into(), name, act);
        self
    }

    /// Keeps hold of it.
    pub(crate) fn node_ref<T: JsCast + Clone + 'static>(self, place: NodeRef<T>) -> Self {
        place.hold(self.0.clone());
        self
    }

    /// Puts something at its end.
    pub(crate) fn child(self, child: impl IntoView) -> Self {
        child.into_view().append_to(&self.0);
        self
    }
}

impl IntoView for El {
    fn into_view(self) -> View {
        View(Some(self.0.into()))
    }
}
