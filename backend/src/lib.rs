//! The regional API of the CMS.
