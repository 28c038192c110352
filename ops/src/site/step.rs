//! What happens to one object, and why.

use std::fmt;

use serde::Serialize;

use crate::moment::Moment;

/// What happens to an object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Somebody else's object stands in the way; nothing at all is done.
    Conflict,
    /// It is put.
    Upload,
    /// It is removed.
    Remove,
    /// It will be removed by a deploy after the grace.
    RemoveLater,
    /// It is not this site's, and stays as it is.
    Leave,
    /// It is as it should be.
    Keep,
}

/// Why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// There was nothing under this key.
    New,
    /// The file has another content.
    ContentChanged,
    /// The file is the same, and served differently.
    HeadersChanged(String),
    /// The object is not what the last deploy put there.
    ChangedInBucket,
    /// The object that a deploy put there is gone.
    MissingInBucket,
    /// A deploy was interrupted, and may have put it or not.
    Unfinished(String),
    /// Somebody else's object is taken over.
    Adopted,
    /// Nothing has changed.
    Unchanged,
    /// The file is gone; the object stays until then.
    GoneUntil(Moment),
    /// The file has been gone for long enough.
    GraceOver,
    /// The file is gone, but somebody else has put another object there.
    TakenByOthers,
    /// No deploy has put it there.
    Foreign,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::New => f.write_str("new"),
            Reason::ContentChanged => f.write_str("content changed"),
            Reason::HeadersChanged(what) => write!(f, "headers changed: {what}"),
            Reason::ChangedInBucket => f.write_str("was changed in the bucket by somebody else"),
            Reason::MissingInBucket => f.write_str("missing in the bucket"),
            Reason::Unfinished(deploy) => write!(f, "unfinished by the deploy {deploy}"),
            Reason::Adopted => f.write_str("replaces an object that no deploy has put there"),
            Reason::Unchanged => f.write_str("unchanged"),
            Reason::GoneUntil(moment) => write!(f, "its file is gone; stays until {}", moment.rfc3339()),
            Reason::GraceOver => f.write_str("its file is gone, and the grace is over"),
            Reason::TakenByOthers => {
                f.write_str("its file is gone, but somebody else has put another object there")
            }
            Reason::Foreign => f.write_str("no deploy has put it there"),
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// What happens to one object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// Its key, relative to the site's prefix.
    pub key: String,
    /// What happens.
    pub action: Action,
    /// Why.
    pub reason: Reason,
}
