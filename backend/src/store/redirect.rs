//! Redirects: former addresses. One that leads to an entry leads to wherever that is now, so that there are no chains.

use content::wire::{EntryId, List, Timestamp};

use super::Store;
use super::activity::Deed;
use super::actor::Actor;
use super::error::{Missing, Result, StoreError};
use super::unit::{Row, Unit, args};

/// Where a former address leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RedirectTarget {
    /// To an entry, wherever it is.
    Entry(EntryId),
    /// To another address.
    Path(String),
}

/// A redirect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The former address.
    pub from: String,
    /// Where it leads.
    pub to: RedirectTarget,
    /// The address that this is now; none while the entry is not on the site.
    pub path: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
}

const COLUMNS: &str = "d.from_path, d.entry_id, d.to_path, COALESCE(d.to_path, b.path), d.created_at \
     FROM redirects d LEFT JOIN published b ON b.entry_id = d.entry_id";

impl Store {
    /// Redirects in order of their former addresses, after one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn redirects(&self, after: Option<&str>, limit: usize) -> Result<List<Redirect>> {
        let mut unit = self.read().await?;
        let sql = format!("SELECT {COLUMNS} WHERE d.from_path > $1 ORDER BY d.from_path LIMIT $2");
        let values = args![after.unwrap_or_default(), i64::try_from(limit + 1).unwrap_or(i64::MAX)];
        let rows = unit.all(&sql, values).await?;
        let mut items = rows.iter().map(redirect).collect::<Result<Vec<_>>>()?;
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(|last| last.from.clone());
        Ok(List { items, next, total: None })
    }

    /// Makes a redirect in the place of one that is there, and queues a release of the entry that it leads to, or else of
    /// the site.
    ///
    /// # Errors
    /// When a published entry or a section has the former address, the entry is not there, or it leads to itself.
    pub async fn save_redirect(&self, by: &Actor, from: &str, to: &RedirectTarget) -> Result<Redirect> {
        let mut unit = self.write_as(by).await?;
        let sql = "SELECT entry_id FROM published WHERE path = $1 UNION ALL SELECT '' FROM sections WHERE path = $1 LIMIT 1";
        if let Some(row) = unit.one(sql, args![from]).await? {
            let by = Some(row.text(0)?).filter(|id| !id.is_empty()).map(EntryId);
            return Err(StoreError::PathTaken { path: from.to_owned(), by });
        }
        let to = unit.last_target(from, to).await?;
        let (entry, path) = match &to {
            RedirectTarget::Entry(id) => (Some(id.0.clone()), None),
            RedirectTarget::Path(path) => (None, Some(path.clone())),
        };
        let now = self.now();
        let sql = "INSERT INTO redirects (from_path, entry_id, to_path, created_at) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (from_path) DO UPDATE SET entry_id = excluded.entry_id, to_path = excluded.to_path";
        unit.run(sql, args![from, entry.clone(), path.clone(), &now]).await?;
        // What led to the former address leads on with it.
        let sql = "UPDATE redirects SET entry_id = $2, to_path = $3 WHERE to_path = $1";
        unit.run(sql, args![from, entry, path]).await?;
        self.queue_site(&mut unit).await?;
        self.log(&mut unit, by, Deed { action: "redirect.save", entry: None, subject: from, detail: "" })
            .await?;
        let row = unit.one(&format!("SELECT {COLUMNS} WHERE d.from_path = $1"), args![from]).await?;
        let made = row.as_ref().map(redirect).transpose()?.ok_or(StoreError::NotFound(Missing::Redirect))?;
        unit.commit().await?;
        Ok(made)
    }

    /// Deletes a redirect, and queues a release of the site.
    ///
    /// # Errors
    /// When there is no such redirect.
    pub async fn delete_redirect(&self, by: &Actor, from: &str) -> Result<()> {
        let mut unit = self.write_as(by).await?;
        if unit.run("DELETE FROM redirects WHERE from_path = $1", args![from]).await? == 0 {
            return Err(StoreError::NotFound(Missing::Redirect));
        }
        self.queue_site(&mut unit).await?;
        self.log(&mut unit, by, Deed { action: "redirect.delete", entry: None, subject: from, detail: "" })
            .await?;
        unit.commit().await
    }
}

fn redirect(row: &Row) -> Result<Redirect> {
    let to = match (row.maybe_text(1)?, row.maybe_text(2)?) {
        (Some(entry), _) => RedirectTarget::Entry(EntryId(entry)),
        (None, path) => RedirectTarget::Path(path.unwrap_or_default()),
    };
    Ok(Redirect { from: row.text(0)?, to, path: row.maybe_text(3)?, created_at: Timestamp(row.text(4)?) })
}

impl Unit {
    /// Where a target leads in the end, by what is there.
    async fn last_target(&mut self, from: &str, to: &RedirectTarget) -> Result<RedirectTarget> {
        let path = match to {
            RedirectTarget::Entry(id) => {
                let row = self.one("SELECT 1 FROM entries WHERE id = $1", args![id]).await?;
                row.ok_or(StoreError::NotFound(Missing::Entry))?;
                return Ok(to.clone());
            }
            RedirectTarget::Path(path) => path,
        };
        let sql = "SELECT entry_id, to_path FROM redirects WHERE from_path = $1 \
             UNION ALL SELECT entry_id, NULL FROM published WHERE path = $1";
        let found = self.one(sql, args![path]).await?;
        let target = match found {
            None => to.clone(),
            Some(row) => match (row.maybe_text(0)?, row.maybe_text(1)?) {
                (Some(entry), _) => RedirectTarget::Entry(EntryId(entry)),
                (None, path) => RedirectTarget::Path(path.unwrap_or_default()),
            },
        };
        if target == RedirectTarget::Path(from.to_owned()) {
            return Err(StoreError::Conflict("the redirect would lead to itself".to_owned()));
        }
        Ok(target)
    }

    /// Makes a former address of an entry lead to it, unless another entry lives there.
    pub(super) async fn redirect_to_entry(
        &mut self,
        from: &str,
        entry: &EntryId,
        now: &Timestamp,
    ) -> Result<()> {
        if self.one("SELECT 1 FROM published WHERE path = $1", args![from]).await?.is_some() {
            return Ok(());
        }
        let sql = "INSERT INTO redirects (from_path, entry_id, to_path, created_at) VALUES ($1, $2, NULL, $3) \
             ON CONFLICT (from_path) DO UPDATE SET entry_id = excluded.entry_id, to_path = NULL";
        self.run(sql, args![from, entry, now]).await?;
        let sql = "UPDATE redirects SET entry_id = $2, to_path = NULL WHERE to_path = $1";
        self.run(sql, args![from, entry]).await?;
        Ok(())
    }
}
