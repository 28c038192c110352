//! Media items as rows.

use content::wire::{Audience, MediaId, MediaItem, Replacement, Timestamp};

use crate::store::error::Result;
use crate::store::unit::{Row, Unit, args, placeholders};

pub(super) const COLUMNS: &str = "e.id, e.name, e.kind, e.size, e.section, e.alt, e.state, e.problem, e.width, e.height, e.thumbhash, e.renditions, \
     e.created_at, e.version, e.next_version, e.next_name, e.next_state, e.next_problem";

pub(super) fn item(row: &Row) -> Result<MediaItem> {
    let natural = |number: Option<i64>| number.and_then(|number| u32::try_from(number).ok());
    let replacement = match row.maybe_text(16)? {
        None => None,
        Some(_) => Some(Replacement {
            version: natural(row.maybe_int(14)?).unwrap_or_default(),
            name: row.maybe_text(15)?.unwrap_or_default(),
            state: row.word(16)?,
            problem: row.maybe_json(17)?,
        }),
    };
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
        width: natural(row.maybe_int(8)?),
        height: natural(row.maybe_int(9)?),
        thumbhash: row.maybe_text(10)?,
        renditions: row.json(11)?,
        version: natural(Some(row.int(13)?)).unwrap_or_default(),
        replacement,
        used_in: None,
        upload: None,
        created_at: Timestamp(row.text(12)?),
    })
}

impl Unit {
    pub(in crate::store) async fn media(&mut self, id: &MediaId, lock: &str) -> Result<Option<MediaItem>> {
        let sql = format!("SELECT {COLUMNS} FROM media e WHERE e.id = $1{lock}");
        self.one(&sql, args![id]).await?.as_ref().map(item).transpose()
    }

    pub(in crate::store) async fn media_of(&mut self, ids: &[String]) -> Result<Vec<MediaItem>> {
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
