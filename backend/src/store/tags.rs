//! Tags of entries, counted as entries are written.

use super::Store;
use super::error::Result;
use super::unit::args;

impl Store {
    /// Tags that begin so, those first that most entries have, and how many do; the trash does not count.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn tags(&self, beginning: Option<&str>, limit: usize) -> Result<Vec<(String, u64)>> {
        let mut unit = self.read().await?;
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        let rows = match beginning.filter(|beginning| !beginning.is_empty()) {
            None => {
                let sql =
                    "SELECT tag, entries FROM tags WHERE entries > 0 ORDER BY entries DESC, tag LIMIT $1";
                unit.all(sql, args![limit]).await?
            }
            Some(beginning) => {
                let sql = "SELECT tag, entries FROM tags WHERE entries > 0 AND tag >= $2 AND tag < $3 \
                     ORDER BY entries DESC, tag LIMIT $1";
                // Before every text that begins otherwise and is greater.
                let end = format!("{beginning}\u{10ffff}");
                unit.all(sql, args![limit, beginning, end]).await?
            }
        };
        let count = |count: i64| u64::try_from(count).unwrap_or_default();
        rows.iter().map(|row| Ok((row.text(0)?, count(row.int(1)?)))).collect()
    }
}
