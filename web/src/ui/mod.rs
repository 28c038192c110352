//! Components that only show what they are given: no request, no rule, no word about the app's state.

mod announcer;
mod dialog;
mod facts;
mod notice;

pub(crate) use announcer::Announcer;
pub(crate) use dialog::Dialog;
pub(crate) use facts::{Fact, Facts};
pub(crate) use notice::{Notice, Tone};
