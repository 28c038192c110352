//! What must hold for any text at all.
//!
//! Each `check` takes what a fuzzer made up and asserts properties, not only that nothing panics. Two things call
//! them: libFuzzer, by the targets in `fuzz_targets` (`make fuzz`, nightly toolchain), and `content/tests/corpus.rs`,
//! which replays the kept corpora at every `make test`.

pub mod cleaner;
pub mod rendering;
pub mod texts;

/// A property that must hold for any bytes.
pub type Property = fn(&[u8]);

/// The targets, named as their corpora are.
pub const TARGETS: [(&str, Property); 2] = [("rendering", rendering::check), ("texts", texts::check)];
