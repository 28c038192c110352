//! Lists of what is published: how long they are, where an entry stands in them, and what is on a page.

use content::wire::{SectionOrder, Timestamp};

use super::super::Store;
use super::super::error::{Result, StoreError};
use super::super::unit::{Arg, args, placeholders};
use super::pages::{COLUMNS, published};
use crate::publishing::{ListId, Location, Published, SortKey};

fn column(order: SectionOrder) -> &'static str {
    match order {
        SectionOrder::Newest => "published_at",
        SectionOrder::Manual => "position",
        SectionOrder::Title => "title",
    }
}

/// The column that a key is of, and its values.
fn key_values(key: &SortKey) -> (&'static str, [Arg; 2]) {
    match key {
        SortKey::Published(at, id) => ("published_at", args![at, id]),
        SortKey::Order(order, id) => ("position", args![*order, id]),
        SortKey::Title(title, id) => ("title", args![title, id]),
    }
}

/// Where a list's rows come from, with `e` for a row, and its parameters.
fn source(list: &ListId) -> (&'static str, Vec<Arg>) {
    match &list.tag {
        None => ("published e WHERE e.front = 0 AND e.section = $1", args![&list.section].into()),
        Some(tag) => {
            ("published_tags e WHERE e.section = $1 AND e.tag = $2", args![&list.section, tag].into())
        }
    }
}

impl Store {
    pub(super) async fn length(&self, list: &ListId) -> Result<u64> {
        let mut unit = self.read().await?;
        if let Some(tag) = &list.tag {
            let sql = "SELECT entries FROM published_counts WHERE section = $1 AND tag = $2";
            return unit.number(sql, args![&list.section, tag]).await;
        }
        let (source, values) = source(list);
        unit.number(&format!("SELECT COUNT(*) FROM {source}"), values).await
    }

    pub(super) async fn rank(&self, list: &ListId, key: &SortKey) -> Result<u64> {
        let (source, mut values) = source(list);
        let (column, key) = key_values(key);
        let next = values.len() + 1;
        values.extend(key);
        let sql =
            format!("SELECT COUNT(*) FROM {source} AND (e.{column}, e.entry_id) < (${next}, ${})", next + 1);
        self.read().await?.number(&sql, values).await
    }

    pub(super) async fn range(
        &self,
        list: &ListId,
        order: SectionOrder,
        from: u64,
        limit: u64,
    ) -> Result<Vec<Published>> {
        let (source, mut values) = source(list);
        // Lists of tags are of the newest, and have no other columns.
        let column = if list.tag.is_some() { "published_at" } else { column(order) };
        let total = self.length(list).await?;
        let limit = limit.min(total.saturating_sub(from));
        if limit == 0 {
            return Ok(Vec::new());
        }
        // Whichever end is nearer: most is asked of the newest.
        let behind = total - from - limit;
        let (direction, skipped) = if behind < from { (" DESC", behind) } else { ("", from) };
        let next = values.len() + 1;
        values.extend([limit, skipped].map(|number| Arg::Int(i64::try_from(number).unwrap_or(i64::MAX))));
        let sql = format!(
            "SELECT {COLUMNS} FROM ( \
               SELECT e.entry_id AS hit FROM {source} ORDER BY e.{column}{direction}, e.entry_id{direction} \
               LIMIT ${next} OFFSET ${} \
             ) h CROSS JOIN published f JOIN people p ON p.id = f.author WHERE f.entry_id = h.hit \
             ORDER BY f.{column}, f.entry_id",
            next + 1
        );
        let rows = self.read().await?.all(&sql, values).await?;
        rows.iter().map(published).collect()
    }

    pub(super) async fn neighbours(
        &self,
        section: &str,
        key: &SortKey,
    ) -> Result<[Option<(String, String)>; 2]> {
        let (column, [value, id]) = key_values(key);
        let mut unit = self.read().await?;
        let mut found = [None, None];
        for (found, (compared, direction)) in found.iter_mut().zip([("<", " DESC"), (">", "")]) {
            let sql = format!(
                "SELECT e.path, e.title FROM published e WHERE e.front = 0 AND e.section = $1 \
                 AND (e.{column}, e.entry_id) {compared} ($2, $3) \
                 ORDER BY e.{column}{direction}, e.entry_id{direction} LIMIT 1"
            );
            let row = unit.one(&sql, [Arg::from(section), value.clone(), id.clone()]).await?;
            *found = row.map(|row| Ok::<_, StoreError>((row.text(0)?, row.text(1)?))).transpose()?;
        }
        unit.commit().await?;
        Ok(found)
    }

    pub(super) async fn tags_of(&self, section: &str, limit: u32) -> Result<Vec<String>> {
        let sql = "SELECT tag FROM published_counts WHERE section = $1 AND entries > 0 \
             ORDER BY entries DESC, tag LIMIT $2";
        let rows = self.read().await?.all(sql, args![section, i64::from(limit)]).await?;
        rows.iter().map(|row| row.text(0)).collect()
    }

    pub(super) async fn sitemap_length(&self, sections: &[String]) -> Result<u64> {
        let (names, values) = placeholders(1, sections);
        let sql =
            format!("SELECT COUNT(*) FROM published e WHERE e.no_index = 0 AND e.section || '' IN ({names})");
        self.read().await?.number(&sql, values).await
    }

    pub(super) async fn sitemap_rank(&self, sections: &[String], key: &SortKey) -> Result<u64> {
        let (column, mut values) = {
            let (column, values) = key_values(key);
            (column, Vec::from(values))
        };
        let (names, paths) = placeholders(3, sections);
        values.extend(paths);
        let sql = format!(
            "SELECT COUNT(*) FROM published e WHERE e.no_index = 0 AND e.section || '' IN ({names}) \
             AND (e.{column}, e.entry_id) < ($1, $2)"
        );
        self.read().await?.number(&sql, values).await
    }

    pub(super) async fn sitemap_range(
        &self,
        sections: &[String],
        from: u64,
        limit: u64,
    ) -> Result<Vec<Location>> {
        let mut values: Vec<Arg> =
            [limit, from].map(|number| Arg::Int(i64::try_from(number).unwrap_or(i64::MAX))).into();
        let (names, paths) = placeholders(3, sections);
        values.extend(paths);
        let sql = format!(
            "SELECT e.path, e.updated_at FROM published e WHERE e.no_index = 0 AND e.section || '' IN ({names}) \
             ORDER BY e.published_at, e.entry_id LIMIT $1 OFFSET $2"
        );
        let rows = self.read().await?.all(&sql, values).await?;
        rows.iter()
            .map(|row| Ok(Location { path: row.text(0)?, changed_at: Some(Timestamp(row.text(1)?)) }))
            .collect()
    }
}
