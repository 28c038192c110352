//! Values that can be set, and values that follow from others.

use std::{cell::RefCell, marker::PhantomData, rc::Rc};

use super::{Call, Memo, changed::Changed, slot::Slot};

/// A value that can be set; what reads it is told of changes.
pub(crate) struct RwSignal<T> {
    slot: Slot,
    changed: Changed,
    of: PhantomData<fn(T) -> T>,
}

impl<T> Clone for RwSignal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for RwSignal<T> {}

impl<T: 'static> RwSignal<T> {
    /// A signal with its first value.
    pub(crate) fn new(value: T) -> Self {
        Self { slot: Slot::new(Rc::new(RefCell::new(value))), changed: Changed::new(), of: PhantomData }
    }

    fn cell(self) -> Rc<RefCell<T>> {
        self.slot.there()
    }

    /// Looks at the value; who looks is told of changes.
    pub(crate) fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        self.track();
        self.with_untracked(read)
    }

    /// Looks at the value once.
    pub(crate) fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.cell().borrow())
    }

    /// The same, unless its part of the page is gone.
    pub(crate) fn try_with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> Option<R> {
        self.slot.get::<RefCell<T>>().map(|cell| read(&cell.borrow()))
    }

    /// Changes the value.
    pub(crate) fn update(self, write: impl FnOnce(&mut T)) {
        self.update_untracked(write);
        self.changed.notify();
    }

    /// Changes the value without telling.
    pub(crate) fn update_untracked(self, write: impl FnOnce(&mut T)) {
        write(&mut self.cell().borrow_mut());
    }

    /// Changes the value, unless its part of the page is gone.
    pub(crate) fn try_update<R>(self, write: impl FnOnce(&mut T) -> R) -> Option<R> {
        let cell = self.slot.get::<RefCell<T>>()?;
        let result = write(&mut cell.borrow_mut());
        self.changed.notify();
        Some(result)
    }

    /// Sets the value.
    pub(crate) fn set(self, value: T) {
        let before = self.cell().replace(value);
        self.changed.notify();
        drop(before);
    }

    /// Sets the value, unless its part of the page is gone.
    pub(crate) fn try_set(self, value: T) {
        self.try_update(|before| *before = value);
    }

    /// Has whoever asks told of changes.
    pub(crate) fn track(self) {
        self.changed.track();
    }
}

impl<T: Clone + 'static> RwSignal<T> {
    /// The value; who asks is told of changes.
    pub(crate) fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value as it is now.
    pub(crate) fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}

/// A value that can be read, wherever it comes from.
pub(crate) struct Signal<T> {
    slot: Slot,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Signal<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Signal<T> {}

type Held<T> = Box<dyn Call<(), T>>;

/// A value that follows from others, worked out whenever it is asked for.
pub(crate) fn derive<T: 'static>(read: impl Fn() -> T + 'static) -> Signal<T> {
    let read: Held<T> = Box::new(move |()| read());
    Signal { slot: Slot::new(Rc::new(read)), of: PhantomData }
}

impl<T: 'static> Signal<T> {
    /// Looks at the value; who looks is told of changes.
    pub(crate) fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.get())
    }

    /// Looks at the value once.
    pub(crate) fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        read(&self.get_untracked())
    }

    /// Has whoever asks told of changes.
    pub(crate) fn track(self) {
        drop(self.get());
    }

    /// The value; who asks is told of changes.
    pub(crate) fn get(self) -> T {
        self.slot.there::<Held<T>>().call(())
    }

    /// The value as it is now.
    pub(crate) fn get_untracked(self) -> T {
        leptos::prelude::untrack(|| self.get())
    }
}

impl<T: Clone + 'static> From<RwSignal<T>> for Signal<T> {
    fn from(signal: RwSignal<T>) -> Self {
        derive(move || signal.get())
    }
}

impl<T: Clone + PartialEq + 'static> From<Memo<T>> for Signal<T> {
    fn from(memo: Memo<T>) -> Self {
        derive(move || memo.get())
    }
}

impl<T: Clone + 'static> From<T> for Signal<T> {
    fn from(value: T) -> Self {
        derive(move || value.clone())
    }
}

impl From<&'static str> for Signal<String> {
    fn from(text: &'static str) -> Self {
        derive(move || text.to_owned())
    }
}

impl<T: Default + 'static> Default for Signal<T> {
    fn default() -> Self {
        derive(T::default)
    }
}
