//! The items on disk: a file of lines, one for each change, rewritten as a whole at the start.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, BufRead, BufReader, Write},
    path::{Path, PathBuf},
};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    attribute::{json_of, read_item},
    key::Key,
    table::Table,
};

/// The file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeptError {
    /// It can be neither read nor written.
    #[error("records file {}", path.display())]
    Unreachable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A line is not what an earlier run wrote.
    #[error("records file {}, line {line}: expected what an earlier run wrote", path.display())]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
    },
}

/// A change, as it is written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Change {
    table: String,
    partition: String,
    sort: String,
    /// None for an item that is gone.
    item: Option<Value>,
}

/// The open file.
#[derive(Debug)]
pub(super) struct Kept {
    file: File,
}

impl Kept {
    /// Reads what an earlier run wrote into the tables. Items of tables that are no more are left out.
    pub(super) fn open<'a>(
        path: &Path,
        tables: impl Iterator<Item = &'a mut Table>,
    ) -> Result<Self, KeptError> {
        let unreachable = |source| KeptError::Unreachable { path: path.to_owned(), source };
        let mut tables: Vec<_> = tables.collect();
        match File::open(path) {
            Ok(file) => {
                for (index, line) in BufReader::new(file).split(b'\n').enumerate() {
                    let line = line.map_err(unreachable)?;
                    let malformed = || KeptError::Malformed { path: path.to_owned(), line: index + 1 };
                    // The last line of a run that was killed may be half there.
                    let Ok(change) = serde_json::from_slice::<Change>(&line) else {
                        tracing::warn!(line = index + 1, "a line of the records file cannot be read");
                        continue;
                    };
                    let Some(table) = tables.iter_mut().find(|table| table.schema.name == change.table)
                    else {
                        continue;
                    };
                    let key = Key { partition: change.partition, sort: change.sort };
                    match change.item {
                        Some(item) => {
                            table.items.insert(key, read_item(&item).map_err(|_| malformed())?);
                        }
                        None => drop(table.items.remove(&key)),
                    }
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(source) => return Err(unreachable(source)),
        }
        let beside = path.with_extension("new");
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(true).open(&beside).map_err(unreachable)?;
        for table in &tables {
            for (key, item) in &table.items {
                file.write_all(&line(&table.schema.name, key, Some(json_of(item)))).map_err(unreachable)?;
            }
        }
        fs::rename(&beside, path).map_err(unreachable)?;
        Ok(Self { file })
    }

    /// Writes one change down.
    pub(super) fn note(&mut self, table: &str, key: &Key, item: Option<Value>) {
        if let Err(error) = self.file.write_all(&line(table, key, item)) {
            tracing::error!(%error, "a record was not kept on disk");
        }
    }
}

fn line(table: &str, key: &Key, item: Option<Value>) -> Vec<u8> {
    let change =
        Change { table: table.to_owned(), partition: key.partition.clone(), sort: key.sort.clone(), item };
    // Text and JSON always serialise.
    let mut line = serde_json::to_vec(&change).unwrap_or_default();
    line.push(b'\n');
    line
}
