//! The rules of content, which know neither HTTP nor SQL.

mod entry_facts;
mod fingerprint;
mod slug;
pub mod words;

pub use entry_facts::EntryFacts;
pub use fingerprint::fingerprint;
pub use slug::slug_of_title;
