//! What must hold for any bytes at all, a module for each parser of the gate and of its tokens.
//!
//! Each `check` takes what a fuzzer made up and asserts properties, not only that nothing panics. Two things call
//! them: libFuzzer, by the targets in `fuzz_targets` (`make fuzz`, nightly toolchain), and `edge-auth/tests/corpus.rs`,
//! which replays the kept corpora at every `make test`.

pub mod answer;
pub mod callback;
pub mod config;
pub mod cookie;
pub mod event;
pub mod gate;
pub mod jwks;
pub mod return_path;
pub mod token;

/// A property that must hold for any bytes.
pub type Property = fn(&[u8]);

/// The targets, named as their corpora are.
pub const TARGETS: [(&str, Property); 7] = [
    ("callback", callback::check),
    ("config", config::check),
    ("cookie", cookie::check),
    ("event", event::check),
    ("jwks", jwks::check),
    ("return_path", return_path::check),
    ("token", token::check),
];
