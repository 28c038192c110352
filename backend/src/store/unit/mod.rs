//! A unit of work: statements on one connection, in one transaction where they write.
//!
//! The same statements go to both databases: they number their parameters (`$1`), and know texts and whole numbers only.

mod arg;
mod row;

use std::ops::DerefMut;

use sqlx::pool::PoolConnection;
use sqlx::{AssertSqlSafe, PgConnection, Postgres, Row as _, Sqlite, SqliteConnection, Transaction};

use super::error::{Result, StoreError};
pub(super) use arg::{Arg, args, placeholders};
pub(super) use row::Row;

/// A unit of work.
pub(super) struct Unit {
    held: Held,
    /// Statements of SQLite that are run together with the next ones, or before the end: each way to the thread of a
    /// connection and back costs more than most statements.
    later: Vec<(String, Vec<Arg>)>,
}

/// A statement that answers a number, 0 where it answers none.
#[derive(Debug, Default)]
pub(super) struct Counting {
    pub(super) sql: String,
    pub(super) args: Vec<Arg>,
}

/// A connection in use, with a transaction or for reading alone.
pub(super) enum Held {
    SqliteWrite(Transaction<'static, Sqlite>),
    SqliteRead(PoolConnection<Sqlite>),
    PostgresWrite { transaction: Transaction<'static, Postgres>, cached: bool },
    PostgresRead { connection: PoolConnection<Postgres> },
}

enum Connection<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection, bool),
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

impl From<Held> for Unit {
    fn from(held: Held) -> Unit {
        Unit { held, later: Vec::new() }
    }
}

impl Unit {
    /// Whether the database is PostgreSQL.
    pub(super) fn is_postgres(&self) -> bool {
        matches!(self.held, Held::PostgresWrite { .. } | Held::PostgresRead { .. })
    }

    /// The column of entries by which a row that was found is fetched: in SQLite what its indexes lead to.
    pub(super) fn row_key(&self) -> &'static str {
        if self.is_postgres() { "id" } else { "seq" }
    }

    /// What follows a question whose rows (of the table named `e`) are to be changed in this unit. SQLite has one writer
    /// at a time already.
    pub(super) fn lock(&self) -> &'static str {
        if self.is_postgres() { " FOR UPDATE OF e" } else { "" }
    }

    /// All rows that a statement answers.
    pub(super) async fn all(&mut self, sql: &str, args: impl IntoIterator<Item = Arg>) -> Result<Vec<Row>> {
        self.catch_up().await?;
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

    /// All rows of so many columns that a statement answers, where there may be many, in no order; and the number that
    /// another one answers. SQLite gives all of it as one row: each value of a row is copied otherwise, and each row wakes
    /// whoever waits for it.
    pub(super) async fn list(
        &mut self,
        columns: usize,
        sql: &str,
        mut args: Vec<Arg>,
        number: Option<Counting>,
    ) -> Result<(Vec<Row>, Option<u64>)> {
        self.catch_up().await?;
        let Connection::Sqlite(connection) = self.connection() else {
            let rows = self.all(sql, args).await?;
            return Ok(match number {
                Some(Counting { sql, args }) => (rows, Some(self.number(&sql, args).await?)),
                None => (rows, None),
            });
        };
        let is_counted = number.is_some();
        let Counting { sql: counting, args: more } = number.unwrap_or_default();
        let sql = AssertSqlSafe(row::as_one_row(columns, sql, args.len(), &counting));
        args.extend(more);
        let row = bound!(sqlx::query::<Sqlite>(sql), args).fetch_one(connection).await?;
        let number = row.try_get_unchecked::<Option<i64>, _>(1)?.unwrap_or_default();
        Ok((row::of_one_row(&row)?, is_counted.then(|| u64::try_from(number).unwrap_or_default())))
    }

    /// The one row that a statement answers, if it does.
    pub(super) async fn one(
        &mut self,
        sql: &str,
        args: impl IntoIterator<Item = Arg>,
    ) -> Result<Option<Row>> {
        self.catch_up().await?;
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
        self.catch_up().await?;
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

    /// Runs a statement before the next one, or before the end at the latest: one of which nobody asks how it went, and that
    /// fails with the whole unit.
    pub(super) async fn run_later(&mut self, sql: &str, args: impl IntoIterator<Item = Arg>) -> Result<()> {
        if self.is_postgres() {
            self.run(sql, args).await?;
        } else {
            self.later.push((sql.to_owned(), args.into_iter().collect()));
        }
        Ok(())
    }

    /// Runs what was left for later, all in one go.
    async fn catch_up(&mut self) -> Result<()> {
        if self.later.is_empty() {
            return Ok(());
        }
        let (mut all, mut values) = (String::new(), Vec::new());
        for (sql, args) in std::mem::take(&mut self.later) {
            arg::renumbered(&sql, values.len(), &mut all);
            all.push(';');
            values.extend(args);
        }
        if let Connection::Sqlite(connection) = self.connection() {
            bound!(sqlx::query::<Sqlite>(AssertSqlSafe(all)), values).execute(connection).await?;
        }
        Ok(())
    }

    /// The number that a statement answers; 0 where it answers none.
    pub(super) async fn number(&mut self, sql: &str, args: impl IntoIterator<Item = Arg>) -> Result<u64> {
        let row = self.one(sql, args).await?;
        let number = row.map(|row| row.maybe_int(0)).transpose()?.flatten();
        Ok(number.and_then(|number| u64::try_from(number).ok()).unwrap_or_default())
    }

    /// Keeps what was written.
    pub(super) async fn commit(mut self) -> Result<()> {
        self.catch_up().await?;
        match self.held {
            Held::SqliteWrite(transaction) => transaction.commit().await?,
            Held::PostgresWrite { transaction, .. } => transaction.commit().await?,
            Held::SqliteRead(_) | Held::PostgresRead { .. } => {}
        }
        Ok(())
    }

    fn connection(&mut self) -> Connection<'_> {
        match &mut self.held {
            Held::SqliteWrite(transaction) => Connection::Sqlite(transaction.deref_mut()),
            Held::SqliteRead(connection) => Connection::Sqlite(connection.deref_mut()),
            Held::PostgresWrite { transaction, cached } => {
                Connection::Postgres(transaction.deref_mut(), *cached)
            }
            Held::PostgresRead { connection } => Connection::Postgres(connection.deref_mut(), true),
        }
    }
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
