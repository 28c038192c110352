//! The user pool as relying parties and people meet it: over HTTP.

mod account;
mod browser;
mod code_flow;
mod faults;
mod hosted_ui;
mod keys;
mod logout;
mod refresh;
mod state_file;
mod world;
