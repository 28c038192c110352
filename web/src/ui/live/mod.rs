//! What changes by itself: signals, memos and effects, as thin handles over Leptos' reactive graph.
//!
//! Leptos compiles its graph for the type of every value in it. Here the graph holds values of one type, and only reading
//! and writing know which type that is: a tenth of the code to load.

mod call;
mod callback;
mod changed;
mod effect;
mod memo;
mod signal;
mod slot;
mod stored;

pub(crate) use call::{Call, CallMut};
pub(crate) use callback::Callback;
pub(crate) use effect::{bind, effect, watch};
pub(crate) use memo::{Memo, memo, memo_with_last};
pub(crate) use signal::{RwSignal, Signal, derive};
pub(crate) use slot::keep;
pub(crate) use stored::StoredValue;
