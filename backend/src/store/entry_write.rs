//! Entries as they are written: the row, and everything that follows from it.

use content::path::{SectionPath, Slug};
use content::wire::{EntryId, EntryState, RevisionKind};

use super::entry_row::EntryRow;
use super::error::{Missing, Result, StoreError};
use super::references::{Place, referred};
use super::unit::{Arg, Unit, args, json, word};
use crate::domain::words;

/// By what titles are in order, in characters.
const TITLE_KEY: usize = 120;

/// By what a title is in order: its words without case and marks.
fn title_key(title: &str) -> String {
    let key = words::words(title).collect::<Vec<_>>().join(" ");
    key.chars().take(TITLE_KEY).collect()
}

/// The address of a slug in a section.
pub(super) fn address(section: &str, slug: &str) -> Result<String> {
    let section = SectionPath::parse(section).map_err(|_| StoreError::NotFound(Missing::SectionPath))?;
    match Slug::parse(slug, &section) {
        Ok(slug) => Ok(section.entry(&slug)),
        Err(problem) => Err(StoreError::Slug { slug: slug.to_owned(), problem: problem.to_string() }),
    }
}

impl Unit {
    /// Refuses the path of a section that is not there.
    pub(super) async fn expect_section(&mut self, path: &str) -> Result<()> {
        match self.one("SELECT 1 FROM sections WHERE path = $1", args![path]).await? {
            Some(_) => Ok(()),
            None => Err(StoreError::NotFound(Missing::SectionPath)),
        }
    }

    /// Whether an address is taken by another entry, or is that of another section's front page.
    pub(super) async fn taken(
        &mut self,
        path: &str,
        section: &str,
        id: &EntryId,
    ) -> Result<Option<StoreError>> {
        let sql = "SELECT id FROM entries WHERE path = $1 AND id <> $2 AND state <> 'trashed' \
             UNION ALL SELECT '' FROM sections WHERE path = $1 AND path <> $3 LIMIT 1";
        let row = self.one(sql, args![path, id, section]).await?;
        let Some(row) = row else { return Ok(None) };
        let by = Some(row.text(0)?).filter(|id| !id.is_empty()).map(EntryId);
        Ok(Some(StoreError::PathTaken { path: path.to_owned(), by }))
    }

    /// The first of a slug's numbers that is free.
    pub(super) async fn free_slug(
        &mut self,
        section: &str,
        slug: &str,
        id: &EntryId,
    ) -> Result<(String, String)> {
        let base = slug.chars().take(190).collect::<String>();
        for number in 1..=50 {
            let slug = if number == 1 { slug.to_owned() } else { format!("{base}-{number}") };
            // The front page of a section has no name to number.
            let slug = if number > 1 && base.is_empty() { format!("front{slug}") } else { slug };
            let path = address(section, &slug)?;
            if self.taken(&path, section, id).await?.is_none() {
                return Ok((slug, path));
            }
        }
        let slug = format!("{}-{}", base.chars().take(150).collect::<String>(), id.as_str());
        let path = address(section, &slug)?;
        Ok((slug, path))
    }

    /// Writes a new entry with its first revision.
    pub(super) async fn insert_entry(&mut self, row: &EntryRow, source: Option<&str>) -> Result<()> {
        let summary = &row.entry.summary;
        let mut values = columns(row)?;
        let count = values.len();
        values.extend(args![
            &summary.id,
            &summary.author.id,
            &summary.created_at,
            source.map(ToOwned::to_owned),
            row.publish_date.as_ref(),
            &row.entry.body
        ]);
        let names = format!("{}, id, author, created_at, source, publish_date, body", COLUMNS.join(", "));
        let places: Vec<String> = (1..=count + 6).map(|number| format!("${number}")).collect();
        let sql = format!("INSERT INTO entries ({names}) VALUES ({})", places.join(", "));
        self.run(&sql, values).await.map_err(|error| taken_meanwhile(error, &summary.path))?;
        self.count_entry(&summary.section, summary.state, 1).await?;
        for tag in &summary.tags {
            self.tag_entry(&summary.id, tag).await?;
            self.count_tag(tag, 1).await?;
        }
        self.index_entry(row).await?;
        self.refer(&summary.id, Place::Draft, &referred(&row.entry.body, summary.cover.as_ref())).await?;
        self.add_revision(row, &summary.author.id.0, RevisionKind::Save).await
    }

    /// Writes an entry, and what follows from how it differs from what it was.
    pub(super) async fn update_entry(&mut self, before: &EntryRow, after: &EntryRow) -> Result<()> {
        let (old, new) = (&before.entry.summary, &after.entry.summary);
        let mut values = vec![Arg::from(&new.id)];
        // Only what differs: each column that is set has its indexes written anew, whatever it was.
        let mut sets = Vec::new();
        let mut set = |name: &str, value: Arg| {
            values.push(value);
            sets.push(format!("{name} = ${}", values.len()));
        };
        for (name, (was, is)) in COLUMNS.iter().zip(columns(before)?.into_iter().zip(columns(after)?)) {
            if was != is {
                set(name, is);
            }
        }
        if before.entry.body != after.entry.body {
            set("body", Arg::from(&after.entry.body));
        }
        if sets.is_empty() {
            return Ok(());
        }
        let sql = format!("UPDATE entries SET {} WHERE id = $1", sets.join(", "));
        self.run_later(&sql, values).await.map_err(|error| taken_meanwhile(error, &new.path))?;

        if (&old.section, old.state) != (&new.section, new.state) {
            let mut counts = [(&old.section, word(&old.state)?, -1), (&new.section, word(&new.state)?, 1)];
            // Everybody goes through counters in the same order, so that no two wait for each other.
            counts.sort();
            for (section, state, by) in counts {
                self.add_entries(section, &state, by).await?;
            }
        }
        self.update_tags(before, after).await?;
        let texts = |row: &EntryRow| {
            let summary = &row.entry.summary;
            (summary.title.clone(), summary.summary.clone(), summary.tags.clone())
        };
        let body_differs = before.entry.body != after.entry.body;
        if body_differs || texts(before) != texts(after) {
            self.index_entry(after).await?;
        }
        if body_differs || old.cover != new.cover {
            let (was, is) = (
                referred(&before.entry.body, old.cover.as_ref()),
                referred(&after.entry.body, new.cover.as_ref()),
            );
            if was != is {
                self.refer(&new.id, Place::Draft, &is).await?;
            }
        }
        Ok(())
    }

