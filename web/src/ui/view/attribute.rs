//! Values of attributes.

use web_sys::Element;

use crate::ui::live::{Memo, RwSignal, Signal, bind, derive};

/// A value that an attribute can have.
pub(crate) trait Attribute {
    /// Gives the element the attribute, or takes it away.
    fn set(self, element: &Element, name: &'static str);
}

fn give(element: &Element, name: &str, value: &str) {
    // It is refused only for names that no attribute can have.
    let _ = element.set_attribute(name, value);
}

fn take(element: &Element, name: &str) {
    // Nothing to take is as good.
    let _ = element.remove_attribute(name);
}

impl Attribute for &str {
    fn set(self, element: &Element, name: &'static str) {
        give(element, name, self);
    }
}

impl Attribute for String {
    fn set(self, element: &Element, name: &'static str) {
        give(element, name, &self);
    }
}

impl Attribute for u32 {
    fn set(self, element: &Element, name: &'static str) {
        give(element, name, &self.to_string());
    }
}

/// Attributes such as `hidden`, which are there or not.
impl Attribute for bool {
    fn set(self, element: &Element, name: &'static str) {
        if self { give(element, name, "") } else { take(element, name) }
    }
}

impl<A: Attribute> Attribute for Option<A> {
    fn set(self, element: &Element, name: &'static str) {
        match self {
            Some(value) => value.set(element, name),
            None => take(element, name),
        }
    }
}

impl<A: Attribute + 'static> Attribute for Signal<A> {
    fn set(self, element: &Element, name: &'static str) {
        let element = element.clone();
        bind(move || self.get().set(&element, name));
    }
}

impl<A: Attribute + Clone + 'static> Attribute for RwSignal<A> {
    fn set(self, element: &Element, name: &'static str) {
        derive(move || self.get()).set(element, name);
    }
}

impl<A: Attribute + Clone + PartialEq + 'static> Attribute for Memo<A> {
    fn set(self, element: &Element, name: &'static str) {
        derive(move || self.get()).set(element, name);
    }
}
