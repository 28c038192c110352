//! Word of objects that were put, for whoever has asked for it.

use std::{fmt, sync::Arc};

use super::Object;

/// How an object came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Creation {
    /// PutObject.
    Put,
    /// CopyObject.
    Copy,
}

/// An object that was put.
#[derive(Clone, Debug)]
pub struct Created {
    /// The object.
    pub object: Arc<Object>,
    /// How it came to be.
    pub creation: Creation,
    /// Grows with every write to the bucket.
    pub number: u64,
}

/// Whoever is told.
pub(super) struct Listener(Box<dyn Fn(&Created) + Send + Sync>);

impl Listener {
    pub(super) fn new(tell: impl Fn(&Created) + Send + Sync + 'static) -> Self {
        Self(Box::new(tell))
    }

    pub(super) fn tell(&self, created: &Created) {
        (self.0)(created);
    }
}

impl fmt::Debug for Listener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listener")
    }
}
