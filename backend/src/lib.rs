//! The regional API of the CMS.

pub mod ambient;
pub mod audiences;
pub mod domain;
pub mod http;
pub mod media;
pub mod publishing;
pub mod records;
pub mod settings;
pub mod store;
pub mod theme;
