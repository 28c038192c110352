//! Lists of entries: filtered, in order, page by page.

use content::wire::{EntryState, EntrySummary, List};
use serde::Serialize;

use super::Store;
use super::cursor::Cursor;
use super::entry_row::{JOINS, SUMMARY, summary, summary_columns};
use super::error::Result;
use super::filter::{EntryFilter, EntrySort};
use super::search::{ENTRIES, Part};
use super::unit::{Arg, Counting, Unit, args, word};
use crate::domain::words::Question;

/// Entries up to which a list is counted.
const COUNTED: u64 = 1000;

impl EntrySort {
    fn column(self) -> &'static str {
        match self {
            EntrySort::Updated => "updated_at",
            EntrySort::Title => "title_key",
            EntrySort::Published => "published_key",
            EntrySort::Path => "path",
        }
    }

    fn is_descending(self) -> bool {
        matches!(self, EntrySort::Updated | EntrySort::Published)
    }

    fn order(self) -> String {
        let direction = if self.is_descending() { " DESC" } else { "" };
        format!("e.{}{direction}, e.id{direction}", self.column())
    }
}

/// What a cursor is bound to.
#[derive(Serialize)]
struct ListOf<'a> {
    entries: &'a EntryFilter,
    sort: EntrySort,
}

/// Where rows come from, and which of them.
struct Selection {
    from: String,
    conditions: Vec<String>,
    values: Vec<Arg>,
    /// Whether counting is too much.
    many: bool,
    /// Whether there is none for sure.
    none: bool,
}

impl Store {
    /// A page of entries without their bodies, and without the addresses of their releases. With words to search for, what
    /// has them in its title comes first, and each part is in the order that was asked for.
    ///
    /// # Errors
    /// When the cursor is of another list.
    pub async fn entries(
        &self,
        filter: &EntryFilter,
        sort: EntrySort,
        cursor: Option<&str>,
        limit: usize,
    ) -> Result<List<EntrySummary>> {
        let list = Cursor::list(&ListOf { entries: filter, sort })?;
        let cursor = Cursor::read(cursor, &list)?;
        let searched = filter.q.as_deref().filter(|q| !q.trim().is_empty());
        let question = searched.and_then(Question::read);
        if searched.is_some() && question.is_none() {
            return Ok(List { items: Vec::new(), next: None, total: Some(0) });
        }
        let parts: &[Part] =
            if question.is_some() { &[Part::Title, Part::Elsewhere] } else { &[Part::Title] };
        let mut unit = self.read().await?;
        let first = cursor.as_ref().map_or(0, |cursor| cursor.part);
        let mut found: Vec<(u8, String, EntrySummary)> = Vec::new();
        let mut kept = kept_total(filter)?;
        let is_kept = kept.is_some();
        let mut total = Some(0);
        for (part, number) in parts.iter().zip(0_u8..) {
            let wanted = (limit + 1).saturating_sub(found.len());
            if wanted == 0 && total.is_none() {
                break;
            }
            let selection = unit.selection(filter, question.as_ref(), *part).await?;
            let mut counted = selection.none.then_some(0);
            if number >= first && wanted > 0 && !selection.none {
                let after = cursor.as_ref().filter(|cursor| cursor.part == number);
                let (page, all) = unit.page(&selection, sort, after, wanted, kept.take()).await?;
                // A page with room left is the whole.
                counted =
                    all.or_else(|| (after.is_none() && page.len() < wanted).then_some(page.len() as u64));
                found.extend(page.into_iter().map(|(key, item)| (number, key, item)));
            }
            if let Some(before) = total {
                let these = match counted {
                    Some(these) => Some(these),
                    None => unit.count(selection).await?,
                };
                total = these.map(|these| before + these);
            }
        }
        unit.commit().await?;
        let total = total.filter(|total| is_kept || *total <= COUNTED);
        let more = found.len() > limit;
        found.truncate(limit);
        let next = match found.last().filter(|_| more) {
            Some((part, key, item)) => Some(Cursor::write(&list, *part, key.clone(), item.id.0.clone())?),
            None => None,
        };
        Ok(List { items: found.into_iter().map(|(_, _, item)| item).collect(), next, total })
    }
}

