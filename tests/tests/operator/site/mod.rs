//! `parapet deploy site`, as an operator runs it, against the local cloud and against moto.

// What the tests stand on.
mod aws;
pub(crate) mod folder;
pub(crate) mod ground;
pub(crate) mod relay;
pub(crate) mod viewer;

mod interrupted;
mod journey;
mod many;
mod on_moto;
mod two_at_once;
mod whole_cloud;
