//! What an operator does with Parapet: one module a subcommand of `parapet`.

pub mod package;
