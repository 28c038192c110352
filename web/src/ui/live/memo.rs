//! Values that follow from others and are worked out once for each change.

use std::{cell::RefCell, marker::PhantomData, rc::Rc};

use leptos::prelude::{Get, GetUntracked, Memo as Version};

use super::slot::Slot;

/// A value that follows from others and tells of a change only where it differs.
pub(crate) struct Memo<T> {
    slot: Slot,
    version: Version<()>,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Memo<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Memo<T> {}

/// A function like [`super::Call`], of what was before.
trait WorkOut<T> {
    fn work_out(&self, last: Option<&T>) -> T;
}

impl<T, F: Fn(Option<&T>) -> T> WorkOut<T> for F {
    fn work_out(&self, last: Option<&T>) -> T {
        self(last)
    }
}

struct Held<T> {
    value: RefCell<Option<T>>,
    read: Box<dyn WorkOut<T>>,
}

/// A value that follows from others.
pub(crate) fn memo<T: PartialEq + 'static>(read: impl Fn() -> T + 'static) -> Memo<T> {
    memo_with_last(move |_| read())
}

/// A value that follows from others and from what it was before.
pub(crate) fn memo_with_last<T: PartialEq + 'static>(read: impl Fn(Option<&T>) -> T + 'static) -> Memo<T> {
    let held = Held { value: RefCell::new(None), read: Box::new(read) };
    let slot = Slot::new(Rc::new(held));
    Memo { slot, version: version(slot, differs::<T>), of: PhantomData }
}

/// Leptos' part of it: it knows when to work out the value, and whom to tell where it differs.
fn version(slot: Slot, differs: fn(Slot) -> bool) -> Version<()> {
    Version::new_owning(move |_| ((), differs(slot)))
}

/// Has the value worked out if it has to be, and whoever asks told of changes.
#[inline(never)]
fn track(version: Version<()>) {
    version.get();
}

/// Has the value worked out if it has to be.
#[inline(never)]
fn work_out(version: Version<()>) {
    version.get_untracked();
}

/// Works the value out anew; true if it is another.
fn differs<T: PartialEq + 'static>(slot: Slot) -> bool {
    let held = slot.there::<Held<T>>();
    let value = held.read.work_out(held.value.borrow().as_ref());
    let value = Some(value);
    let before = held.value.replace(value);
    *held.value.borrow() != before
}

impl<T: PartialEq + 'static> Memo<T> {
    /// Looks at the value; who looks is told of changes.
    pub(crate) fn with<R>(self, read: impl FnOnce(&T) -> R) -> R {
        track(self.version);
        self.look(read)
    }

    /// Looks at the value once.
    pub(crate) fn with_untracked<R>(self, read: impl FnOnce(&T) -> R) -> R {
        work_out(self.version);
        self.look(read)
    }

    #[expect(clippy::expect_used, reason = "asking Leptos for the version works out the value")]
    fn look<R>(self, read: impl FnOnce(&T) -> R) -> R {
        let held = self.slot.there::<Held<T>>();
        let value = held.value.borrow();
        read(value.as_ref().expect("a memo has a value once it was asked for"))
    }
}

impl<T: Clone + PartialEq + 'static> Memo<T> {
    /// The value; who asks is told of changes.
    pub(crate) fn get(self) -> T {
        self.with(T::clone)
    }

    /// The value as it is now.
    pub(crate) fn get_untracked(self) -> T {
        self.with_untracked(T::clone)
    }
}
