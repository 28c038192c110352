//! What components give: elements and texts of the document, built once and changed where a signal says so.
//!
//! Nothing here is compiled for the type of an element or of what is in it: that is what keeps the app small.

mod attribute;
mod children;
mod element;
mod event;
mod mount;
mod node_ref;
mod property;
mod region;

use leptos::prelude::document;
use web_sys::Node;

use super::live::{Memo, RwSignal, Signal, bind, derive};

pub(crate) use children::{Children, ChildrenFn, ToChildren};
pub(crate) use element::El;
pub(crate) use event::on_window;
pub(crate) use mount::mount;
pub(crate) use node_ref::NodeRef;
pub(crate) use region::live;

/// A part of a page: one node, or a fragment of several.
pub(crate) struct View(Option<Node>);

impl View {
    /// Nothing.
    pub(crate) fn none() -> Self {
        Self(None)
    }

    /// Several parts after each other.
    pub(crate) fn of(parts: impl IntoIterator<Item = View>) -> Self {
        let fragment: Node = document().create_document_fragment().into();
        for part in parts {
            part.append_to(&fragment);
        }
        Self(Some(fragment))
    }

    /// Puts it at the end of an element.
    pub(crate) fn append_to(self, parent: &Node) {
        if let Some(node) = self.0 {
            // It is refused only for a node that would contain itself.
            let _ = parent.append_child(&node);
        }
    }
}

/// What a component may give, and what may stand in markup.
pub(crate) trait IntoView {
    /// As a part of a page.
    fn into_view(self) -> View;
}

impl IntoView for View {
    fn into_view(self) -> View {
        self
    }
}

impl IntoView for &str {
    fn into_view(self) -> View {
        View(Some(document().create_text_node(self).into()))
    }
}

impl IntoView for String {
    fn into_view(self) -> View {
        self.as_str().into_view()
    }
}

impl<V: IntoView> IntoView for Option<V> {
    fn into_view(self) -> View {
        self.map_or_else(View::none, V::into_view)
    }
}

impl<V: IntoView> IntoView for Vec<V> {
    fn into_view(self) -> View {
        View::of(self.into_iter().map(V::into_view))
    }
}

/// A text that changes by itself. One that stays the same is left alone: a screen reader would read it again.
impl IntoView for Signal<String> {
    fn into_view(self) -> View {
        let text = document().create_text_node("");
        let node = text.clone().into();
        bind(move || {
            let now = self.get();
            if text.data() != now {
                text.set_data(&now);
            }
        });
        View(Some(node))
    }
}

impl IntoView for RwSignal<String> {
    fn into_view(self) -> View {
        derive(move || self.get()).into_view()
    }
}

impl IntoView for Memo<String> {
    fn into_view(self) -> View {
        derive(move || self.get()).into_view()
    }
}

impl IntoView for Signal<Option<String>> {
    fn into_view(self) -> View {
        derive(move || self.get().unwrap_or_default()).into_view()
    }
}

/// Views after each other.
pub(crate) trait CollectView: Iterator {
    /// All of them.
    fn collect_view(self) -> Vec<View>;
}

impl<V: IntoView, I: Iterator<Item = V>> CollectView for I {
    fn collect_view(self) -> Vec<View> {
        self.map(V::into_view).collect()
    }
}
