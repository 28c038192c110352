//! The program `backend` from outside: a server that is killed, and one that strangers' tools try to break.

mod aws;
mod kill;
mod schemathesis;
mod server;
#[path = "../api/token.rs"]
#[expect(dead_code, reason = "shared with the tests in the process, which need more of it")]
mod token;
