//! What is done with media items. What became of their bytes is in the records of `make-renditions`.

use content::permission::Permission;
use content::wire::{
    ChangedMedia, List, MediaId, MediaItem, MediaState, NewMedia, NewReplacement, Problem, ProblemType,
    Section, Use,
};

use super::Desk;
use crate::http::caller::Caller;
use crate::http::failure::{Answer, Failure, told};
use crate::records::ProcessedMedia;
use crate::store::{MediaChange, NewMediaRow};

impl Desk<'_> {
    /// Begins a media item, whose bytes are awaited.
    pub(crate) async fn create_media(&self, caller: &Caller, new: NewMedia) -> Answer<MediaItem> {
        let section = match new.section {
            Some(section) => section,
            None => self.first_section().await?,
        };
        let row =
            NewMediaRow { id: None, name: new.name, kind: new.kind, size: new.size, section, alt: new.alt };
        let made = self.done(self.api.store.create_media(&caller.actor(), &row).await)?;
        Ok(self.api.with_media_audience(made))
    }

    /// Begins a media item in another section, with what is known of this one. Answers also which version was copied.
    pub(crate) async fn copy_media(
        &self,
        caller: &Caller,
        id: &MediaId,
        section: &str,
    ) -> Answer<(u32, MediaItem)> {
        let original = self.media_item(id).await?;
        if original.state != MediaState::Ready {
            return Err(Failure::conflict("the media item is not ready, and cannot be copied"));
        }
        let row = NewMediaRow {
            id: None,
            name: original.name,
            kind: original.kind,
            size: original.size,
            section: section.to_owned(),
            alt: original.alt,
        };
        let made = self.done(self.api.store.create_media(&caller.actor(), &row).await)?;
        Ok((original.version, self.api.with_media_audience(made)))
    }

    /// A media item, and where it is used.
    pub(crate) async fn media(&self, id: &MediaId) -> Answer<MediaItem> {
        let mut item = self.media_item(id).await?;
        item.used_in = Some(self.done(self.api.store.media_used_in(id).await)?);
        Ok(item)
    }

    /// A page of media items.
    pub(crate) async fn media_items(
        &self,
        section: Option<&str>,
        words: Option<&str>,
        cursor: Option<&str>,
        limit: usize,
    ) -> Answer<List<MediaItem>> {
        let list = self.done(self.api.store.media_items(section, words, cursor, limit).await)?;
        let mut items = Vec::with_capacity(list.items.len());
        for item in list.items {
            items.push(self.up_to_date(item).await?);
        }
        Ok(List { items, ..list })
    }

    /// Changes what a media item is called and what it shows.
    pub(crate) async fn save_media(
        &self,
        caller: &Caller,
        id: &MediaId,
        changed: ChangedMedia,
    ) -> Answer<MediaItem> {
        self.may_change_pages_with(caller, id).await?;
        let saved = self.done(self.api.store.save_media(&caller.actor(), id, &changed).await)?;
        Ok(self.api.with_media_audience(saved))
    }

    /// Awaits another file of the same sort in the place of a media item's.
    pub(crate) async fn replace_media(
        &self,
        caller: &Caller,
        id: &MediaId,
        file: &NewReplacement,
    ) -> Answer<MediaItem> {
        let item = self.media_item(id).await?;
        if sort(&item.kind) != sort(&file.kind) {
            return Err(Failure::invalid_at("/type", other_sort(&item.kind)));
        }
        self.may_change_pages_with(caller, id).await?;
        let awaited = self.done(self.api.store.replace_media(&caller.actor(), id, &file.name).await)?;
        Ok(self.api.with_media_audience(awaited))
    }

    /// Gives up what was to take the place of a media item's file.
    pub(crate) async fn keep_media(&self, caller: &Caller, id: &MediaId) -> Answer<()> {
        // What came of its bytes may be recorded, and not taken over yet.
        self.media_item(id).await?;
        self.done(self.api.store.keep_media(&caller.actor(), id).await)
    }

    /// Removes what was uploaded for a media item, but for the version that is kept. It is private, so that what does not
    /// answer now leaves behind what nobody can read.
    pub(crate) async fn remove_uploads(&self, id: &MediaId, kept: Option<u32>) {
        if let Err(error) = self.api.uploads.remove(id.as_str(), kept).await {
            tracing::warn!(%error, media = id.as_str(), "an upload that nobody needs any more stays behind");
        }
    }

    /// Refuses whoever may not publish what a published page shows, or every page: the logo.
    async fn may_change_pages_with(&self, caller: &Caller, id: &MediaId) -> Answer<()> {
        if caller.role.may(Permission::EntriesPublish) {
            return Ok(());
        }
        let used = self.done(self.api.store.media_used_in(id).await)?;
        let is_shown = used.iter().any(|used| used.place == Use::Published)
            || self.done(self.api.store.site().await)?.logo.as_ref() == Some(id);
        match is_shown {
            true => self.api.verifier.require(caller, Permission::EntriesPublish),
            false => Ok(()),
        }
    }

    /// Takes back an upload of the caller's own whose bytes have not come. Answers whether it was one.
    pub(crate) async fn cancel_upload(&self, caller: &Caller, id: &MediaId) -> Answer<bool> {
        if !caller.role.may(Permission::MediaUpload) {
            return Ok(false);
        }
        // What came of its bytes may be recorded, and not taken over yet.
        if let Some(item) = self.done(self.api.store.media(id).await)? {
            self.up_to_date(item).await?;
        }
        self.done(self.api.store.cancel_upload(&caller.actor(), id).await)
    }

    /// Deletes a media item that nothing uses.
    pub(crate) async fn delete_media(
        &self,
        caller: &Caller,
        id: &MediaId,
        despite_revisions: bool,
    ) -> Answer<()> {
        // What came of its bytes may be recorded, and not taken over yet: its files have to be known to be removed.
        self.media_item(id).await?;
        self.done(self.api.store.delete_media(&caller.actor(), id, despite_revisions).await)
    }

    /// Takes over what was recorded of media items that are not ready yet.
    pub(crate) async fn follow_media(&self) -> Answer<usize> {
        const AT_ONCE: usize = 20;
        let in_work = self.done(self.api.store.media_in_work(AT_ONCE).await)?;
        let mut changed = 0;
        for item in in_work {
            let before = (item.state, item.version);
            let now = self.up_to_date(item).await?;
            changed += usize::from((now.state, now.version) != before);
        }
        Ok(changed)
    }

    async fn media_item(&self, id: &MediaId) -> Answer<MediaItem> {
        let item = self.done(self.api.store.media(id).await)?;
        self.up_to_date(item.ok_or_else(|| Failure::not_found("media item"))?).await
    }

    /// A media item with what was recorded of it since.
    async fn up_to_date(&self, item: MediaItem) -> Answer<MediaItem> {
        let awaited = match &item.replacement {
            Some(next) => (next.version, next.state),
            None => (item.version, item.state),
        };
        if matches!(awaited.1, MediaState::Ready | MediaState::Refused) {
            return Ok(self.api.with_media_audience(item));
        }
        let record = match self.api.records.media(item.id.as_str(), awaited.0).await {
            Ok(record) => record.filter(|record| record.state != awaited.1),
            Err(error) => {
                tracing::warn!(%error, "a media item is told as it was last known");
                None
            }
        };
        let Some(record) = record else { return Ok(self.api.with_media_audience(item)) };
        let change = match item.replacement {
            Some(_) => of_same_sort(&item.kind, change(record)),
            None => change(record),
        };
        let processed = self.done(self.api.store.process_media(&item.id, awaited.0, &change).await)?;
        if processed.version != item.version {
            self.remove_uploads(&item.id, Some(processed.version)).await;
        }
        Ok(self.api.with_media_audience(processed))
    }

    async fn first_section(&self) -> Answer<String> {
        let sections = self.done(self.api.store.sections().await)?;
        let first = sections.iter().find(|section: &&Section| section.listed).or_else(|| sections.first());
        let first = first.ok_or_else(|| Failure::conflict("there is no section yet; make one first"))?;
        Ok(first.path.clone())
    }
}

