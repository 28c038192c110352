//! The regional API of the CMS.

pub mod theme;
