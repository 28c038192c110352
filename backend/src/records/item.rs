//! The records as their writers left them.

use content::wire::{MediaState, Rendition, SignIn, Timestamp};

/// `RELEASE#<batch>`, `ANNOUNCED`: the caches were told of a batch of releases, or could not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// The attempt of the manifest that it is about. What an earlier one says, says nothing of a later one.
    pub attempt: i64,
    /// When the invalidation was completed; none when it failed.
    pub completed_at: Option<Timestamp>,
    /// The invalidation, where one was made.
    pub invalidation_id: Option<String>,
    /// Why it failed for good.
    pub problem: Option<String>,
}

/// `MEDIA#<id>`, `ITEM`, or `ITEM#<version>` of a later one: what came of an upload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessedMedia {
    /// Processing, ready or refused.
    pub state: MediaState,
    /// Why it was refused.
    pub problem: Option<String>,
    /// The media type of the bytes themselves.
    pub kind: Option<String>,
    /// In bytes.
    pub size: Option<u64>,
    /// In pixels, after turning it upright.
    pub width: Option<u32>,
    /// In pixels, after turning it upright.
    pub height: Option<u32>,
    /// A blurred preview, base64.
    pub thumbhash: Option<String>,
    /// Its sizes.
    pub renditions: Vec<Rendition>,
}

/// `USER#<sub>`, `LAST`: a person's latest sign-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastSignIn {
    /// The user name in the pool.
    pub username: String,
    /// What the pool calls them.
    pub name: Option<String>,
    /// The address for mail.
    pub email: Option<String>,
    /// The greeting that was read then.
    pub greeting: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// `USER#<sub>`, `<time>#<id>`: a sign-in, and its key among those of its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordedSignIn {
    /// Its sort key.
    pub key: String,
    /// What it says.
    pub sign_in: SignIn,
}
