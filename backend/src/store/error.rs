//! Why the store did not do what was asked.

use content::wire::{Entry, EntryId, Site, UsedIn};

/// A kind of thing that is not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Missing {
    /// An entry.
    Entry,
    /// A revision of an entry.
    Revision,
    /// A section, by its id.
    Section,
    /// A section, by a path that was named for an entry or a media item.
    SectionPath,
    /// A release.
    Release,
    /// A media item.
    Media,
    /// A redirect.
    Redirect,
}

impl Missing {
    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Missing::Entry => "entry",
            Missing::Revision => "revision",
            Missing::Section | Missing::SectionPath => "section",
            Missing::Release => "release",
            Missing::Media => "media item",
            Missing::Redirect => "redirect",
        }
    }
}

/// Why the store did not do what was asked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// There is no such thing.
    #[error("there is no such {}", .0.name())]
    NotFound(Missing),
    /// The entry has another version than was expected; this is what it is now.
    #[error("the entry is at version {}, expected another", .0.summary.version)]
    VersionMismatch(Box<Entry>),
    /// The site's settings have another version than was expected; this is what they are now.
    #[error("the site's settings are at version {}, expected another", .0.version)]
    SiteVersionMismatch(Box<Site>),
    /// Another entry, section or redirect has this address.
    #[error("the address {path} is taken")]
    PathTaken {
        /// The address.
        path: String,
        /// The entry that has it, where an entry does.
        by: Option<EntryId>,
    },
    /// Another entry was imported from the same source.
    #[error("an entry was imported from this source already")]
    SourceTaken(EntryId),
    /// The slug is none, or is reserved.
    #[error("the slug {slug:?} {problem}")]
    Slug {
        /// The slug.
        slug: String,
        /// What is wrong with it.
        problem: String,
    },
    /// The state of the thing does not allow it, as this sentence says.
    #[error("{0}")]
    Conflict(String),
    /// It is used.
    #[error("it is used in {} entries", .0.len())]
    InUse(Vec<UsedIn>),
    /// A cursor of another list, or none of ours.
    #[error("the cursor is not of this list with these filters and this order")]
    ForeignCursor,
    /// The database does not answer, or is too busy. The same may be asked again.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// The database's tables are not of the version that this program works with.
    #[error("the database has migration {found}, expected {expected}; run `backend migrate`")]
    NotMigrated {
        /// The latest migration that was applied.
        found: i64,
        /// The latest one of this program.
        expected: i64,
    },
    /// Something that cannot be, by what the store itself has written.
    #[error("the database holds what it cannot: {0}")]
    Corrupt(String),
}

/// What a question to the store comes to.
pub type Result<T> = std::result::Result<T, StoreError>;

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        match &error {
            sqlx::Error::Database(database) if database.is_unique_violation() => StoreError::Conflict(
                "somebody else has taken the same address or key at this moment".to_owned(),
            ),
            sqlx::Error::Database(database) if !is_passing(database.code().as_deref()) => {
                StoreError::Corrupt(error.to_string())
            }
            sqlx::Error::ColumnDecode { .. }
            | sqlx::Error::ColumnIndexOutOfBounds { .. }
            | sqlx::Error::Decode(_) => StoreError::Corrupt(error.to_string()),
            _ => StoreError::Unavailable(error.to_string()),
        }
    }
}

/// Whether an error of the database's may be gone with the next attempt: SQLite that is locked (5, 6, and their extended
/// codes), PostgreSQL without connections or resources, stopping, or with a deadlock.
fn is_passing(code: Option<&str>) -> bool {
    let Some(code) = code else { return false };
    match code.len() {
        5 => ["08", "40", "53", "55", "57"].iter().any(|class| code.starts_with(class)),
        _ => code.parse::<i64>().is_ok_and(|code| matches!(code & 0xff, 5 | 6 | 10 | 13)),
    }
}
