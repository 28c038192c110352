//! The gate from outside: the very binary that is deployed, spoken to over the Lambda Runtime API only.
//!
//! Events and `edge-auth.json` are written here by hand from AWS's documentation and from the configuration's
//! contract, not by the stack's own types: whatever the binary needs besides them would show as a failure. What each
//! answer must be in every case is tested in `edge-auth/tests/`; here it is that all parts are wired together.
//!
//! `EDGE_AUTH_BINARY` names another binary to test than `dist/edge-auth/edge-auth`.

use crate::outside::{answer, config, cookies, event, gate, hosted_ui, relay, world};

// The tests.
mod clock_wrong;
mod config_refused;
mod connection;
mod key_rotation;
mod layouts_and_clients;
mod limits;
mod odd_events;
mod panic;
mod pool_down;
mod session;