/// What a media type is of: a picture, sound, film, or a document.
fn sort(kind: &str) -> &str {
    kind.split('/').next().unwrap_or_default()
}

fn other_sort(kind: &str) -> String {
    format!(
        "is of another sort than {kind}, whose place it is to take: texts show the one where the other stood"
    )
}

/// Refuses a file whose bytes turned out to be of another sort than the one whose place it was to take.
fn of_same_sort(kind: &str, change: MediaChange) -> MediaChange {
    match change.kind.as_deref() {
        Some(found) if change.state == MediaState::Ready && sort(found) != sort(kind) => MediaChange {
            state: MediaState::Refused,
            problem: Some(refusal(format!("{found} {}", other_sort(kind)))),
            ..change
        },
        _ => change,
    }
}

fn refusal(detail: String) -> Problem {
    let (status, title) = told(ProblemType::Invalid);
    Problem {
        kind: ProblemType::Invalid,
        title: title.to_owned(),
        status: status.as_u16(),
        detail: Some(detail),
        errors: Vec::new(),
        current: None,
        items: Vec::new(),
    }
}

fn change(record: ProcessedMedia) -> MediaChange {
    MediaChange {
        state: record.state,
        problem: record.problem.map(refusal),
        kind: record.kind,
        size: record.size,
        width: record.width,
        height: record.height,
        thumbhash: record.thumbhash,
        renditions: record.renditions,
    }
}
