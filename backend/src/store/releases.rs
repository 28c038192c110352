//! Releases: how far publications are.

use content::wire::{EntryId, Release, ReleaseAction, ReleaseId, ReleaseState};

use super::Store;
use super::activity::Deed;
use super::actor::Actor;
use super::error::{Missing, Result, StoreError};
use super::unit::{Unit, args, word};

impl Store {
    /// A release.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn release(&self, id: &ReleaseId) -> Result<Option<Release>> {
        self.read().await?.release(id, "").await
    }

    /// Queues a release again that has failed.
    ///
    /// # Errors
    /// When there is no such release, or it has not failed.
    pub async fn retry_release(&self, by: &Actor, id: &ReleaseId) -> Result<Release> {
        let mut unit = self.write_as(by).await?;
        let lock = unit.lock();
        let release = unit.release(id, lock).await?.ok_or(StoreError::NotFound(Missing::Release))?;
        if release.state != ReleaseState::Failed {
            return Err(StoreError::Conflict("the release has not failed".to_owned()));
        }
        let sql = "UPDATE releases SET problem = NULL, failed_batch = COALESCE(batch, failed_batch), batch = NULL \
             WHERE id = $1";
        unit.run(sql, args![id]).await?;
        let ids = [id.0.clone()];
        unit.step("id IN", &ids, &[ReleaseState::Failed], ReleaseState::Queued, self.now().as_str()).await?;
        let deed =
            Deed { action: "release.retry", entry: release.entry.as_ref(), subject: id.as_str(), detail: "" };
        self.log(&mut unit, by, deed).await?;
        let release = unit.release(id, "").await?.ok_or(StoreError::NotFound(Missing::Release))?;
        unit.commit().await?;
        Ok(release)
    }

    /// Queues a release of the whole site, for what changes every page, unless one is queued already.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn release_site(&self) -> Result<ReleaseId> {
        let mut unit = self.write().await?;
        let id = self.queue_site(&mut unit).await?;
        unit.commit().await?;
        Ok(id)
    }

    pub(super) async fn queue_site(&self, unit: &mut Unit) -> Result<ReleaseId> {
        let sql = "SELECT id FROM releases WHERE state = 'queued' AND entry_id IS NULL AND action = 'publish' LIMIT 1";
        if let Some(row) = unit.one(sql, []).await? {
            return Ok(ReleaseId(row.text(0)?));
        }
        Ok(self.queue(unit, None, None, ReleaseAction::Publish, &None).await?.id)
    }
}

impl Unit {
    async fn release(&mut self, id: &ReleaseId, lock: &str) -> Result<Option<Release>> {
        let sql = format!(
            "SELECT e.entry_id, e.revision, e.action, e.state, e.steps, e.problem, b.paths \
             FROM releases e LEFT JOIN batches b ON b.id = e.batch WHERE e.id = $1{lock}"
        );
        let Some(row) = self.one(&sql, args![id]).await? else { return Ok(None) };
        Ok(Some(Release {
            id: id.clone(),
            entry: row.maybe_text(0)?.map(EntryId),
            revision: row.maybe_int(1)?,
            action: row.word(2)?,
            state: row.word(3)?,
            paths: row.maybe_json(6)?.unwrap_or_default(),
            steps: row.json(4)?,
            problem: row.maybe_json(5)?,
        }))
    }

    /// Says of releases that were in one of some states that they have reached another. `which` is a column and `IN`.
    pub(super) async fn step(
        &mut self,
        which: &str,
        values: &[String],
        from: &[ReleaseState],
        to: ReleaseState,
        at: &str,
    ) -> Result<()> {
        if values.is_empty() {
            return Ok(());
        }
        let state = word(&to)?;
        // The list of steps is JSON that is never empty: another one goes before its end.
        let step = format!(",{{\"name\":\"{state}\",\"at\":\"{at}\"}}]");
        let (names, ids) = super::unit::placeholders(3, values);
        let from = from.iter().map(|state| Ok(format!("'{}'", word(state)?))).collect::<Result<Vec<_>>>()?;
        let sql = format!(
            "UPDATE releases SET state = $1, steps = substr(steps, 1, length(steps) - 1) || $2 \
             WHERE {which} ({names}) AND state IN ({})",
            from.join(", ")
        );
        let mut all: Vec<_> = args![state, step].into();
        all.extend(ids);
        self.run(&sql, all).await?;
        Ok(())
    }
}
