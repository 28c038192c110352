//! Components that only show what they are given: no request, no rule, no word about the app's state.

mod badge;
mod bones;
mod button;
mod dialog;
mod facts;
mod field;
pub(crate) mod live;
mod notice;
pub(crate) mod prelude;
pub(crate) mod view;

pub(crate) use badge::Badge;
pub(crate) use bones::Bones;
pub(crate) use button::Button;
pub(crate) use dialog::{Dialog, fresh_id};
pub(crate) use facts::{Fact, Facts};
pub(crate) use field::{Choice, TextField, Toggle};
pub(crate) use notice::{Notice, Tone};
