//! What people do at the API, between the addresses and the store: who may do it, and what is looked at beforehand.

mod entries;
mod media;
mod publishing;
mod sections;

use content::wire::{Entry, EntryId};

use super::Api;
use super::caller::Caller;
use super::failure::{Answer, Failure};
use super::precondition::IfMatch;
use crate::store::{Actor, Expected, Missing, StoreError};

/// The desk at which things are done.
pub(crate) struct Desk<'a> {
    api: &'a Api,
}

impl<'a> Desk<'a> {
    pub(super) fn new(api: &'a Api) -> Desk<'a> {
        Desk { api }
    }

    /// An entry as it is, with who may read it.
    async fn entry(&self, id: &EntryId) -> Answer<Entry> {
        let entry = self.done(self.api.store.entry(id).await)?;
        Ok(self.api.with_entry_audience(entry.ok_or_else(|| Failure::not_found("entry"))?))
    }

    /// Refuses whoever may not change an entry. Answers the versions that the change is for: what was looked at here must
    /// not have been changed meanwhile by whoever may do more.
    async fn editable(&self, caller: &Caller, id: &EntryId, if_match: &IfMatch) -> Answer<Expected> {
        if caller.role.may_edit(false, true) {
            return Ok(if_match.expected());
        }
        let entry = self.entry(id).await?;
        let summary = &entry.summary;
        let own = summary.author.id == caller.id;
        if !caller.role.may_edit(own, summary.published_revision.is_some()) {
            return Err(Failure::forbidden(
                "authors change their own entries, as long as they are not published; \
                 entries.edit is needed for others",
            ));
        }
        if !if_match.allows(summary.version) {
            return Err(Failure::version_mismatch(entry));
        }
        Ok(Expected::version(summary.version))
    }

    /// What the store answered; an entry that comes with a refusal says who may read it.
    fn done<T>(&self, answer: Result<T, StoreError>) -> Answer<T> {
        answer.map_err(|error| match error {
            StoreError::VersionMismatch(current) => {
                Failure::version_mismatch(self.api.with_entry_audience(*current))
            }
            error => Failure::from(error),
        })
    }
}

impl Caller {
    /// The caller as the store knows people.
    pub(crate) fn actor(&self) -> Actor {
        Actor { id: self.id.clone(), username: self.username.clone() }
    }
}

impl IfMatch {
    /// The versions that a change is for.
    pub(crate) fn expected(&self) -> Expected {
        match self {
            IfMatch::Absent | IfMatch::Any => Expected::Any,
            IfMatch::Versions(versions) => Expected::Versions(versions.clone()),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        match error {
            StoreError::NotFound(Missing::SectionPath) => {
                Failure::invalid_at("/section", "is the path of no section")
            }
            StoreError::NotFound(missing) => Failure::not_found(missing.name()),
            StoreError::VersionMismatch(current) => Failure::version_mismatch(*current),
            StoreError::SiteVersionMismatch(current) => Failure::other_version(current.version),
            StoreError::PathTaken { path, by } => Failure::path_taken(&path, by),
            StoreError::SourceTaken(entry) => Failure::source_taken(entry),
            StoreError::Slug { slug, problem } => Failure::invalid_at("/slug", format!("{slug:?} {problem}")),
            StoreError::Conflict(detail) => Failure::conflict(detail),
            StoreError::InUse(uses) => Failure::in_use(uses),
            StoreError::ForeignCursor => Failure::bad_request(
                "the query parameter cursor is not of this list, these filters and this order",
            ),
            error @ (StoreError::Unavailable(_) | StoreError::NotMigrated { .. }) => {
                Failure::unavailable(&error)
            }
            error @ StoreError::Corrupt(_) => Failure::internal(&error),
        }
    }
}
