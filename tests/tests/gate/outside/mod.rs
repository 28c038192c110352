//! What speaks with the gate from outside.

pub(crate) mod answer;
pub(crate) mod config;
pub(crate) mod cookies;
pub(crate) mod event;
pub(crate) mod gate;
pub(crate) mod hosted_ui;
pub(crate) mod relay;
pub(crate) mod world;
