//! The theme: templates and assets that make pages of content.

pub mod context;
mod moment;
mod picture;