    async fn update_tags(&mut self, before: &EntryRow, after: &EntryRow) -> Result<()> {
        let (old, new) = (&before.entry.summary, &after.entry.summary);
        let (was_counted, is_counted) = (!before.is_trashed(), !after.is_trashed());
        if old.tags == new.tags && was_counted == is_counted {
            return Ok(());
        }
        let mut tags: Vec<&String> = old.tags.iter().chain(&new.tags).collect();
        tags.sort();
        tags.dedup();
        for tag in tags {
            let (had, has) = (old.tags.contains(tag), new.tags.contains(tag));
            match (had, has) {
                (false, true) => self.tag_entry(&new.id, tag).await?,
                (true, false) => {
                    let sql = "DELETE FROM entry_tags WHERE entry_id = $1 AND tag = $2";
                    self.run_later(sql, args![&new.id, tag]).await?;
                }
                _ => {}
            }
            match (had && was_counted, has && is_counted) {
                (false, true) => self.count_tag(tag, 1).await?,
                (true, false) => self.count_tag(tag, -1).await?,
                _ => {}
            }
        }
        Ok(())
    }

    async fn tag_entry(&mut self, id: &EntryId, tag: &str) -> Result<()> {
        self.run_later("INSERT INTO entry_tags (entry_id, tag) VALUES ($1, $2)", args![id, tag]).await?;
        Ok(())
    }

    pub(super) async fn count_tag(&mut self, tag: &str, by: i64) -> Result<()> {
        let sql = "INSERT INTO tags (tag, entries) VALUES ($1, $2) \
             ON CONFLICT (tag) DO UPDATE SET entries = tags.entries + excluded.entries";
        self.run_later(sql, args![tag, by]).await?;
        Ok(())
    }

    pub(super) async fn count_entry(&mut self, section: &str, state: EntryState, by: i64) -> Result<()> {
        self.add_entries(section, &word(&state)?, by).await
    }

    async fn add_entries(&mut self, section: &str, state: &str, by: i64) -> Result<()> {
        let sql = "INSERT INTO entry_counts (section, state, entries) VALUES ($1, $2, $3) \
             ON CONFLICT (section, state) DO UPDATE SET entries = entry_counts.entries + excluded.entries";
        self.run_later(sql, args![section, state, by]).await?;
        Ok(())
    }

    async fn index_entry(&mut self, row: &EntryRow) -> Result<()> {
        let summary = &row.entry.summary;
        let tags = summary.tags.join(" ");
        let title = words::indexed(&[&summary.title]).join(" ");
        let all = words::indexed(&[&summary.title, &summary.summary, &tags, &row.entry.body]).join(" ");
        self.index(super::search::ENTRIES, summary.id.as_str(), title, all).await
    }
}

/// The columns that saving may change, but for the body.
const COLUMNS: [&str; 27] = [
    "section",
    "slug",
    "path",
    "title",
    "title_key",
    "summary",
    "tags",
    "cover",
    "language",
    "search_title",
    "search_description",
    "no_index",
    "position",
    "review",
    "state",
    "version",
    "updated_at",
    "published_key",
    "published_revision",
    "publish_at",
    "unpublish_at",
    "scheduled_by",
    "fingerprint",
    "published_fingerprint",
    "revision",
    "revision_open_for",
    "latest_release",
];

fn columns(row: &EntryRow) -> Result<Vec<Arg>> {
    let summary = &row.entry.summary;
    Ok(args![
        &summary.section,
        &summary.slug,
        &summary.path,
        &summary.title,
        title_key(&summary.title),
        &summary.summary,
        json(&summary.tags)?,
        summary.cover.as_ref(),
        &summary.language,
        &summary.search_title,
        &summary.search_description,
        summary.no_index,
        summary.order,
        summary.review,
        word(&summary.state)?,
        summary.version,
        &summary.updated_at,
        summary.published_at.as_ref().map_or("", |at| at.as_str()),
        summary.published_revision,
        summary.publish_at.as_ref(),
        summary.unpublish_at.as_ref(),
        row.scheduled_by.clone(),
        &row.fingerprint,
        row.published_fingerprint.clone(),
        row.revision,
        row.revision_open_for.clone(),
        summary.release.as_ref().map(|release| &release.id),
    ]
    .into())
}

/// PostgreSQL lets two writers look for the same free address at once; the index then refuses the later one.
fn taken_meanwhile(error: StoreError, path: &str) -> StoreError {
    match error {
        StoreError::Conflict(_) => StoreError::PathTaken { path: path.to_owned(), by: None },
        error => error,
    }
}
