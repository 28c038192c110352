//! A unit of work: statements on one connection, in one transaction where they write.
//!
//! The same statements go to both databases: they number their parameters (`$1`), and know texts and whole numbers only.

use std::ops::DerefMut;

use sqlx::pool::PoolConnection;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Row as _, Sqlite, SqliteConnection, Transaction};

use super::error::{Result, StoreError};

/// A value for a parameter of a statement.
#[derive(Debug, Clone)]
pub(super) enum Arg {
    Text(String),
    MaybeText(Option<String>),
    Int(i64),
    MaybeInt(Option<i64>),
}

/// A connection in use, with a transaction or for reading alone.
pub(super) enum Unit {
    SqliteWrite(Transaction<'static, Sqlite>),
    SqliteRead(PoolConnection<Sqlite>),
    PostgresWrite { transaction: Transaction<'static, Postgres>, cached: bool },
    PostgresRead { connection: PoolConnection<Postgres> },
}

enum Connection<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection, bool),
}

/// A row of an answer. Columns count from 0.
pub(super) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
}

macro_rules! bound {
    ($query:expr, $args:expr) => {{
        let mut query = $query;
        for arg in $args {
            query = match arg {
                Arg::Text(text) => query.bind(text),
                Arg::MaybeText(text) => query.bind(text),
                Arg::Int(number) => query.bind(number),
                Arg::MaybeInt(number) => query.bind(number),
            };
        }
        query
    }};
}

impl Unit {
    /// Whether the database is PostgreSQL.
    pub(super) fn is_postgres(&self) -> bool {
        matches!(self, Unit::PostgresWrite { .. } | Unit::PostgresRead { .. })
    }

    /// What follows a question whose rows (of the table named `e`) are to be changed in this unit. SQLite has one writer
    /// at a time already.
    pub(super) fn lock(&self) -> &'static str {
        if self.is_postgres() { " FOR UPDATE OF e" } else { "" }
    }

    /// All rows that a statement answers.
    pub(super) async fn all(&mut self, sql: &str, args: impl IntoIterator<Item = Arg>) -> Result<Vec<Row>> {
        let sql = AssertSqlSafe(sql);
        match self.connection() {
            Connection::Sqlite(connection) => {
                let rows = bound!(sqlx::query::<Sqlite>(sql), args).fetch_all(connection).await?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            Connection::Postgres(connection, cached) => {
                let query = bound!(sqlx::query::<Postgres>(sql), args).persistent(cached);
                Ok(query.fetch_all(connection).await?.into_iter().map(Row::Postgres).collect())
            }
        }
    }

    /// The one row that a statement answers, if it does.
    pub(super) async fn one(
        &mut self,
        sql: &str,
        args: impl IntoIterator<Item = Arg>,
    ) -> Result<Option<Row>> {
        let sql = AssertSqlSafe(sql);
        match self.connection() {
            Connection::Sqlite(connection) => {
                let row = bound!(sqlx::query::<Sqlite>(sql), args).fetch_optional(connection).await?;
                Ok(row.map(Row::Sqlite))
            }
            Connection::Postgres(connection, cached) => {
                let query = bound!(sqlx::query::<Postgres>(sql), args).persistent(cached);
                Ok(query.fetch_optional(connection).await?.map(Row::Postgres))
            }
        }
    }

    /// Runs a statement; answers how many rows it changed.
    pub(super) async fn run(&mut self, sql: &str, args: impl IntoIterator<Item = Arg>) -> Result<u64> {
        let sql = AssertSqlSafe(sql);
        match self.connection() {
            Connection::Sqlite(connection) => {
                Ok(bound!(sqlx::query::<Sqlite>(sql), args).execute(connection).await?.rows_affected())
            }
            Connection::Postgres(connection, cached) => {
                let query = bound!(sqlx::query::<Postgres>(sql), args).persistent(cached);
                Ok(query.execute(connection).await?.rows_affected())
            }
        }
    }

    /// The number that a statement answers; 0 where it answers none.
    pub(super) async fn number(&mut self, sql: &str, args: impl IntoIterator<Item = Arg>) -> Result<u64> {
        let row = self.one(sql, args).await?;
        let number = row.map(|row| row.maybe_int(0)).transpose()?.flatten();
        Ok(number.and_then(|number| u64::try_from(number).ok()).unwrap_or_default())
    }

    /// Keeps what was written.
    pub(super) async fn commit(self) -> Result<()> {
        match self {
            Unit::SqliteWrite(transaction) => transaction.commit().await?,
            Unit::PostgresWrite { transaction, .. } => transaction.commit().await?,
            Unit::SqliteRead(_) | Unit::PostgresRead { .. } => {}
        }
        Ok(())
    }

    fn connection(&mut self) -> Connection<'_> {
        match self {
            Unit::SqliteWrite(transaction) => Connection::Sqlite(transaction.deref_mut()),
            Unit::SqliteRead(connection) => Connection::Sqlite(connection.deref_mut()),
            Unit::PostgresWrite { transaction, cached } => {
                Connection::Postgres(transaction.deref_mut(), *cached)
            }
            Unit::PostgresRead { connection } => Connection::Postgres(connection.deref_mut(), true),
        }
    }
}

