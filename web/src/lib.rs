//! The editing app: it runs in the browser, client-side rendered, under `/admin/` behind the gate.
//!
//! `page` puts together `client` (the browser and the network), `model` (plain state and its rules) and `ui`
//! (components that only show what they are given); those three never import each other.
//! Tokens are out of a script's reach: the app knows who is signed in from `/auth/session` alone.
//!
//! A native build holds the model only, so that its tests need no browser.

pub mod model;

#[cfg(target_arch = "wasm32")]
mod client;
#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "`#[component]` expands to a public function beside ours")]
mod page;
#[cfg(target_arch = "wasm32")]
#[expect(unreachable_pub, reason = "`#[component]` expands to a public function beside ours")]
mod ui;

#[cfg(target_arch = "wasm32")]
pub use page::open;
