//! What each visitor sees when something fails: the gate's binary from outside, every fault with every visitor.
//!
//! `faults/table.rs` is the table: one row a fault, one column a visitor. `docs/faults.md` says the same for people; it
//! is written from the table by `FAULTS_MD=write make faults`, and held to it by a test.

#[cfg(test)]
mod faults {
    // What the tests speak with, as the other tests from outside do.
    #[path = "../black_box/answer.rs"]
    #[expect(dead_code, reason = "shared with another test, which asks for more")]
    mod answer;
    #[path = "../black_box/config.rs"]
    mod config;
    #[path = "../black_box/cookies.rs"]
    #[expect(dead_code, reason = "shared with another test, which asks for more")]
    mod cookies;
    #[path = "../black_box/event.rs"]
    mod event;
    #[path = "../black_box/gate.rs"]
    #[expect(dead_code, reason = "shared with another test, which asks for more")]
    mod gate;
    #[path = "../black_box/hosted_ui.rs"]
    mod hosted_ui;
    #[path = "../black_box/relay.rs"]
    #[expect(dead_code, reason = "shared with another test, which asks for more")]
    mod relay;
    #[path = "../black_box/world.rs"]
    #[expect(dead_code, reason = "shared with another test, which asks for more")]
    mod world;

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
}
