//! All tables of the account, and what tests may ask of them.

use std::{
    collections::BTreeMap,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use serde_json::Value;

use super::{
    attribute::json_of,
    kept::{Kept, KeptError},
    schema::TableSchema,
    table::Table,
};

/// How requests fail, for tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordsFault {
    /// ProvisionedThroughputExceededException.
    Throttled,
    /// AccessDeniedException.
    Denied,
    /// The right answer, late.
    Slow(Duration),
    /// The right answer is carried out and then lost: the connection ends without one.
    Unanswered,
}

/// The tables. Clones share them.
#[derive(Clone, Debug)]
pub struct Records {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) tables: BTreeMap<String, Table>,
    pub(super) kept: Option<Kept>,
    pub(super) fault: Option<RecordsFault>,
}

impl Records {
    /// Empty tables.
    #[must_use]
    pub fn new(schemas: impl IntoIterator<Item = TableSchema>) -> Self {
        let tables = schemas.into_iter().map(|schema| (schema.name.clone(), Table::new(schema))).collect();
        Self { inner: Arc::new(Mutex::new(Inner { tables, kept: None, fault: None })) }
    }

    /// Tables with what an earlier run left in the file, which goes on.
    ///
    /// # Errors
    /// When the file cannot be used.
    pub fn kept_in(path: &Path, schemas: impl IntoIterator<Item = TableSchema>) -> Result<Self, KeptError> {
        let records = Self::new(schemas);
        let mut inner = records.lock();
        inner.kept = Some(Kept::open(path, inner.tables.values_mut())?);
        drop(inner);
        Ok(records)
    }

    /// The items of a table in DynamoDB's JSON, in the order of their keys.
    #[must_use]
    pub fn items(&self, table: &str) -> Vec<Value> {
        let inner = self.lock();
        inner.tables.get(table).map(|table| table.items.values().map(json_of).collect()).unwrap_or_default()
    }

    /// Makes every request fail, or work again.
    pub fn set_fault(&self, fault: Option<RecordsFault>) {
        self.lock().fault = fault;
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
