//! The life of a process: it ends before or after a given step, and from then on nothing it does has an effect.

use std::sync::atomic::{AtomicI64, Ordering};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    Never,
    /// Before its step of this number, counted from 0.
    Before(i64),
    /// After it: the step has its effect, but nobody is told.
    After(i64),
}

#[derive(Debug)]
pub(crate) struct Life {
    end: End,
    steps: std::sync::Arc<AtomicI64>,
}

impl Life {
    pub(crate) fn new(end: End) -> Life {
        Life { end, steps: std::sync::Arc::new(AtomicI64::new(0)) }
    }

    /// The same life, for another part of the process.
    pub(crate) fn share(&self) -> Life {
        Life { end: self.end, steps: self.steps.clone() }
    }

    pub(crate) fn steps(&self) -> i64 {
        self.steps.load(Ordering::SeqCst)
    }

    pub(crate) fn is_over(&self) -> bool {
        match self.end {
            End::Never => false,
            End::Before(end) | End::After(end) => self.steps() > end,
        }
    }

    /// Takes a step with an effect; none once the process has been killed.
    pub(crate) fn step<T>(&self, effect: impl FnOnce() -> T) -> Option<T> {
        let number = self.steps.fetch_add(1, Ordering::SeqCst);
        match self.end {
            End::Before(end) if number >= end => None,
            End::After(end) if number > end => None,
            End::After(end) if number == end => {
                effect();
                None
            }
            _ => Some(effect()),
        }
    }
}
