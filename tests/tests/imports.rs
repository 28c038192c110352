//! Who may import whom, and which module alone may know what: the architecture's invariants, read from
//! `cargo metadata` and from the sources themselves.

#[cfg(test)]
mod imports {
    mod circles;
    mod crates;
    mod sources;
}
