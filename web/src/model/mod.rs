//! What the app knows and by which rules it changes, free of the browser, the network and Leptos.
//!
//! Times are whole milliseconds since 1970-01-01T00:00:00Z, handed in by the caller: nothing here reads a clock.

mod backup;
mod countdown;
mod deed;
mod draft;
mod failure;
mod json;
mod markdown;
mod publication;
mod query;
mod reconciliation;
mod route;
mod saving;
mod session;
mod standing;
mod words;

pub use backup::Backup;
pub use countdown::{Milestone, Remaining};
pub use deed::{DEEDS, deed};
pub use draft::Draft;
pub use failure::Failure;
pub use json::from_json;
pub use markdown::{Mark, Replacement, pictures_without_text};
pub use publication::{Next, Publication};
pub use query::{Query, encoded};
pub use reconciliation::{Clash, FIELDS, Field, FieldName, Reconciliation};
pub use route::Route;
pub use saving::{Asked, Hold, SaveEvent, Saving};
pub use session::{Session, SessionError};
pub use standing::{Answered, Stage, Standing};
pub use words::{ENGLISH, GERMAN, Words, fill};
