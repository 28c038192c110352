//! The regional API of the CMS.

pub mod ambient;
pub mod audiences;
pub mod http;
pub mod media;
pub mod records;
pub mod settings;
pub mod theme;
