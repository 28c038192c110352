//! The database of `DATABASE_URL`, and its connections.

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};

use super::error::{Result, StoreError};
use super::sign_in::{Passwords, Renewal};
use super::unit::{Held, Unit};
use crate::ambient::Ambient;

/// Connections that only read, of SQLite.
const READERS: u32 = 4;
/// Connections to PostgreSQL where the address does not say.
const CONNECTIONS: u32 = 8;
/// How long a connection is waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// A database that is open.
#[derive(Debug, Clone)]
pub(super) enum Database {
    /// SQLite has one writer at a time: here the others wait for it in line, without polling for a lock.
    Sqlite { writer: SqlitePool, reader: SqlitePool },
    /// `cached`: whether statements may stay prepared on a connection. Behind a pooler (`pooler=true`) they may not.
    Postgres { pool: PgPool, cached: bool, renewal: Option<Box<Renewal>> },
}

/// Where a database is.
#[derive(Debug, Clone)]
pub(super) enum Address {
    Sqlite(Box<SqliteConnectOptions>),
    Postgres { options: Box<PgConnectOptions>, connections: u32, cached: bool, iam: bool },
}

impl Address {
    /// Reads `sqlite:PATH` or `postgres://...`. Of the latter, `pooler=true` says that a pooler in transaction mode is in
    /// between, `connections=8` how many connections are kept, and `auth=iam` that passwords are made for each sign-in.
    pub(super) fn read(url: &str) -> Result<Address> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() || path.contains(['?', '\0']) {
                return Err(StoreError::Unavailable(
                    "the address names no file, expected sqlite:PATH".to_owned(),
                ));
            }
            let options = SqliteConnectOptions::new()
                .filename(path)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Normal)
                .busy_timeout(Duration::from_secs(5))
                .foreign_keys(true)
                .pragma("cache_size", "-6000")
                .pragma("temp_store", "memory")
                .statement_cache_capacity(200);
            return Ok(Address::Sqlite(Box::new(options)));
        }
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        let (mut cached, mut connections, mut iam, mut rest) = (true, CONNECTIONS, false, Vec::new());
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            match pair.split_once('=') {
                Some(("auth", "iam")) => iam = true,
                Some(("pooler", value)) => cached = value != "true",
                Some(("connections", value)) => {
                    let number = value.parse().ok().filter(|number| (1..=500).contains(number));
                    connections = number.ok_or_else(|| {
                        StoreError::Unavailable("connections is no number, expected 1 to 500".to_owned())
                    })?;
                }
                _ => rest.push(pair),
            }
        }
        let url = if rest.is_empty() { base.to_owned() } else { format!("{base}?{}", rest.join("&")) };
        let options = PgConnectOptions::from_str(&url).map_err(|_| {
            StoreError::Unavailable("the address cannot be read, expected postgres://...".to_owned())
        })?;
        Ok(Address::Postgres { options: Box::new(options), connections, cached, iam })
    }

    /// With the password for now, where passwords are made.
    pub(super) async fn signed_in(self, passwords: Option<&Passwords>) -> Result<Address> {
        match (self, passwords) {
            (Address::Postgres { options, connections, cached, iam: true }, Some(passwords)) => {
                let options = Box::new(passwords.signed_in(*options).await?);
                Ok(Address::Postgres { options, connections, cached, iam: true })
            }
            (Address::Postgres { iam: true, .. }, None) => {
                Err(StoreError::Unavailable("nobody makes passwords here, as auth=iam asks for".to_owned()))
            }
            (address, _) => Ok(address),
        }
    }
}

impl Database {
    /// `passwords` are for an address that asks for them.
    pub(super) async fn open(
        address: Address,
        passwords: Option<Passwords>,
        ambient: &Ambient,
    ) -> Result<Database> {
        match address.signed_in(passwords.as_ref()).await? {
            Address::Sqlite(options) => {
                let pool = |connections| {
                    SqlitePoolOptions::new()
                        .max_connections(connections)
                        .acquire_timeout(PATIENCE)
                        .idle_timeout(None)
                        .max_lifetime(None)
                        .test_before_acquire(false)
                };
                let writer = pool(1).connect_with((*options).clone()).await?;
                let reader = pool(READERS).connect_with(options.pragma("query_only", "on")).await?;
                Ok(Database::Sqlite { writer, reader })
            }
            Address::Postgres { options, connections, cached, iam } => {
                let pool = PgPoolOptions::new()
                    .max_connections(connections)
                    .acquire_timeout(PATIENCE)
                    // A function is frozen between requests, and its connections may be gone when it goes on.
                    .test_before_acquire(iam);
                let renewal = passwords.filter(|_| iam);
                let renewal = renewal
                    .map(|passwords| Box::new(Renewal::new(passwords, (*options).clone(), ambient.clone())));
                Ok(Database::Postgres { pool: pool.connect_with(*options).await?, cached, renewal })
            }
        }
    }

    /// Begins a unit of work that writes.
    pub(super) async fn write(&self) -> Result<Unit> {
        match self {
            // A transaction that reads first and writes later fails when somebody else wrote in between.
            Database::Sqlite { writer, .. } => {
                Ok(Held::SqliteWrite(writer.begin_with("BEGIN IMMEDIATE").await?).into())
            }
            Database::Postgres { pool, cached, renewal } => {
                renew(renewal.as_deref(), pool).await?;
                Ok(Held::PostgresWrite { transaction: pool.begin().await?, cached: *cached }.into())
            }
        }
    }

    /// Begins a unit of work that only reads. Behind a pooler that is a transaction, too, because preparing and running a
    /// statement may else come to different servers.
    pub(super) async fn read(&self) -> Result<Unit> {
        match self {
            Database::Sqlite { reader, .. } => Ok(Held::SqliteRead(reader.acquire().await?).into()),
            Database::Postgres { cached: false, .. } => self.write().await,
            Database::Postgres { pool, renewal, .. } => {
                renew(renewal.as_deref(), pool).await?;
                Ok(Held::PostgresRead { connection: pool.acquire().await? }.into())
            }
        }
    }

    pub(super) async fn close(&self) {
        match self {
            Database::Sqlite { writer, reader } => {
                reader.close().await;
                writer.close().await;
            }
            Database::Postgres { pool, .. } => pool.close().await,
        }
    }
}

async fn renew(renewal: Option<&Renewal>, pool: &PgPool) -> Result<()> {
    match renewal {
        Some(renewal) => renewal.renew(pool).await,
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_say_how_many_connections_and_whether_there_is_a_pooler() {
        let read = |url: &str| match Address::read(url).unwrap() {
            Address::Postgres { connections, cached, .. } => (connections, cached),
            Address::Sqlite(_) => panic!("{url}"),
        };
        assert_eq!(read("postgres://app@db/cms"), (CONNECTIONS, true));
        assert_eq!(read("postgres://app@db/cms?pooler=true&sslmode=verify-full&connections=1"), (1, false));
        assert!(Address::read("postgres://app@db/cms?connections=0").is_err());
        assert!(Address::read("sqlite:").is_err());
        assert!(matches!(Address::read("sqlite:.local/data/cms.db").unwrap(), Address::Sqlite(_)));
    }
}
