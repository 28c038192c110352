//! What each visitor sees when something fails: the gate's binary from outside, every fault with every visitor.
//!
//! `faults/table.rs` is the table: one row a fault, one column a visitor. `docs/faults.md` says the same for people; it
//! is written from the table by `FAULTS_MD=write make faults`, and held to it by a test.

use crate::outside::{answer, cookies, event, gate, hosted_ui, relay, world};

mod afterwards;
mod broken_server;
mod document;
mod encounter;
mod fault;
mod killing;
mod matrix;
mod scene;
mod seen;
mod table;
mod visitor;
