//! The program `backend` from outside: a server that is killed, and one that strangers' tools try to break.

mod aws;
mod kill;
mod schemathesis;
mod server;
