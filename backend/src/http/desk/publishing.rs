//! What is put on the site and taken off it.

use content::markdown::{Reference, references};
use content::wire::{Entry, EntryId, MediaId, ProblemItem, Release, ReleaseId, Schedule};

use super::Desk;
use crate::http::caller::Caller;
use crate::http::failure::{Answer, Failure};
use crate::http::precondition::IfMatch;
use crate::store::{Actor, Expected};

/// The warning that a page is read by more people than what it shows.
const WIDER_AUDIENCE: &str = "wider-audience";

impl Desk<'_> {
    /// Publishes the working copy.
    pub(crate) async fn publish_entry(
        &self,
        caller: &Caller,
        id: &EntryId,
        accept: &[String],
        if_match: &IfMatch,
    ) -> Answer<Release> {
        self.publish(&caller.actor(), id, accept, if_match).await
    }

    async fn publish(
        &self,
        by: &Actor,
        id: &EntryId,
        accept: &[String],
        if_match: &IfMatch,
    ) -> Answer<Release> {
        let entry = self.entry(id).await?;
        if !if_match.allows(entry.summary.version) {
            return Err(Failure::version_mismatch(entry));
        }
        complete(&entry)?;
        if !accept.iter().any(|warning| warning == WIDER_AUDIENCE) {
            self.check_audiences(&entry).await?;
        }
        // What was looked at is what is published, and nothing that was written since.
        let expected = Expected::version(entry.summary.version);
        self.done(self.api.store.publish_entry(by, id, &expected).await)
    }

    /// Takes an entry off the site.
    pub(crate) async fn unpublish_entry(
        &self,
        caller: &Caller,
        id: &EntryId,
        if_match: &IfMatch,
    ) -> Answer<Release> {
        self.done(self.api.store.unpublish_entry(&caller.actor(), id, &if_match.expected()).await)
    }

    /// Says when an entry is published and taken off the site. What is past is done at once.
    pub(crate) async fn schedule_entry(
        &self,
        caller: &Caller,
        id: &EntryId,
        schedule: Schedule,
        if_match: &IfMatch,
    ) -> Answer<Entry> {
        if schedule.publish_at.is_some() {
            complete(&self.entry(id).await?)?;
        }
        let scheduled =
            self.api.store.schedule_entry(&caller.actor(), id, &schedule, &if_match.expected()).await;
        let scheduled = self.done(scheduled)?;
        let now = self.api.ambient.timestamp();
        let is_past =
            [&schedule.publish_at, &schedule.unpublish_at].into_iter().flatten().any(|time| *time <= now);
        if !is_past {
            return Ok(self.api.with_entry_audience(scheduled));
        }
        self.do_what_is_due().await?;
        self.entry(id).await
    }

    /// Publishes and takes off the site what was to be by now. What cannot be done is no longer planned: an entry whose
    /// title is gone would else be tried for ever.
    pub(crate) async fn do_what_is_due(&self) -> Answer<usize> {
        const AT_ONCE: usize = 50;
        let due = self.done(self.api.store.due(AT_ONCE).await)?;
        let count = due.len();
        for due in due {
            let version = IfMatch::Versions(vec![due.version]);
            let done = match (&due.publish_at, &due.unpublish_at) {
                (Some(publish), Some(unpublish)) if publish < unpublish => {
                    // Both times passed while nobody looked: the later one is what holds.
                    self.done(self.api.store.unpublish_entry(&due.by, &due.entry, &version.expected()).await)
                }
                (None, Some(_)) => {
                    self.done(self.api.store.unpublish_entry(&due.by, &due.entry, &version.expected()).await)
                }
                _ => self.publish(&due.by, &due.entry, &[WIDER_AUDIENCE.to_owned()], &version).await,
            };
            let Err(failure) = done else { continue };
            tracing::warn!(entry = %due.entry, problem = ?failure.clone().into_problem().detail, "a plan was given up");
            if !failure.status().is_server_error() {
                let none = Schedule::default();
                self.done(self.api.store.schedule_entry(&due.by, &due.entry, &none, &Expected::Any).await)?;
            }
        }
        Ok(count)
    }

    /// Queues a release again that has failed.
    pub(crate) async fn retry_release(&self, caller: &Caller, id: &ReleaseId) -> Answer<Release> {
        self.done(self.api.store.retry_release(&caller.actor(), id).await)
    }

    /// Refuses a page that is read by people who may not see what it shows.
    async fn check_audiences(&self, entry: &Entry) -> Answer<()> {
        let mut shown: Vec<MediaId> = entry.summary.cover.iter().cloned().collect();
        shown.extend(references(&entry.body).into_iter().filter_map(|reference| match reference {
            Reference::Media(id) => Some(MediaId(id)),
            Reference::Entry(_) => None,
        }));
        if shown.is_empty() {
            return Ok(());
        }
        let page = &entry.summary.audience;
        let items = self.done(self.api.store.media_of(&shown).await)?;
        let narrower = items.into_iter().filter(|item| page.is_wider_than(&self.api.media_audience(item)));
        let narrower: Vec<ProblemItem> =
            narrower.map(|item| ProblemItem { id: item.id.0, name: item.name, entry: None }).collect();
        if narrower.is_empty() { Ok(()) } else { Err(Failure::wider_audience(narrower)) }
    }
}

/// What publishing needs and saving never asks for.
fn complete(entry: &Entry) -> Answer<()> {
    if entry.summary.title.trim().is_empty() {
        return Err(Failure::invalid_at(
            "/title",
            "is blank, expected a title before the entry is published",
        ));
    }
    Ok(())
}