impl Unit {
    async fn selection(
        &mut self,
        filter: &EntryFilter,
        question: Option<&Question>,
        part: Part,
    ) -> Result<Selection> {
        // Said of every state, so that indexes without the trash serve them all.
        let mut conditions = match filter.state {
            Some(EntryState::Trashed) => vec!["e.state = 'trashed'".to_owned()],
            Some(state) => vec![format!("e.state = '{}'", word(&state)?), "e.state <> 'trashed'".to_owned()],
            None => vec!["e.state <> 'trashed'".to_owned()],
        };
        let mut selection = Selection {
            from: "entries e".to_owned(),
            conditions: Vec::new(),
            values: Vec::new(),
            many: false,
            none: false,
        };
        for (column, value) in [("section", &filter.section), ("author", &filter.author)] {
            if let Some(value) = value {
                selection.values.push(Arg::from(value));
                conditions.push(format!("e.{column} = ${}", selection.values.len()));
            }
        }
        if let Some(review) = filter.review {
            conditions.push(format!("e.review = {}", i64::from(review)));
        }
        let mut is_joined = false;
        if let Some(question) = question {
            let search = self.search(ENTRIES, question, part, selection.values.len() + 1).await?;
            is_joined = !search.from.is_empty();
            selection.many |= search.hits.is_none();
            selection.none = search.hits == Some(0);
            selection.values.push(search.value);
            selection.from = format!("{}entries e", search.from);
            conditions.push(search.condition);
        }
        if let Some(tag) = &filter.tag {
            let count = self.number("SELECT entries FROM tags WHERE tag = $1", args![tag]).await?;
            let few = count <= COUNTED && filter.state != Some(EntryState::Trashed) && !is_joined;
            selection.many |= count > COUNTED;
            selection.values.push(Arg::from(tag));
            let parameter = selection.values.len();
            if few {
                // Joined in this order in SQLite; PostgreSQL knows how many rows a tag has.
                selection.from = "entry_tags t CROSS JOIN entries e".to_owned();
                conditions.push(format!("t.tag = ${parameter} AND e.id = t.entry_id"));
            } else {
                let tagged =
                    format!("SELECT 1 FROM entry_tags t WHERE t.tag = ${parameter} AND t.entry_id = e.id");
                conditions.push(format!("EXISTS ({tagged})"));
            }
        }
        selection.conditions = conditions;
        Ok(selection)
    }

    async fn page(
        &mut self,
        selection: &Selection,
        sort: EntrySort,
        after: Option<&Cursor>,
        limit: usize,
        counting: Option<Counting>,
    ) -> Result<(Vec<(String, EntrySummary)>, Option<u64>)> {
        let from = &selection.from;
        let (mut conditions, mut values) = (selection.conditions.clone(), selection.values.clone());
        let (column, order) = (sort.column(), sort.order());
        if let Some(after) = after {
            let compared = if sort.is_descending() { '<' } else { '>' };
            let next = values.len() + 1;
            conditions.push(format!("(e.{column}, e.id) {compared} (${next}, ${})", next + 1));
            values.extend(args![&after.key, &after.id]);
        }
        values.push(Arg::from(i64::try_from(limit).unwrap_or(i64::MAX)));
        let row_key = self.row_key();
        let sql = format!(
            "SELECT {SUMMARY}, e.{column} FROM ( \
               SELECT e.{row_key} AS hit FROM {from} WHERE {} ORDER BY {order} LIMIT ${} \
             ) h CROSS JOIN entries e {JOINS} WHERE e.{row_key} = h.hit",
            conditions.join(" AND "),
            values.len()
        );
        let (rows, counted) = self.list(summary_columns() + 1, &sql, values, counting).await?;
        let mut page = Vec::with_capacity(rows.len());
        for row in &rows {
            page.push((row.text(30)?, summary(row)?));
        }
        // A page is soon in order here; a database would sort whole rows.
        page.sort_by(|(key, item), (other_key, other)| (key, &item.id.0).cmp(&(other_key, &other.id.0)));
        if sort.is_descending() {
            page.reverse();
        }
        Ok((page, counted))
    }

    /// How many entries are selected, where that is known without much ado.
    async fn count(&mut self, selection: Selection) -> Result<Option<u64>> {
        if selection.many {
            return Ok(None);
        }
        let sql = format!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM {} WHERE {} LIMIT {}) counted",
            selection.from,
            selection.conditions.join(" AND "),
            COUNTED + 1
        );
        Ok(Some(self.number(&sql, selection.values).await?))
    }
}

/// Totals that the store counts as it writes: of states and sections, and of tags.
fn kept_total(filter: &EntryFilter) -> Result<Option<Counting>> {
    if filter.author.is_some() || filter.review.is_some() || filter.q.is_some() {
        return Ok(None);
    }
    match (&filter.tag, &filter.section, filter.state) {
        (Some(tag), None, None) => {
            let sql = "SELECT entries FROM tags WHERE tag = $1".to_owned();
            Ok(Some(Counting { sql, args: vec![Arg::from(tag)] }))
        }
        (Some(_), _, _) => Ok(None),
        (None, section, state) => {
            let which = match state {
                Some(state) => format!("state = '{}'", word(&state)?),
                None => "state <> 'trashed'".to_owned(),
            };
            let mut sql = format!("SELECT CAST(SUM(entries) AS BIGINT) FROM entry_counts WHERE {which}");
            let mut args = Vec::new();
            if let Some(section) = section {
                sql.push_str(" AND section = $1");
                args.push(Arg::from(section));
            }
            Ok(Some(Counting { sql, args }))
        }
    }
}
