//! Entries whose times have come.

use content::wire::{EntryId, PersonId, Timestamp};

use super::Store;
use super::actor::Actor;
use super::error::Result;
use super::unit::args;

/// An entry whose time has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The entry.
    pub entry: EntryId,
    /// Its version.
    pub version: i64,
    /// When it was to be published, where that time has come.
    pub publish_at: Option<Timestamp>,
    /// When it was to be taken off the site, where that time has come.
    pub unpublish_at: Option<Timestamp>,
    /// Who said so.
    pub by: Actor,
}

impl Store {
    /// Entries whose times have come, the most overdue first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn due(&self, limit: usize) -> Result<Vec<Due>> {
        let mut unit = self.read().await?;
        let sql = "SELECT e.id, e.version, e.publish_at, e.unpublish_at, p.id, p.username FROM ( \
               SELECT id, publish_at AS at FROM entries WHERE publish_at IS NOT NULL AND publish_at <= $1 \
               UNION ALL \
               SELECT id, unpublish_at AS at FROM entries WHERE unpublish_at IS NOT NULL AND unpublish_at <= $1 \
             ) d JOIN entries e ON e.id = d.id JOIN people p ON p.id = COALESCE(e.scheduled_by, e.author) \
             ORDER BY d.at, e.id LIMIT $2";
        let now = self.now();
        let mut due: Vec<Due> = Vec::new();
        for row in unit.all(sql, args![&now, i64::try_from(limit).unwrap_or(i64::MAX)]).await? {
            let come = |time: Option<String>| time.map(Timestamp).filter(|at| *at <= now);
            let entry = Due {
                entry: EntryId(row.text(0)?),
                version: row.int(1)?,
                publish_at: come(row.maybe_text(2)?),
                unpublish_at: come(row.maybe_text(3)?),
                by: Actor { id: PersonId(row.text(4)?), username: row.text(5)? },
            };
            if !due.contains(&entry) {
                due.push(entry);
            }
        }
        Ok(due)
    }
}
