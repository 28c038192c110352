//! A part of a page that is built anew when what it reads changes.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::{IntoView, View};
use crate::ui::live::{CallMut, bind};

/// Builds a part of a page, and builds it anew when what it read changes.
pub(crate) fn live<V: IntoView>(mut build: impl FnMut() -> V + 'static) -> View {
    fn erased(mut build: Box<dyn CallMut<(), View>>) -> View {
        let region = Region::new();
        let view = region.view();
        bind(move || region.show(build.call_mut(())));
        view
    }
    erased(Box::new(move |()| build().into_view()))
}

/// The nodes between two empty texts.
struct Region {
    start: Node,
    end: Node,
}

impl Region {
    fn new() -> Self {
        let mark = || document().create_text_node("").into();
        Self { start: mark(), end: mark() }
    }

    fn view(&self) -> View {
        View::of([View(Some(self.start.clone())), View(Some(self.end.clone()))])
    }

    fn show(&self, view: View) {
        let Some(parent) = self.start.parent_node() else { return };
        let focus = Focus::within(&parent);
        while let Some(node) = self.start.next_sibling().filter(|node| *node != self.end) {
            // It is a child: it was asked for as one.
            let _ = parent.remove_child(&node);
        }
        if let Some(node) = view.0 {
            let _ = parent.insert_before(&node, Some(&self.end));
        }
        if let Some(focus) = focus {
            focus.give_back();
        }
    }
}

/// Where the keyboard's focus is, so that it is on the same thing when that is built anew.
struct Focus {
    parent: Element,
    element: Element,
    number: u32,
}

const STOPS: &str = "a,button,input,select,textarea,summary";

impl Focus {
    fn within(parent: &Node) -> Option<Self> {
        let parent = parent.dyn_ref::<Element>()?.clone();
        let element = document().active_element()?;
        let stops = parent.query_selector_all(STOPS).ok()?;
        let number = (0..stops.length()).find(|number| stops.item(*number).as_ref() == Some(&element))?;
        Some(Self { parent, element, number })
    }

    fn give_back(self) {
        if self.element.is_connected() {
            return;
        }
        let stops = self.parent.query_selector_all(STOPS).ok();
        let stop = stops
            .and_then(|stops| stops.item(self.number))
            .and_then(|stop| stop.dyn_into::<HtmlElement>().ok());
        if let Some(stop) = stop.filter(|stop| stop.tag_name() == self.element.tag_name()) {
            let _ = stop.focus();
        }
    }
}
