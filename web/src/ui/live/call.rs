//! Functions behind a pointer.
//!
//! The standard library's `dyn Fn` and `dyn FnMut` also hold code for being called once and by value, which never happens
//! here: a copy of each function for nothing, a thirtieth of what a browser would load.

/// A function that is called any number of times.
pub(crate) trait Call<I, O> {
    /// Calls it.
    fn call(&self, input: I) -> O;
}

impl<I, O, F: Fn(I) -> O> Call<I, O> for F {
    fn call(&self, input: I) -> O {
        self(input)
    }
}

/// A function that changes what it holds.
pub(crate) trait CallMut<I, O> {
    /// Calls it.
    fn call_mut(&mut self, input: I) -> O;
}

impl<I, O, F: FnMut(I) -> O> CallMut<I, O> for F {
    fn call_mut(&mut self, input: I) -> O {
        self(input)
    }
}
