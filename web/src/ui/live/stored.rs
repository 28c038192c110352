//! Values that nobody is told about.

use std::{cell::RefCell, marker::PhantomData, rc::Rc};

use super::slot::Slot;

/// A value that is kept for as long as its part of the page is there.
pub(crate) struct StoredValue<T> {
    slot: Slot,
    of: PhantomData<fn(T) -> T>,
}

impl<T> Clone for StoredValue<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for StoredValue<T> {}

impl<T: 'static> StoredValue<T> {
    /// Keeps a value.
    pub(crate) fn new(value: T) -> Self {
        Self { slot: Slot::new(Rc::new(RefCell::new(value))), of: PhantomData }
    }

    /// Looks at the value.
    pub(crate) fn with_value<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.slot.there::<RefCell<T>>().borrow())
    }

    /// Changes the value.
    pub(crate) fn update_value<R>(self, write: impl FnOnce(&mut T) -> R) -> R {
        write(&mut self.slot.there::<RefCell<T>>().borrow_mut())
    }

    /// Changes the value, unless its part of the page is gone.
    pub(crate) fn try_update_value<R>(self, write: impl FnOnce(&mut T) -> R) -> Option<R> {
        self.slot.get::<RefCell<T>>().map(|cell| write(&mut cell.borrow_mut()))
    }

    /// Keeps another value.
    pub(crate) fn set_value(self, value: T) {
        drop(self.slot.there::<RefCell<T>>().replace(value));
    }

    /// The same, unless its part of the page is gone.
    pub(crate) fn try_set_value(self, value: T) {
        drop(self.slot.get::<RefCell<T>>().map(|cell| cell.replace(value)));
    }
}

impl<T: Clone + 'static> StoredValue<T> {
    /// The value.
    pub(crate) fn get_value(self) -> T {
        self.with_value(T::clone)
    }

    /// The value, unless its part of the page is gone.
    pub(crate) fn try_get_value(self) -> Option<T> {
        self.slot.get::<RefCell<T>>().map(|cell| cell.borrow().clone())
    }
}
