//! Migrations: a folder for each database, applied by a deploy step and never at a cold start.

use std::fs::File;
use std::path::PathBuf;

use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{AssertSqlSafe, SqlSafeStr};

use super::database::Address;
use super::error::{Result, StoreError};
use super::unit::Unit;

/// Version, name, and what it does to SQLite and to PostgreSQL.
///
/// Each leaves a database that the program before it still works with: tables and columns are added, with defaults. So the
/// tables can be migrated while that program answers, and that program can come back.
const MIGRATIONS: [(i64, &str, &str, &str); 3] = [
    (
        1,
        "begin",
        include_str!("../../migrations/sqlite/0001_begin.sql"),
        include_str!("../../migrations/postgres/0001_begin.sql"),
    ),
    (
        2,
        "media replaced",
        include_str!("../../migrations/sqlite/0002_media_replaced.sql"),
        include_str!("../../migrations/postgres/0002_media_replaced.sql"),
    ),
    (
        3,
        "words found at once",
        include_str!("../../migrations/sqlite/0003_words_found_at_once.sql"),
        include_str!("../../migrations/postgres/0003_words_found_at_once.sql"),
    ),
];

/// Whoever owns the tables makes the role that the API signs in with. It reads and writes rows, and no more.
const ROLE_OF_THE_API: &str = "
    DO $$ BEGIN
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN CREATE ROLE app LOGIN; END IF;
    END $$;
    GRANT rds_iam TO app;
    ALTER ROLE app SET statement_timeout = '20s';
    GRANT USAGE ON SCHEMA public TO app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO app;
";

fn migrator(text: impl Fn(&(i64, &'static str, &'static str, &'static str)) -> &'static str) -> Migrator {
    let migrations = MIGRATIONS.iter().map(|migration| {
        let sql = AssertSqlSafe(text(migration)).into_sql_str();
        Migration::new(migration.0, migration.1.into(), MigrationType::Simple, sql, false)
    });
    Migrator::with_migrations(migrations.collect())
}

/// Brings a database's tables to this program's version. Several programs may do so at once.
pub(super) async fn migrate(address: Address) -> Result<()> {
    match address {
        Address::Sqlite(options) => {
            // sqlx locks PostgreSQL for a migration and does not lock SQLite.
            let mut name = options.get_filename().as_os_str().to_owned();
            name.push(".lock");
            let lock = locked(PathBuf::from(name)).await?;
            let pool = SqlitePoolOptions::new().max_connections(1).connect_with(*options).await?;
            let migrated = migrator(|migration| migration.2).run(&pool).await;
            pool.close().await;
            drop(lock);
            migrated.map_err(failed)
        }
        Address::Postgres { options, iam, .. } => {
            let pool = PgPoolOptions::new().max_connections(1).connect_with(*options).await?;
            let mut migrated = migrator(|migration| migration.3).run(&pool).await.map_err(failed);
            if migrated.is_ok() && iam {
                migrated =
                    sqlx::raw_sql(ROLE_OF_THE_API).execute(&pool).await.map(|_| ()).map_err(Into::into);
            }
            pool.close().await;
            migrated
        }
    }
}

async fn locked(path: PathBuf) -> Result<File> {
    let locking = tokio::task::spawn_blocking(move || {
        let file = File::create(&path)?;
        file.lock()?;
        Ok::<File, std::io::Error>(file)
    });
    let locked = locking.await.map_err(|error| StoreError::Unavailable(error.to_string()))?;
    locked.map_err(|error| StoreError::Unavailable(format!("the database's lock cannot be taken: {error}")))
}

fn failed(error: sqlx::migrate::MigrateError) -> StoreError {
    StoreError::Unavailable(format!("the migration failed: {error}"))
}

/// Refuses a database whose tables are of an earlier version.
pub(super) async fn check(unit: &mut Unit) -> Result<()> {
    let expected = MIGRATIONS.iter().map(|migration| migration.0).max().unwrap_or_default();
    let found = unit.number("SELECT MAX(version) FROM _sqlx_migrations", []).await;
    let found = match found {
        Ok(found) => i64::try_from(found).unwrap_or_default(),
        // There is no such table before the first migration.
        Err(StoreError::Corrupt(_)) => 0,
        Err(error) => return Err(error),
    };
    if found >= expected { Ok(()) } else { Err(StoreError::NotMigrated { found, expected }) }
}
