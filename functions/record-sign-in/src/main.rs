//! Keeps a record of each sign-in.

fn main() {}
