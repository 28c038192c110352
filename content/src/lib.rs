//! What the backend and the editing app agree on, once: the API's JSON ([`wire`]).
//!
//! The crate does no I/O, reads no clock and builds for wasm32.

pub mod wire;
