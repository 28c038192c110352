//! What stands in the bucket: a row for each object.

use super::super::Store;
use super::super::error::Result;
use super::super::unit::{args, placeholders};
use crate::publishing::LedgerRow;

/// Keys that one statement asks for.
const AT_ONCE: usize = 256;

impl Store {
    pub(super) async fn ledger(&self, keys: &[String]) -> Result<Vec<LedgerRow>> {
        let mut unit = self.read().await?;
        let mut rows = Vec::new();
        for keys in keys.chunks(AT_ONCE) {
            let (names, values) = placeholders(1, keys);
            let sql = format!("SELECT key, fingerprint FROM objects WHERE key IN ({names})");
            for row in unit.all(&sql, values).await? {
                rows.push(LedgerRow { key: row.text(0)?, fingerprint: row.text(1)? });
            }
        }
        unit.commit().await?;
        Ok(rows)
    }

    pub(super) async fn write_ledger(&self, batch: &str, rows: &[LedgerRow]) -> Result<()> {
        let mut unit = self.write().await?;
        let sql = "INSERT INTO objects (key, fingerprint, batch) VALUES ($1, $2, $3) \
             ON CONFLICT (key) DO UPDATE SET fingerprint = excluded.fingerprint, batch = excluded.batch";
        for row in rows {
            unit.run(sql, args![&row.key, &row.fingerprint, batch]).await?;
        }
        unit.commit().await
    }

    pub(super) async fn changed_by(&self, batch: &str) -> Result<Vec<String>> {
        let rows = self
            .read()
            .await?
            .all("SELECT key FROM objects WHERE batch = $1 ORDER BY key", args![batch])
            .await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    pub(super) async fn adopt(&self, failed: &str, batch: &str) -> Result<()> {
        let mut unit = self.write().await?;
        unit.run("UPDATE objects SET batch = $2 WHERE batch = $1", args![failed, batch]).await?;
        unit.commit().await
    }

    pub(super) async fn discarded(&self, batch: &str) -> Result<Vec<String>> {
        let sql = "SELECT path FROM discarded_files \
             WHERE release_id <= (SELECT MAX(id) FROM releases WHERE batch = $1) ORDER BY path";
        let rows = self.read().await?.all(sql, args![batch]).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    pub(super) async fn forget_discarded(&self, paths: &[String]) -> Result<()> {
        if paths.is_empty() {
            return Ok(());
        }
        let mut unit = self.write().await?;
        for paths in paths.chunks(AT_ONCE) {
            let (names, values) = placeholders(1, paths);
            unit.run(&format!("DELETE FROM discarded_files WHERE path IN ({names})"), values).await?;
        }
        unit.commit().await
    }

    pub(super) async fn keys_after(&self, key: &str, limit: u32) -> Result<Vec<String>> {
        let sql = "SELECT key FROM objects WHERE key > $1 ORDER BY key LIMIT $2";
        let rows = self.read().await?.all(sql, args![key, i64::from(limit)]).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }
}
