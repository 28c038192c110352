//! Rows of answers.

use serde_json::Value;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

use super::super::error::{Result, StoreError};
use super::arg::renumbered;

/// A row of an answer. Columns count from 0.
pub(in crate::store) enum Row {
    Sqlite(SqliteRow),
    Postgres(PgRow),
    /// One of many that came as one value.
    Listed(Vec<Value>),
}

/// A statement of SQLite's that answers all rows of another (which has `parameters`) as one value, a JSON array of arrays; and
/// beside it the number that `counting` answers.
pub(super) fn as_one_row(columns: usize, sql: &str, parameters: usize, counting: &str) -> String {
    let names: Vec<String> = (0..columns).map(|number| format!("c{number}")).collect();
    let names = names.join(", ");
    let mut all = format!("WITH listed ({names}) AS ({sql}) SELECT json_group_array(json_array({names})), ");
    if counting.is_empty() {
        all.push_str("NULL");
    } else {
        all.push('(');
        renumbered(counting, parameters, &mut all);
        all.push(')');
    }
    all.push_str(" FROM listed");
    all
}

/// The rows in what that statement answers.
pub(super) fn of_one_row(row: &SqliteRow) -> Result<Vec<Row>> {
    let text = row.try_get_unchecked::<&str, _>(0)?;
    let rows: Vec<Vec<Value>> =
        serde_json::from_str(text).map_err(|error| StoreError::Corrupt(format!("a list: {error}")))?;
    Ok(rows.into_iter().map(Row::Listed).collect())
}

/// A value of a column, taken from one of many rows that came as one value.
trait Listed: Sized {
    fn listed(value: Option<&Value>) -> Option<Self>;
}

impl Listed for String {
    fn listed(value: Option<&Value>) -> Option<String> {
        value?.as_str().map(ToOwned::to_owned)
    }
}

impl Listed for i64 {
    fn listed(value: Option<&Value>) -> Option<i64> {
        value?.as_i64()
    }
}

impl<T: Listed> Listed for Option<T> {
    fn listed(value: Option<&Value>) -> Option<Option<T>> {
        match value? {
            Value::Null => Some(None),
            value => T::listed(Some(value)).map(Some),
        }
    }
}

macro_rules! column {
    ($row:expr, $index:expr, $ty:ty) => {
        match $row {
            Row::Sqlite(row) => row.try_get_unchecked::<$ty, _>($index).map_err(StoreError::from),
            Row::Postgres(row) => row.try_get_unchecked::<$ty, _>($index).map_err(StoreError::from),
            Row::Listed(values) => <$ty>::listed(values.get($index))
                .ok_or_else(|| StoreError::Corrupt(format!("column {} is of another kind", $index))),
        }
    };
}

impl Row {
    pub(in crate::store) fn text(&self, index: usize) -> Result<String> {
        column!(self, index, String)
    }

    pub(in crate::store) fn maybe_text(&self, index: usize) -> Result<Option<String>> {
        column!(self, index, Option<String>)
    }

    pub(in crate::store) fn int(&self, index: usize) -> Result<i64> {
        column!(self, index, i64)
    }

    pub(in crate::store) fn maybe_int(&self, index: usize) -> Result<Option<i64>> {
        column!(self, index, Option<i64>)
    }

    pub(in crate::store) fn flag(&self, index: usize) -> Result<bool> {
        Ok(self.int(index)? != 0)
    }

    /// A value that is kept as JSON.
    pub(in crate::store) fn json<T: serde::de::DeserializeOwned>(&self, index: usize) -> Result<T> {
        let text = match self {
            Row::Sqlite(row) => row.try_get_unchecked::<&str, _>(index)?,
            Row::Postgres(row) => row.try_get_unchecked::<&str, _>(index)?,
            Row::Listed(values) => values.get(index).and_then(Value::as_str).unwrap_or_default(),
        };
        serde_json::from_str(text).map_err(|error| StoreError::Corrupt(format!("column {index}: {error}")))
    }

    /// A value that is kept as JSON, or none.
    pub(in crate::store) fn maybe_json<T: serde::de::DeserializeOwned>(
        &self,
        index: usize,
    ) -> Result<Option<T>> {
        match self.maybe_text(index)? {
            None => Ok(None),
            Some(_) => self.json(index).map(Some),
        }
    }

    /// A value whose JSON is a text without quotes, such as a state.
    pub(in crate::store) fn word<T: serde::de::DeserializeOwned>(&self, index: usize) -> Result<T> {
        let text = self.text(index)?;
        let value = Value::String(text);
        serde_json::from_value(value).map_err(|error| StoreError::Corrupt(format!("column {index}: {error}")))
    }
}
