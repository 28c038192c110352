//! Who has an entry open.

use content::wire::{EntryId, PersonId, Presence, Present, Timestamp};
use time::Duration;

use super::Store;
use super::actor::Actor;
use super::error::{Missing, Result, StoreError};
use super::unit::args;
use crate::ambient::timestamp;

/// How long somebody is taken to be there since they were last seen.
const SEEN: Duration = Duration::seconds(10);

impl Store {
    /// Says that a person has the entry open, and who else had it within the last ten seconds.
    ///
    /// # Errors
    /// When there is no such entry.
    pub async fn present(&self, by: &Actor, id: &EntryId) -> Result<Presence> {
        let (now, then) = (self.now(), timestamp(self.0.ambient.now() - SEEN));
        let mut unit = self.write_as(by).await?;
        if unit.one("SELECT 1 FROM entries WHERE id = $1", args![id]).await?.is_none() {
            return Err(StoreError::NotFound(Missing::Entry));
        }
        let sql = "INSERT INTO presence (entry_id, person, since, seen_at) VALUES ($1, $2, $3, $3) \
             ON CONFLICT (entry_id, person) DO UPDATE SET seen_at = excluded.seen_at, \
             since = CASE WHEN presence.seen_at > $4 THEN presence.since ELSE excluded.since END";
        unit.run(sql, args![id, &by.id, &now, &then]).await?;
        unit.run("DELETE FROM presence WHERE entry_id = $1 AND seen_at <= $2", args![id, &then]).await?;
        let sql = "SELECT q.person, p.name, q.since FROM presence q JOIN people p ON p.id = q.person \
             WHERE q.entry_id = $1 AND q.person <> $2 ORDER BY q.since, q.person";
        let mut here = Vec::new();
        for row in unit.all(sql, args![id, &by.id]).await? {
            here.push(Present {
                id: PersonId(row.text(0)?),
                name: row.text(1)?,
                since: Timestamp(row.text(2)?),
            });
        }
        unit.commit().await?;
        Ok(Presence { here })
    }
}
