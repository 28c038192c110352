//! What the app knows and by which rules it changes, free of the browser, the network and Leptos.
//!
//! Times are whole milliseconds since 1970-01-01T00:00:00Z, handed in by the caller: nothing here reads a clock.

mod countdown;
mod failure;
mod note;
mod route;
mod seen;
mod session;
mod standing;

pub use countdown::{Milestone, Remaining};
pub use failure::Failure;
pub use note::{Arrival, Event, Hold, Note, Sending};
pub use route::Route;
pub use seen::Seen;
pub use session::{Session, SessionError};
pub use standing::{Answered, Stage, Standing};
