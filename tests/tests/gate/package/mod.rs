//! The package that is deployed, `dist/edge-auth.zip`: what is in it, and that it runs under AWS's own runtime
//! interface client for Python as it will on Lambda@Edge.
//!
//! `EDGE_AUTH_ZIP` names another package to test, and `EDGE_AUTH_PYTHON` another interpreter that has awslambdaric.

use crate::outside::{config, event};

mod archive;
mod content;
mod runtime_client;
