//! A place in Leptos' arena, which is emptied when the part of the page that made it is gone.

use std::{any::Any, rc::Rc};

use leptos::prelude::{GetValue, LocalStorage, StoredValue};

/// Holds one value of whatever type.
#[derive(Clone, Copy)]
pub(super) struct Slot(StoredValue<Rc<dyn Any>, LocalStorage>);

impl Slot {
    /// A place for a value, which lives as long as what is being built now.
    #[inline(never)]
    pub(super) fn new(value: Rc<dyn Any>) -> Self {
        Self(StoredValue::new_local(value))
    }

    /// The value, unless its part of the page is gone.
    pub(super) fn get<T: 'static>(self) -> Option<Rc<T>> {
        self.held()?.downcast().ok()
    }

    /// The value of a part of the page that is there.
    #[expect(
        clippy::expect_used,
        reason = "as with Leptos' own signals, a part that is gone and still works is a defect"
    )]
    pub(super) fn there<T: 'static>(self) -> Rc<T> {
        self.get().expect("a value is used after its part of the page is gone")
    }

    #[inline(never)]
    fn held(self) -> Option<Rc<dyn Any>> {
        self.0.try_get_value()
    }
}

/// Keeps something for as long as what is being built now is there.
pub(crate) fn keep<T: 'static>(value: T) {
    Slot::new(Rc::new(value));
}
