//! The browser: its network, its clock, its windows, its memory. Everything that is not plain computation happens here.

mod clock;
mod http;
mod rich_editor;
mod storage;
mod text_engine;
mod upload;
mod window;

pub(crate) use clock::{from_input, local_minute, local_time, now, pause, read_time, time_zone, to_input};
pub(crate) use http::{Answer, NoAnswer, Request, ask};
pub(crate) use rich_editor::{RichEditor, Settings};
pub(crate) use storage::{forget, keep, kept};
pub(crate) use text_engine::TextEngine;
pub(crate) use upload::Sending;
pub(crate) use window::{
    close, focus, is_apple, is_narrow, is_online, is_typing, is_visible, language, location, lower_case,
    on_signed_in, set_address, set_on_root, tell_signed_in, unique,
};
