//! Telling of a change, apart from what changed. Leptos' functions for it are inlined where they are called: here they
//! are there once.

use leptos::prelude::{Notify, Track, Trigger};

/// Knows who looked at a value.
#[derive(Clone, Copy)]
pub(super) struct Changed(Trigger);

impl Changed {
    pub(super) fn new() -> Self {
        Self(Trigger::new())
    }

    /// Has whoever is being worked out told of changes.
    #[inline(never)]
    pub(super) fn track(self) {
        self.0.track();
    }

    /// Tells everyone who looked.
    #[inline(never)]
    pub(super) fn notify(self) {
        self.0.notify();
    }
}
