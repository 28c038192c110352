//! The program `backend` from outside: a server that is killed, and one that strangers' tools try to break.

#[cfg(test)]
mod aws;
#[cfg(test)]
mod kill;
#[cfg(test)]
mod schemathesis;
#[cfg(test)]
mod server;
#[cfg(test)]
#[path = "../api/token.rs"]
#[expect(dead_code, reason = "shared with the tests in the process, which need more of it")]
mod token;
