//! Tells CloudFront what a publication changed, and waits until its caches have forgotten it.

fn main() {}
