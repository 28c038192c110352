//! Media items as rows.

use content::wire::{Audience, MediaId, MediaItem, Timestamp};

use super::error::Result;
use super::unit::{Row, Unit, args, placeholders};

pub(super) const COLUMNS: &str = "e.id, e.name, e.kind, e.size, e.section, e.alt, e.state, e.problem, e.width, e.height, e.thumbhash, e.renditions, \
     e.created_at";

pub(super) fn item(row: &Row) -> Result<MediaItem> {
    let pixels = |number: Option<i64>| number.and_then(|number| u32::try_from(number).ok());
    Ok(MediaItem {
        id: MediaId(row.text(0)?),
        name: row.text(1)?,
        kind: row.text(2)?,
        size: u64::try_from(row.int(3)?).unwrap_or_default(),
        section: row.text(4)?,
        audience: Audience::Groups(Vec::new()),
        alt: row.text(5)?,
        state: row.word(6)?,
        problem: row.maybe_json(7)?,
        width: pixels(row.maybe_int(8)?),
        height: pixels(row.maybe_int(9)?),
        thumbhash: row.maybe_text(10)?,
        renditions: row.json(11)?,
        used_in: None,
        upload: None,
        created_at: Timestamp(row.text(12)?),
    })
}

impl Unit {
    pub(super) async fn media(&mut self, id: &MediaId, lock: &str) -> Result<Option<MediaItem>> {
        let sql = format!("SELECT {COLUMNS} FROM media e WHERE e.id = $1{lock}");
        self.one(&sql, args![id]).await?.as_ref().map(item).transpose()
    }

    pub(super) async fn media_of(&mut self, ids: &[String]) -> Result<Vec<MediaItem>> {
        let mut items = Vec::new();
        for ids in ids.chunks(256) {
            let (names, values) = placeholders(1, ids);
            let sql = format!("SELECT {COLUMNS} FROM media e WHERE e.id IN ({names})");
            for row in self.all(&sql, values).await? {
                items.push(item(&row)?);
            }
        }
        Ok(items)
    }
}
