//! The store: everything that is kept, behind one port, in SQLite or PostgreSQL.
//!
//! A method is one transaction: it is done whole or not at all, and what it answers is committed. The statements are
//! the same for both databases; only search, locks and table definitions differ. Time and ids come from the
//! [`Ambient`] that the store is opened with.
//!
//! The store keeps what rules have let through. Permissions, warnings and texts for people are for whoever calls; who
//! may read a path it does not know, so that the audience of all it answers is nobody's.

mod activity;
mod actor;
mod catalogue;
mod cursor;
mod database;
mod due;
mod entry_create;
mod entry_list;
mod entry_row;
mod entry_save;
mod entry_write;
mod error;
mod expected;
mod filter;
mod hits;
mod idempotency;
mod imported;
mod media;
mod migrate;
mod people;
mod presence;
mod publication;
mod redirect;
mod references;
mod releases;
mod revisions;
mod schedule;
mod search;
mod sections;
mod sign_in;
mod site;
mod tags;
mod trash;
mod unit;

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use content::wire::Timestamp;
use uuid::Uuid;

pub use activity::ActivityOf;
pub use actor::Actor;
pub use due::Due;
pub use entry_save::SaveKind;
pub use error::{Missing, Result, StoreError};
pub use expected::Expected;
pub use filter::{EntryFilter, EntrySort};
pub use idempotency::{Kept, KeyUse};
pub use imported::Imported;
pub use media::{MediaChange, NewMediaRow};
pub use redirect::{Redirect, RedirectTarget};
pub use sign_in::{Login, Password, Passwords};

use crate::ambient::Ambient;
use database::{Address, Database};
use unit::Unit;

/// The store. Clones share its connections.
#[derive(Debug, Clone)]
pub struct Store(Arc<Open>);

#[derive(Debug)]
struct Open {
    database: Database,
    ambient: Ambient,
    /// User names that are known to be written already, by the ids of people.
    known: Mutex<HashMap<String, String>>,
    latest_id: Mutex<Uuid>,
}

impl Store {
    /// Opens the database of `DATABASE_URL`.
    ///
    /// # Errors
    /// When it does not answer, or its tables are not those of this program ([`Store::migrate`]).
    pub async fn open(url: &str, ambient: Ambient) -> Result<Store> {
        Store::open_with(url, ambient, None).await
    }

    /// The same, with what makes passwords for an address that asks for them (`auth=iam`).
    ///
    /// # Errors
    /// As [`Store::open`], and when there is no password.
    pub async fn open_with(url: &str, ambient: Ambient, passwords: Option<Passwords>) -> Result<Store> {
        let database = Database::open(Address::read(url)?, passwords, &ambient).await?;
        let store =
            Store(Arc::new(Open { database, ambient, known: Mutex::default(), latest_id: Mutex::default() }));
        store.ready().await?;
        Ok(store)
    }

    /// Brings the tables of the database of `DATABASE_URL` to this program's version.
    ///
    /// # Errors
    /// When it does not answer, or a migration fails.
    pub async fn migrate(url: &str) -> Result<()> {
        Store::migrate_with(url, None).await
    }

    /// The same, with what makes passwords for an address that asks for them (`auth=iam`). Then the API has a role of its
    /// own there, and this makes it.
    ///
    /// # Errors
    /// As [`Store::migrate`], and when there is no password.
    pub async fn migrate_with(url: &str, passwords: Option<Passwords>) -> Result<()> {
        migrate::migrate(Address::read(url)?.signed_in(passwords.as_ref()).await?).await
    }

    /// Whether the database answers and has the tables that this program works with.
    ///
    /// # Errors
    /// When it does not.
    pub async fn ready(&self) -> Result<()> {
        let mut unit = self.read().await?;
        migrate::check(&mut unit).await
    }

    /// Ends all connections.
    pub async fn close(&self) {
        self.0.database.close().await;
    }

    async fn read(&self) -> Result<Unit> {
        self.0.database.read().await
    }

    async fn write(&self) -> Result<Unit> {
        self.0.database.write().await
    }

    fn now(&self) -> Timestamp {
        self.0.ambient.timestamp()
    }

    /// A new id. Later ones sort after earlier ones, within the same millisecond as well.
    fn new_id(&self) -> String {
        let new = self.0.ambient.id();
        let Ok(mut latest) = self.0.latest_id.lock() else { return new.hyphenated().to_string() };
        *latest = if new > *latest { new } else { Uuid::from_u128(latest.as_u128().wrapping_add(1)) };
        latest.hyphenated().to_string()
    }
}
