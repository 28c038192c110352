//! The lease, and releases in batches: queued, placing, announcing, live.

use content::wire::{EntryId, Problem, ReleaseId, ReleaseState, Timestamp};

use super::super::Store;
use super::super::error::Result;
use super::super::unit::{Unit, args, json};
use crate::publishing::{AnnouncedBatch, Batch, QueuedRelease, REMOVED};

/// The one lease there is.
const LEASE: &str = "publishing";

impl Store {
    pub(super) async fn take_lease(&self, owner: &str, now: &Timestamp, until: &Timestamp) -> Result<bool> {
        let mut unit = self.write().await?;
        let sql = "INSERT INTO leases (name, owner, until) VALUES ($1, $2, $3) \
             ON CONFLICT (name) DO UPDATE SET owner = excluded.owner, until = excluded.until \
             WHERE leases.owner = excluded.owner OR leases.until <= $4";
        let taken = unit.run(sql, args![LEASE, owner, until, now]).await? == 1;
        unit.commit().await?;
        Ok(taken)
    }

    pub(super) async fn return_lease(&self, owner: &str) -> Result<()> {
        let mut unit = self.write().await?;
        unit.run("DELETE FROM leases WHERE name = $1 AND owner = $2", args![LEASE, owner]).await?;
        unit.commit().await
    }

    pub(super) async fn take_batch(&self, new: &str, limit: u32, now: &Timestamp) -> Result<Option<Batch>> {
        let mut unit = self.write().await?;
        let sql = "UPDATE batches SET attempt = attempt + 1 WHERE id = (SELECT id FROM batches \
             WHERE state = 'placing' ORDER BY id LIMIT 1) RETURNING id, attempt";
        let (id, attempt) = match unit.one(sql, []).await? {
            Some(row) => (row.text(0)?, row.int(1)?),
            None => {
                let sql = "SELECT id FROM releases WHERE state = 'queued' ORDER BY id LIMIT $1";
                let rows = unit.all(sql, args![i64::from(limit)]).await?;
                let ids = rows.iter().map(|row| row.text(0)).collect::<Result<Vec<_>>>()?;
                if ids.is_empty() {
                    return Ok(None);
                }
                let sql = "INSERT INTO batches (id, attempt, state, since, paths) VALUES ($1, 1, 'placing', $2, '[]')";
                unit.run(sql, args![new, now]).await?;
                for ids in ids.chunks(256) {
                    let (names, values) = super::super::unit::placeholders(2, ids);
                    let sql = format!("UPDATE releases SET batch = $1 WHERE id IN ({names})");
                    unit.run(&sql, args![new].into_iter().chain(values).collect::<Vec<_>>()).await?;
                    unit.step("id IN", ids, &[ReleaseState::Queued], ReleaseState::Placing, now.as_str())
                        .await?;
                }
                (new.to_owned(), 1)
            }
        };
        let releases = unit.releases_of(&id).await?;
        unit.commit().await?;
        Ok(Some(Batch { id, attempt, releases }))
    }

    pub(super) async fn waiting(&self) -> Result<u64> {
        let sql = "SELECT COUNT(*) FROM releases WHERE state IN ('queued', 'placing')";
        self.read().await?.number(sql, []).await
    }

    pub(super) async fn placed(&self, batch: &str, paths: &[String], now: &Timestamp) -> Result<()> {
        let mut unit = self.write().await?;
        let sql = "UPDATE batches SET state = 'announcing', since = $2, paths = $3 WHERE id = $1 AND state = 'placing'";
        unit.run(sql, args![batch, now, json(&paths)?]).await?;
        let batch = [batch.to_owned()];
        unit.step("batch IN", &batch, &[ReleaseState::Placing], ReleaseState::Announcing, now.as_str())
            .await?;
        unit.commit().await
    }

    pub(super) async fn announcing(&self) -> Result<Vec<AnnouncedBatch>> {
        let mut unit = self.read().await?;
        let sql = "SELECT id, attempt, since FROM batches WHERE state = 'announcing' ORDER BY id";
        let mut batches = Vec::new();
        for row in unit.all(sql, []).await? {
            let id = row.text(0)?;
            let sql = "SELECT id FROM releases WHERE batch = $1 AND state = 'announcing' ORDER BY id";
            let rows = unit.all(sql, args![&id]).await?;
            let releases = rows.iter().map(|row| Ok(ReleaseId(row.text(0)?))).collect::<Result<Vec<_>>>()?;
            batches.push(AnnouncedBatch {
                id,
                attempt: row.int(1)?,
                since: Timestamp(row.text(2)?),
                releases,
            });
        }
        unit.commit().await?;
        Ok(batches)
    }

