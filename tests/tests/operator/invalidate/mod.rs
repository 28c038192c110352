//! `parapet invalidate`, as an operator runs it, against the local CDN's invalidation API.

use crate::site::{folder, ground, relay};

mod paths;
mod repeated;
