//! Who may import whom, and which module alone may know what: the architecture's invariants, read from
//! `cargo metadata` and from the sources themselves.

mod circles;
mod crates;
mod sources;
