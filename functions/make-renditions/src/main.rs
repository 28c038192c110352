//! Makes the sizes of an uploaded picture.

fn main() {}
