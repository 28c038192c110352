//! What another part of the page is given to call.

use std::{marker::PhantomData, rc::Rc};

use super::{Call, slot::Slot};

/// Something to call, for as long as the part of the page that it belongs to is there.
pub(crate) struct Callback<I, O = ()> {
    slot: Slot,
    of: PhantomData<fn(I) -> O>,
}

impl<I, O> Clone for Callback<I, O> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<I, O> Copy for Callback<I, O> {}

type Held<I, O> = Box<dyn Call<I, O>>;

impl<I: 'static, O: 'static> Callback<I, O> {
    /// Something to call.
    pub(crate) fn new(call: impl Fn(I) -> O + 'static) -> Self {
        let call: Held<I, O> = Box::new(call);
        Self { slot: Slot::new(Rc::new(call)), of: PhantomData }
    }

    /// Calls it.
    pub(crate) fn run(self, input: I) -> O {
        self.slot.there::<Held<I, O>>().call(input)
    }

    /// Calls it, unless its part of the page is gone.
    pub(crate) fn try_run(self, input: I) -> Option<O> {
        self.slot.get::<Held<I, O>>().map(|held| held.call(input))
    }
}

impl<I: 'static, O: 'static, F: Fn(I) -> O + 'static> From<F> for Callback<I, O> {
    fn from(call: F) -> Self {
        Self::new(call)
    }
}
