//! What texts refer to: entries and media items, for where something is used and for pages to be made anew.

use std::collections::BTreeSet;

use content::markdown::{Reference, references};
use content::wire::{EntryId, MediaId, Use, UsedIn};

use super::Store;
use super::error::Result;
use super::unit::{Unit, args};

/// Where a reference is: on a published page, in a working copy, in an older revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    Published,
    Draft,
    Revision,
}

impl Place {
    fn name(self) -> &'static str {
        match self {
            Place::Published => "published",
            Place::Draft => "draft",
            Place::Revision => "revision",
        }
    }
}

/// Kinds and ids of what a text and its cover refer to.
pub(super) fn referred(body: &str, cover: Option<&MediaId>) -> BTreeSet<(&'static str, String)> {
    let mut found = BTreeSet::new();
    // Without these words there is none; reading markdown costs more than looking for them.
    if body.contains("entry:")
        || body.contains("media:")
        || body.contains("ENTRY:")
        || body.contains("MEDIA:")
    {
        found.extend(references(body).into_iter().map(|reference| match reference {
            Reference::Entry(id) => ("entry", id),
            Reference::Media(id) => ("media", id),
        }));
    }
    found.extend(cover.map(|cover| ("media", cover.0.clone())));
    found
}

impl Store {
    /// Where a media item is used: on published pages first, then in working copies, then in older revisions only.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn media_used_in(&self, id: &MediaId) -> Result<Vec<UsedIn>> {
        self.read().await?.used_in("media", id.as_str()).await
    }

    /// Where an entry is linked to, in the same order.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn entry_used_in(&self, id: &EntryId) -> Result<Vec<UsedIn>> {
        self.read().await?.used_in("entry", id.as_str()).await
    }
}

impl Unit {
    /// Where something is used, an entry once by what counts most.
    pub(super) async fn used_in(&mut self, kind: &str, target: &str) -> Result<Vec<UsedIn>> {
        let sql = "SELECT f.entry_id, e.title, f.place FROM entry_references f JOIN entries e ON e.id = f.entry_id \
             WHERE f.kind = $1 AND f.target = $2 \
             ORDER BY CASE f.place WHEN 'published' THEN 0 WHEN 'draft' THEN 1 ELSE 2 END, f.entry_id LIMIT 1000";
        let mut used: Vec<UsedIn> = Vec::new();
        let mut seen = BTreeSet::new();
        for row in self.all(sql, args![kind, target]).await? {
            let entry = EntryId(row.text(0)?);
            if seen.insert(entry.clone()) {
                used.push(UsedIn { entry, title: row.text(1)?, place: row.word::<Use>(2)? });
            }
        }
        Ok(used)
    }

    /// Says what an entry refers to in a place.
    pub(super) async fn refer(
        &mut self,
        entry: &EntryId,
        place: Place,
        found: &BTreeSet<(&'static str, String)>,
    ) -> Result<()> {
        let sql = "DELETE FROM entry_references WHERE entry_id = $1 AND place = $2";
        self.run_later(sql, args![entry, place.name()]).await?;
        let sql = "INSERT INTO entry_references (entry_id, place, kind, target) VALUES ($1, $2, $3, $4)";
        for (kind, target) in found {
            self.run_later(sql, args![entry, place.name(), *kind, target]).await?;
        }
        Ok(())
    }

    /// Keeps what the working copy refers to as an older revision's, before a new one takes its place.
    pub(super) async fn keep_references(&mut self, entry: &EntryId) -> Result<()> {
        let sql = "INSERT INTO entry_references (entry_id, place, kind, target) \
             SELECT entry_id, $2, kind, target FROM entry_references WHERE entry_id = $1 AND place = $3 \
             ON CONFLICT (entry_id, place, kind, target) DO NOTHING";
        self.run_later(sql, args![entry, Place::Revision.name(), Place::Draft.name()]).await?;
        Ok(())
    }
}
