//! The API's JSON, as `/api/v1/openapi.json` describes it.
//!
//! Every type is what goes over the wire and no more; rules live beside it, in the modules that check it.

mod activity;
mod audience;
mod bulk;
mod entry;
mod id;
mod list;
mod me;
mod media;
mod presence;
mod problem;
mod release;
mod revision;
mod search;
mod section;
mod sign_in;
mod site;

pub use activity::Activity;
pub use audience::Audience;
pub use bulk::{BulkAction, BulkRequest, BulkResult, BulkResults};
pub use entry::{Author, ChangedEntry, Entry, EntryState, EntrySummary, NewEntry, Publish, Schedule};
pub use id::{EntryId, MediaId, PersonId, ReleaseId, SectionId, Timestamp};
pub use list::List;
pub use me::{ChangedMe, Me};
pub use media::{
    ChangedMedia, MediaItem, MediaState, NewMedia, NewReplacement, Rendition, Replacement, Upload, Use,
    UsedIn,
};
pub use presence::{Presence, Present};
pub use problem::{Problem, ProblemItem, ProblemType, Violation};
pub use release::{Release, ReleaseAction, ReleaseState, ReleaseStep};
pub use revision::{Revision, RevisionContent, RevisionKind};
pub use search::Hit;
pub use section::{NewSection, Section, SectionOrder};
pub use sign_in::SignIn;
pub use site::{NavigationItem, Site};
