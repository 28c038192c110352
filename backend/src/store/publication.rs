//! Publishing and taking off: one transaction freezes the revision, writes what the site shows, and queues a release.

use content::wire::{
    EntryId, Release, ReleaseAction, ReleaseId, ReleaseState, ReleaseStep, RevisionKind, Timestamp,
};

use super::Store;
use super::activity::Deed;
use super::actor::Actor;
use super::entry_row::EntryRow;
use super::error::{Result, StoreError};
use super::expected::Expected;
use super::references::{Place, referred};
use super::unit::{Unit, args, json, word};
use crate::domain::words;
use crate::publishing::Standing;

impl Store {
    /// Puts the working copy on the site: freezes its revision and queues a release.
    ///
    /// # Errors
    /// When the entry is not there, at another version or in the trash, or another published entry has its address.
    pub async fn publish_entry(&self, by: &Actor, id: &EntryId, expected: &Expected) -> Result<Release> {
        let mut unit = self.write_as(by).await?;
        let before = unit.entry_for_change(id, expected).await?;
        if before.is_trashed() {
            return Err(StoreError::Conflict(
                "the entry is in the trash; it has to be restored first".to_owned(),
            ));
        }
        let release = self.publish(&mut unit, by, &before).await?;
        unit.commit().await?;
        Ok(release)
    }

    /// Takes an entry off the site.
    ///
    /// # Errors
    /// When the entry is not there, at another version, or not published.
    pub async fn unpublish_entry(&self, by: &Actor, id: &EntryId, expected: &Expected) -> Result<Release> {
        let mut unit = self.write_as(by).await?;
        let before = unit.entry_for_change(id, expected).await?;
        if before.entry.summary.published_revision.is_none() {
            return Err(StoreError::Conflict("the entry is not published".to_owned()));
        }
        let mut after = before.clone();
        let release = self.take_off(&mut unit, &mut after).await?;
        after.entry.summary.unpublish_at = None;
        after.entry.summary.version += 1;
        after.entry.summary.state = after.state(false);
        unit.update_entry(&before, &after).await?;
        let summary = &after.entry.summary;
        let deed = Deed {
            action: "entry.unpublish",
            entry: Some(&summary.id),
            subject: &summary.title,
            detail: &summary.path,
        };
        self.log(&mut unit, by, deed).await?;
        unit.commit().await?;
        Ok(release)
    }

    async fn publish(&self, unit: &mut Unit, by: &Actor, before: &EntryRow) -> Result<Release> {
        let now = self.now();
        let mut after = before.clone();
        let summary = &mut after.entry.summary;
        let sql = "SELECT entry_id FROM published WHERE path = $1 AND entry_id <> $2";
        if let Some(row) = unit.one(sql, args![&summary.path, &summary.id]).await? {
            return Err(StoreError::PathTaken {
                path: summary.path.clone(),
                by: Some(EntryId(row.text(0)?)),
            });
        }
        let stood = unit.standing(&summary.id).await?;
        let release = self
            .queue(unit, Some(&summary.id), Some(before.revision), ReleaseAction::Publish, &stood)
            .await?;
        if before.revision_open_for.is_some() {
            after.revision_open_for = None;
            unit.settle_revision(&after, RevisionKind::Publish).await?;
        }
        let summary = &mut after.entry.summary;
        let first = summary.published_at.take().or_else(|| after.publish_date.clone());
        summary.published_at = Some(first.unwrap_or_else(|| now.clone()));
        summary.published_revision = Some(before.revision);
        summary.publish_at = None;
        summary.version += 1;
        summary.release = Some(release.clone());
        after.published_fingerprint = Some(after.fingerprint.clone());
        after.entry.summary.state = after.state(false);
        unit.update_entry(before, &after).await?;
        unit.put_published(&after, release.id.as_str(), &now).await?;
        let summary = &after.entry.summary;
        if let Some(stood) = stood.filter(|stood| stood.path != summary.path) {
            unit.redirect_to_entry(&stood.path, &summary.id, &now).await?;
        }
        let deed = Deed {
            action: "entry.publish",
            entry: Some(&summary.id),
            subject: &summary.title,
            detail: &summary.path,
        };
        self.log(unit, by, deed).await?;
        Ok(release)
    }

    /// Takes an entry off the site, where it is on it, and queues the release; the row is for the caller to write.
    pub(super) async fn take_off(&self, unit: &mut Unit, row: &mut EntryRow) -> Result<Release> {
        let id = row.id().clone();
        let stood = unit.standing(&id).await?;
        let release = self.queue(unit, Some(&id), None, ReleaseAction::Unpublish, &stood).await?;
        unit.remove_published(&id).await?;
        row.entry.summary.published_revision = None;
        row.entry.summary.release = Some(release.clone());
        row.published_fingerprint = None;
        Ok(release)
    }

