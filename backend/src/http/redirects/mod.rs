//! Redirects: former addresses, and where they lead.

pub(super) mod create;
pub(super) mod delete;
pub(super) mod list;

use content::wire::{EntryId, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::store::{self, RedirectTarget};

/// A former address and where it leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub(crate) struct Redirect {
    /// The former address, a path of the site.
    from: String,
    /// The entry that it leads to, wherever that is; none where it leads to an address.
    entry: Option<EntryId>,
    /// Where it leads now; none while the entry is not on the site.
    to: Option<String>,
    /// When it was made.
    created_at: Timestamp,
}

/// A new redirect: with an entry that it leads to, or with an address.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewRedirect {
    /// The former address, a path of the site.
    from: String,
    /// The entry.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entry: Option<EntryId>,
    /// The address, a path of the site.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}

impl From<store::Redirect> for Redirect {
    fn from(redirect: store::Redirect) -> Redirect {
        let entry = match redirect.to {
            RedirectTarget::Entry(id) => Some(id),
            RedirectTarget::Path(_) => None,
        };
        Redirect { from: redirect.from, entry, to: redirect.path, created_at: redirect.created_at }
    }
}
