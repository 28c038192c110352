//! What readers find: published entries of the sections that they may read.

use content::wire::{EntryId, Hit, List, Timestamp};
use serde::Serialize;

use super::Store;
use super::cursor::Cursor;
use super::error::Result;
use super::search::{PUBLISHED, Part};
use super::unit::{Arg, Unit, args, placeholders};
use crate::domain::words::{Question, excerpt};

/// What a cursor is bound to.
#[derive(Serialize)]
struct HitsOf<'a> {
    words: &'a str,
    sections: &'a [String],
}

impl Store {
    /// Published entries of these sections that have all the words, the last one perhaps not whole. Those come first that
    /// have them in their title, then those that were first published last.
    ///
    /// # Errors
    /// When the cursor is of another search.
    pub async fn search(
        &self,
        words: &str,
        sections: &[String],
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<List<Hit>> {
        let list = Cursor::list(&HitsOf { words, sections })?;
        let cursor = Cursor::read(cursor, &list)?;
        let Some(question) = Question::read(words).filter(|_| !sections.is_empty()) else {
            return Ok(List { items: Vec::new(), next: None, total: None });
        };
        let mut unit = self.read().await?;
        let first = cursor.as_ref().map_or(0, |cursor| cursor.part);
        let mut found: Vec<(u8, Hit)> = Vec::new();
        for (part, number) in [Part::Title, Part::Elsewhere].into_iter().zip(0_u8..).skip(usize::from(first))
        {
            let after = cursor.as_ref().filter(|cursor| cursor.part == number);
            let wanted = limit + 1 - found.len();
            let hits = unit.hits(&question, part, sections, after, wanted).await?;
            found.extend(hits.into_iter().map(|hit| (number, hit)));
            if found.len() > limit {
                break;
            }
        }
        unit.commit().await?;
        let more = found.len() > limit;
        found.truncate(limit);
        let next = match found.last().filter(|_| more) {
            Some((part, hit)) => {
                let key = hit.published_at.as_ref().map_or("", |at| at.as_str());
                Some(Cursor::write(&list, *part, key.to_owned(), hit.id.0.clone())?)
            }
            None => None,
        };
        Ok(List { items: found.into_iter().map(|(_, hit)| hit).collect(), next, total: None })
    }
}

impl Unit {
    async fn hits(
        &mut self,
        question: &Question,
        part: Part,
        sections: &[String],
        after: Option<&Cursor>,
        limit: usize,
    ) -> Result<Vec<Hit>> {
        let search = self.search(PUBLISHED, question, part, 1).await?;
        if search.hits == Some(0) {
            return Ok(Vec::new());
        }
        let mut values = vec![search.value, Arg::from(i64::try_from(limit).unwrap_or(i64::MAX))];
        let mut condition = search.condition;
        if let Some(after) = after {
            condition.push_str(" AND (e.published_at, e.entry_id) < ($3, $4)");
            values.extend(args![&after.key, &after.id]);
        }
        let (names, paths) = placeholders(values.len() + 1, sections);
        values.extend(paths);
        // The empty text keeps the planner from going through a section's index instead of the order's.
        let sql = format!(
            "SELECT f.entry_id, f.path, f.title, f.summary, f.plain, f.published_at FROM ( \
               SELECT e.entry_id AS hit FROM {}published e WHERE {condition} AND e.section || '' IN ({names}) \
               ORDER BY e.published_at DESC, e.entry_id DESC LIMIT $2 \
             ) h CROSS JOIN published f WHERE f.entry_id = h.hit ORDER BY f.published_at DESC, f.entry_id DESC",
            search.from
        );
        let mut hits = Vec::new();
        for row in self.all(&sql, values).await? {
            hits.push(Hit {
                id: EntryId(row.text(0)?),
                path: row.text(1)?,
                title: row.text(2)?,
                summary: row.text(3)?,
                excerpt: excerpt(&row.text(4)?, question),
                published_at: Some(Timestamp(row.text(5)?)),
            });
        }
        Ok(hits)
    }
}
