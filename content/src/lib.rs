//! What the backend and the editing app agree on, once: the API's JSON ([`wire`]), who may do what ([`permission`]),
//! addresses ([`path`]), markdown to safe HTML ([`markdown`]), two texts side by side ([`diff`]) and the merging of two
//! people's changes ([`merge`]).
//!
//! The crate does no I/O, reads no clock and builds for wasm32.

pub mod diff;
pub mod markdown;
pub mod merge;
pub mod path;
pub mod permission;
pub mod wire;