    pub(super) async fn announce_again(&self, batch: &str, now: &Timestamp) -> Result<i64> {
        let mut unit = self.write().await?;
        let sql = "UPDATE batches SET attempt = attempt + 1, since = $2 WHERE id = $1 RETURNING attempt";
        let attempt = unit.number(sql, args![batch, now]).await?;
        unit.commit().await?;
        Ok(i64::try_from(attempt).unwrap_or_default())
    }

    pub(super) async fn live(&self, batch: &str, now: &Timestamp) -> Result<()> {
        let mut unit = self.write().await?;
        let batches = [batch.to_owned()];
        unit.step("batch IN", &batches, &[ReleaseState::Announcing], ReleaseState::Live, now.as_str())
            .await?;
        // What failed or waits still, and is older than a release of the same thing, ends with it.
        let sql = "SELECT o.id FROM releases n JOIN releases o ON o.state IN ('failed', 'announcing') \
             AND o.id < n.id AND o.entry_id = n.entry_id WHERE n.batch = $1 AND n.state = 'live' \
             UNION SELECT o.id FROM releases n JOIN releases o ON o.state IN ('failed', 'announcing') AND o.id < n.id \
             AND o.entry_id IS NULL AND o.action = n.action \
             WHERE n.batch = $1 AND n.state = 'live' AND n.entry_id IS NULL";
        let rows = unit.all(sql, args![batch]).await?;
        let overtaken = rows.iter().map(|row| row.text(0)).collect::<Result<Vec<_>>>()?;
        for ids in overtaken.chunks(256) {
            let from = [ReleaseState::Failed, ReleaseState::Announcing];
            unit.step("id IN", ids, &from, ReleaseState::Live, now.as_str()).await?;
            let (names, values) = super::super::unit::placeholders(1, ids);
            unit.run(&format!("UPDATE releases SET problem = NULL WHERE id IN ({names})"), values).await?;
        }
        let sql = "DELETE FROM objects WHERE batch = $1 AND fingerprint = $2";
        unit.run(sql, args![batch, REMOVED]).await?;
        unit.run("UPDATE batches SET state = 'done' WHERE id = $1", args![batch]).await?;
        unit.commit().await
    }

    pub(super) async fn failed(
        &self,
        releases: &[ReleaseId],
        problem: &Problem,
        now: &Timestamp,
    ) -> Result<()> {
        let mut unit = self.write().await?;
        let ids: Vec<String> = releases.iter().map(|release| release.0.clone()).collect();
        let problem = json(problem)?;
        // One that was tried again meanwhile is queued, and has not failed.
        let under_way = [ReleaseState::Placing, ReleaseState::Announcing];
        for ids in ids.chunks(256) {
            let (names, values) = super::super::unit::placeholders(2, ids);
            let sql = format!(
                "UPDATE releases SET problem = $1 WHERE id IN ({names}) AND state IN ('placing', 'announcing')"
            );
            unit.run(&sql, args![&problem].into_iter().chain(values).collect::<Vec<_>>()).await?;
            unit.step("id IN", ids, &under_way, ReleaseState::Failed, now.as_str()).await?;
        }
        let sql = "UPDATE batches SET state = 'done' WHERE state <> 'done' AND NOT EXISTS ( \
             SELECT 1 FROM releases r WHERE r.batch = batches.id AND r.state IN ('placing', 'announcing'))";
        unit.run(sql, []).await?;
        unit.commit().await
    }
}

impl Unit {
    async fn releases_of(&mut self, batch: &str) -> Result<Vec<QueuedRelease>> {
        let sql = "SELECT id, entry_id, standing_before, failed_batch, action FROM releases \
             WHERE batch = $1 AND state = 'placing' ORDER BY id";
        let mut releases = Vec::new();
        for row in self.all(sql, args![batch]).await? {
            releases.push(QueuedRelease {
                id: ReleaseId(row.text(0)?),
                entry: row.maybe_text(1)?.map(EntryId),
                before: row.maybe_json(2)?,
                failed_batch: row.maybe_text(3)?,
                action: row.word(4)?,
            });
        }
        Ok(releases)
    }
}
