//! Values of properties.

use js_sys::Reflect;
use wasm_bindgen::JsValue;
use web_sys::Element;

use crate::ui::live::{Memo, RwSignal, Signal, bind, derive};

/// A value that a property can have.
pub(crate) trait Property {
    /// Sets it.
    fn set(self, element: &Element, name: &'static str);
}

fn put(element: &Element, name: &str, value: JsValue) {
    // An element refuses none of its own properties.
    let _ = Reflect::set(element, &name.into(), &value);
}

impl Property for bool {
    fn set(self, element: &Element, name: &'static str) {
        put(element, name, self.into());
    }
}

impl Property for u32 {
    fn set(self, element: &Element, name: &'static str) {
        put(element, name, self.into());
    }
}

impl Property for String {
    fn set(self, element: &Element, name: &'static str) {
        put(element, name, self.into());
    }
}

impl<P: Property + 'static> Property for Signal<P> {
    fn set(self, element: &Element, name: &'static str) {
        let element = element.clone();
        bind(move || self.get().set(&element, name));
    }
}

impl<P: Property + Clone + 'static> Property for RwSignal<P> {
    fn set(self, element: &Element, name: &'static str) {
        derive(move || self.get()).set(element, name);
    }
}

impl<P: Property + Clone + PartialEq + 'static> Property for Memo<P> {
    fn set(self, element: &Element, name: &'static str) {
        derive(move || self.get()).set(element, name);
    }
}
