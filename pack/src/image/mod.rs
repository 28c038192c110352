//! An image of one static program as an OCI image layout (OCI image specification 1.1): a folder of blobs that a registry
//! takes as it is. Nothing of Docker is needed to make it, and nothing but the program is in it.

mod blob;
mod build;
mod layer;
mod layout;

pub use build::{Image, ImageError};
pub use layout::{Layout, LayoutError};
