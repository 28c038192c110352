//! The browser: its network, its clock, its windows. Everything that is not plain computation happens here.

mod clock;
mod http;
mod window;

pub(crate) use clock::{local_time, now, read_time};
pub(crate) use http::{Answer, Method, NoAnswer, ask};
pub(crate) use window::{close, is_online, is_visible, on_signed_in, path, tell_signed_in};