    /// Queues a release.
    pub(super) async fn queue(
        &self,
        unit: &mut Unit,
        entry: Option<&EntryId>,
        revision: Option<i64>,
        action: ReleaseAction,
        stood: &Option<Standing>,
    ) -> Result<Release> {
        let steps = vec![ReleaseStep { name: ReleaseState::Queued, at: self.now() }];
        let release = Release {
            id: ReleaseId(self.new_id()),
            entry: entry.cloned(),
            revision,
            action,
            state: ReleaseState::Queued,
            paths: Vec::new(),
            steps,
            problem: None,
        };
        let sql = "INSERT INTO releases (id, entry_id, revision, action, state, steps, standing_before) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let values = args![
            &release.id,
            release.entry.as_ref(),
            revision,
            word(&action)?,
            word(&release.state)?,
            json(&release.steps)?,
            stood.as_ref().map(json).transpose()?
        ];
        unit.run(sql, values).await?;
        Ok(release)
    }
}

impl Unit {
    /// Where an entry stands on the site.
    pub(super) async fn standing(&mut self, id: &EntryId) -> Result<Option<Standing>> {
        let sql = "SELECT section, path, title, tags, position, published_at, no_index FROM published WHERE entry_id = $1";
        let Some(row) = self.one(sql, args![id]).await? else { return Ok(None) };
        Ok(Some(Standing {
            id: id.clone(),
            section: row.text(0)?,
            path: row.text(1)?,
            title: row.text(2)?,
            tags: row.json(3)?,
            order: row.int(4)?,
            published_at: Timestamp(row.text(5)?),
            no_index: row.flag(6)?,
        }))
    }

    /// Writes what the site shows of an entry.
    async fn put_published(&mut self, row: &EntryRow, release: &str, now: &Timestamp) -> Result<()> {
        let summary = &row.entry.summary;
        self.remove_published(&summary.id).await?;
        let plain = content::markdown::render(&row.entry.body, &content::markdown::Nothing).text;
        let front = summary.path == summary.section;
        let published_at = summary.published_at.as_ref().unwrap_or(now);
        let sql = "INSERT INTO published (entry_id, revision, release_id, section, path, front, title, summary, tags, \
             cover, author, language, search_title, search_description, no_index, position, published_at, updated_at, \
             plain, body) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";
        let values = args![
            &summary.id,
            row.revision,
            release,
            &summary.section,
            &summary.path,
            front,
            &summary.title,
            &summary.summary,
            json(&summary.tags)?,
            summary.cover.as_ref(),
            &summary.author.id,
            &summary.language,
            &summary.search_title,
            &summary.search_description,
            summary.no_index,
            summary.order,
            published_at,
            now,
            plain.replace('\0', ""),
            &row.entry.body
        ];
        self.run(sql, values).await.map_err(|error| match error {
            StoreError::Conflict(_) => StoreError::PathTaken { path: summary.path.clone(), by: None },
            error => error,
        })?;
        if !front {
            let mut tags: Vec<&String> = summary.tags.iter().collect();
            tags.sort();
            for tag in tags {
                let sql = "INSERT INTO published_tags (section, tag, published_at, entry_id) VALUES ($1, $2, $3, $4)";
                self.run(sql, args![&summary.section, tag, published_at, &summary.id]).await?;
                self.count_published(&summary.section, tag, 1).await?;
            }
        }
        // A living address is nobody's former one.
        self.run("DELETE FROM redirects WHERE from_path = $1", args![&summary.path]).await?;
        let found = referred(&row.entry.body, summary.cover.as_ref());
        self.refer(&summary.id, Place::Published, &found).await?;
        let tags = summary.tags.join(" ");
        let title = words::indexed(&[&summary.title]).join(" ");
        let all = words::indexed(&[&summary.title, &summary.summary, &tags, &plain]).join(" ");
        self.index(super::search::PUBLISHED, summary.id.as_str(), title, all).await
    }

    /// Forgets what the site shows of an entry.
    async fn remove_published(&mut self, id: &EntryId) -> Result<()> {
        let sql = "DELETE FROM published_tags WHERE entry_id = $1 RETURNING section, tag";
        let mut tags = Vec::new();
        for row in self.all(sql, args![id]).await? {
            tags.push((row.text(0)?, row.text(1)?));
        }
        tags.sort();
        for (section, tag) in tags {
            self.count_published(&section, &tag, -1).await?;
        }
        self.refer(id, Place::Published, &std::collections::BTreeSet::new()).await?;
        self.unindex(super::search::PUBLISHED, id.as_str()).await?;
        self.run("DELETE FROM published WHERE entry_id = $1", args![id]).await?;
        Ok(())
    }

    async fn count_published(&mut self, section: &str, tag: &str, by: i64) -> Result<()> {
        let sql = "INSERT INTO published_counts (section, tag, entries) VALUES ($1, $2, $3) \
             ON CONFLICT (section, tag) DO UPDATE SET entries = published_counts.entries + excluded.entries";
        self.run(sql, args![section, tag, by]).await?;
        Ok(())
    }
}
