//! What the functions record, read from DynamoDB: announced releases, processed media, sign-ins.
//!
//! The table's key is `pk` and `sk`, both text. The API only reads it; each item has one writer, which is a function.

mod dynamodb;
mod item;
mod memory;

use std::future::Future;
use std::pin::Pin;

pub use dynamodb::DynamoDb;
pub use item::{Announced, LastSignIn, ProcessedMedia, RecordedSignIn};
pub use memory::MemoryRecords;

/// What a question to the records comes to.
pub type Answer<'a, T> = Pin<Box<dyn Future<Output = Result<T, RecordsError>> + Send + 'a>>;

/// Why the records gave no answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RecordsError {
    /// The table does not answer, or refuses.
    #[error("the table of records does not answer: {0}")]
    Unavailable(String),
    /// An item is not what its writer promises.
    #[error("the record {key} cannot be read: {problem}")]
    Unreadable {
        /// Its key.
        key: String,
        /// What was expected.
        problem: String,
    },
}

/// The port to the records.
pub trait Records: Send + Sync {
    /// What `announce` recorded of a batch of releases.
    fn announced<'a>(&'a self, batch: &'a str) -> Answer<'a, Option<Announced>>;

    /// What `make-renditions` recorded of a media item's version.
    fn media<'a>(&'a self, id: &'a str, version: u32) -> Answer<'a, Option<ProcessedMedia>>;

    /// The latest sign-in of a person.
    fn last_sign_in<'a>(&'a self, person: &'a str) -> Answer<'a, Option<LastSignIn>>;

    /// Sign-ins of a day (`2026-11-26`), newest first, older than the key `before`, at most `limit`.
    fn sign_ins<'a>(
        &'a self,
        day: &'a str,
        before: Option<&'a str>,
        limit: usize,
    ) -> Answer<'a, Vec<RecordedSignIn>>;
}
