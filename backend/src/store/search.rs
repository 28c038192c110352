//! The search index, which is the one thing that each database does in its own way.
//!
//! Both index the same words and find the same: SQLite in FTS5 tables without content, PostgreSQL in text vectors. An order
//! by rank would be another in each, so that hits come in an order of columns; what has the words in its title comes first.

use super::error::Result;
use super::unit::{Arg, Unit, args};
use crate::domain::words::Question;

/// Hits up to which all are fetched and put into order. Where there are more, the order's index is walked and each row is
/// asked whether it is a hit, which finds a page soon.
const FEW: i64 = 1000;

/// What is searched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Index {
    /// The table of what is found, named `e` in statements.
    pub(super) table: &'static str,
    /// Its key.
    pub(super) key: &'static str,
    /// The table of words.
    pub(super) words: &'static str,
}

/// Working copies.
pub(super) const ENTRIES: Index = Index { table: "entries", key: "id", words: "entry_words" };
/// What is published.
pub(super) const PUBLISHED: Index = Index { table: "published", key: "entry_id", words: "published_words" };

/// A part of what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All words are in the title.
    Title,
    /// Not all of them are, but elsewhere.
    Elsewhere,
}

/// How a statement searches.
#[derive(Debug, Clone)]
pub(super) struct Search {
    /// What is before the table among those that rows come from.
    pub(super) from: String,
    /// A condition.
    pub(super) condition: String,
    /// The value of its parameter.
    pub(super) value: Arg,
    /// How many hits there are, whatever else is asked of them; nothing where they are too many to be counted.
    pub(super) hits: Option<u64>,
}

impl Unit {
    /// How to search for something; `$parameter` is its value.
    pub(super) async fn search(
        &mut self,
        index: Index,
        question: &Question,
        part: Part,
        parameter: usize,
    ) -> Result<Search> {
        let Index { table, key, words } = index;
        if self.is_postgres() {
            let is_hit = match part {
                Part::Title => format!("w.title @@ ${parameter}::tsquery"),
                Part::Elsewhere => {
                    format!("w.words @@ ${parameter}::tsquery AND NOT w.title @@ ${parameter}::tsquery")
                }
            };
            let value = Arg::Text(vector_query(question));
            let sql = format!(
                "SELECT 1 FROM {words} w WHERE {} LIMIT {}",
                is_hit.replace(&format!("${parameter}"), "$1"),
                FEW + 1
            );
            let hits =
                few(self.number(&format!("SELECT COUNT(*) FROM ({sql}) hits"), [value.clone()]).await?);
            let condition = if hits.is_none() {
                format!("EXISTS (SELECT 1 FROM {words} w WHERE w.entry_id = e.{key} AND {is_hit})")
            } else {
                // The planner is not asked: it knows little of how often words are there.
                format!("e.{key} = ANY (ARRAY(SELECT w.entry_id FROM {words} w WHERE {is_hit}))")
            };
            return Ok(Search { from: String::new(), condition, value, hits });
        }
        let asked = fts_query(question);
        let value = match part {
            Part::Title => Arg::Text(format!("title : ({asked})")),
            Part::Elsewhere => Arg::Text(format!("(words : ({asked})) NOT (title : ({asked}))")),
        };
        let sql =
            format!("SELECT COUNT(*) FROM (SELECT 1 FROM {words} WHERE {words} MATCH $1 LIMIT {})", FEW + 1);
        let hits = few(self.number(&sql, [value.clone()]).await?);
        let _ = table;
        let (from, condition) = if hits.is_none() {
            let hit =
                format!("SELECT 1 FROM {words} WHERE {words} MATCH ${parameter} AND {words}.rowid = e.seq");
            (String::new(), format!("EXISTS ({hit})"))
        } else {
            (format!("{words} CROSS JOIN "), format!("{words} MATCH ${parameter} AND e.seq = {words}.rowid"))
        };
        Ok(Search { from, condition, value, hits })
    }

    /// Puts the words of something into an index, in the place of those that are there.
    pub(super) async fn index(&mut self, index: Index, id: &str, title: String, all: String) -> Result<()> {
        let Index { table, key, words } = index;
        if self.is_postgres() {
            let sql = format!(
                "INSERT INTO {words} (entry_id, title, words) VALUES ($1, \
                 array_to_tsvector(string_to_array($2, ' ')), array_to_tsvector(string_to_array($3, ' '))) \
                 ON CONFLICT (entry_id) DO UPDATE SET title = excluded.title, words = excluded.words"
            );
            self.run_later(&sql, args![id, title, all]).await?;
            return Ok(());
        }
        let sql = format!(
            "INSERT OR REPLACE INTO {words} (rowid, title, words) SELECT seq, $2, $3 FROM {table} WHERE {key} = $1"
        );
        self.run_later(&sql, args![id, title, all]).await?;
        Ok(())
    }

    /// Takes something out of an index.
    pub(super) async fn unindex(&mut self, index: Index, id: &str) -> Result<()> {
        let Index { table, key, words } = index;
        let sql = if self.is_postgres() {
            format!("DELETE FROM {words} WHERE entry_id = $1")
        } else {
            format!("DELETE FROM {words} WHERE rowid = (SELECT seq FROM {table} WHERE {key} = $1)")
        };
        self.run_later(&sql, args![id]).await?;
        Ok(())
    }
}

fn few(hits: u64) -> Option<u64> {
    (hits <= FEW.unsigned_abs()).then_some(hits)
}

/// FTS5's query syntax. Words are letters and digits of ASCII, and quoted because some are operators.
fn fts_query(question: &Question) -> String {
    let mut query = String::new();
    for word in question.whole() {
        query.push_str(&format!("\"{word}\" AND "));
    }
    query.push_str(&format!("\"{}\" *", question.beginning()));
    query
}

/// PostgreSQL's text of a `tsquery`.
fn vector_query(question: &Question) -> String {
    let mut query = String::new();
    for word in question.whole() {
        query.push_str(&format!("'{word}' & "));
    }
    query.push_str(&format!("'{}':*", question.beginning()));
    query
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_database_is_asked_in_its_own_words() {
        let question = Question::read("NOT a near").unwrap();
        assert_eq!(fts_query(&question), r#""a" AND "not" AND "near" *"#);
        assert_eq!(vector_query(&question), "'a' & 'not' & 'near':*");
    }
}
