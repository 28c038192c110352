//! A new project file: asked for, or made from flags, with a comment on every key there is.

mod answers;
mod error;
mod questions;
mod template;

pub use answers::Answers;
pub use error::InitError;
pub use questions::{Question, complete};
pub use template::project_file;