macro_rules! column {
    ($row:expr, $index:expr, $ty:ty) => {
        match $row {
            Row::Sqlite(row) => row.try_get_unchecked::<$ty, _>($index),
            Row::Postgres(row) => row.try_get_unchecked::<$ty, _>($index),
        }
        .map_err(StoreError::from)
    };
}

impl Row {
    pub(super) fn text(&self, index: usize) -> Result<String> {
        column!(self, index, String)
    }

    pub(super) fn maybe_text(&self, index: usize) -> Result<Option<String>> {
        column!(self, index, Option<String>)
    }

    pub(super) fn int(&self, index: usize) -> Result<i64> {
        column!(self, index, i64)
    }

    pub(super) fn maybe_int(&self, index: usize) -> Result<Option<i64>> {
        column!(self, index, Option<i64>)
    }

    pub(super) fn flag(&self, index: usize) -> Result<bool> {
        Ok(self.int(index)? != 0)
    }

    /// A value that is kept as JSON.
    pub(super) fn json<T: serde::de::DeserializeOwned>(&self, index: usize) -> Result<T> {
        let text = match self {
            Row::Sqlite(row) => row.try_get_unchecked::<&str, _>(index),
            Row::Postgres(row) => row.try_get_unchecked::<&str, _>(index),
        }?;
        serde_json::from_str(text).map_err(|error| StoreError::Corrupt(format!("column {index}: {error}")))
    }

    /// A value that is kept as JSON, or none.
    pub(super) fn maybe_json<T: serde::de::DeserializeOwned>(&self, index: usize) -> Result<Option<T>> {
        match self.maybe_text(index)? {
            None => Ok(None),
            Some(_) => self.json(index).map(Some),
        }
    }

    /// A value whose JSON is a text without quotes, such as a state.
    pub(super) fn word<T: serde::de::DeserializeOwned>(&self, index: usize) -> Result<T> {
        let text = self.text(index)?;
        let value = serde_json::Value::String(text);
        serde_json::from_value(value).map_err(|error| StoreError::Corrupt(format!("column {index}: {error}")))
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Arg {
        Arg::Text(text.to_owned())
    }
}

impl From<&String> for Arg {
    fn from(text: &String) -> Arg {
        Arg::Text(text.clone())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Arg {
        Arg::Text(text)
    }
}

impl From<Option<String>> for Arg {
    fn from(text: Option<String>) -> Arg {
        Arg::MaybeText(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Arg {
        Arg::Int(number)
    }
}

impl From<bool> for Arg {
    fn from(flag: bool) -> Arg {
        Arg::Int(i64::from(flag))
    }
}

impl From<Option<i64>> for Arg {
    fn from(number: Option<i64>) -> Arg {
        Arg::MaybeInt(number)
    }
}

macro_rules! id_args {
    ($($name:ident),*) => { $(
        impl From<&content::wire::$name> for Arg {
            fn from(id: &content::wire::$name) -> Arg {
                Arg::Text(id.0.clone())
            }
        }
        impl From<Option<&content::wire::$name>> for Arg {
            fn from(id: Option<&content::wire::$name>) -> Arg {
                Arg::MaybeText(id.map(|id| id.0.clone()))
            }
        }
    )* };
}
id_args!(EntryId, SectionId, ReleaseId, MediaId, PersonId, Timestamp);

/// Values for the parameters of a statement, in their order.
macro_rules! args {
    ($($value:expr),* $(,)?) => { [$($crate::store::unit::Arg::from($value)),*] };
}
pub(super) use args;

/// `$from, ...` for so many values. Their number is rounded up, so that few different statements are prepared; the last
/// value fills the rest.
pub(super) fn placeholders(from: usize, values: &[String]) -> (String, Vec<Arg>) {
    let count = values.len().next_power_of_two();
    let names: Vec<String> = (from..from + count).map(|number| format!("${number}")).collect();
    let last = values.last().map(String::as_str).unwrap_or_default();
    let filled = values.iter().map(String::as_str).chain(std::iter::repeat(last)).take(count);
    (names.join(", "), filled.map(Arg::from).collect())
}

/// A value as the text that stands for it in JSON.
pub(super) fn word<T: serde::Serialize>(value: &T) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        _ => Err(StoreError::Corrupt("a state is no word".to_owned())),
    }
}

/// A value as JSON.
pub(super) fn json<T: serde::Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt(error.to_string()))
}
