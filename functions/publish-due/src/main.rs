//! Publishes and unpublishes what is due.

fn main() {}
