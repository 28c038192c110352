//! The program `backend`.

fn main() {}
