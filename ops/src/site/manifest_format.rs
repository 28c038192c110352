//! The manifest as JSON. It lies in a bucket that others write to, so nothing in it is taken for granted.

use std::collections::BTreeMap;

use delivery::InvalidationPath;
use serde::{Deserialize, Serialize};

use super::headers::{Encoding, Headers};
use super::lease::Lease;
use super::manifest::{Journal, Manifest, PastDeploy, PlannedUpload, Remembered};
use crate::moment::Moment;

/// The format that is written, and the only one that is read.
const FORMAT: u64 = 1;

/// A manifest that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum FormatError {
    /// It is no JSON, or no manifest.
    #[error("it is no manifest: {0}")]
    Json(#[from] serde_json::Error),
    /// A later version of this program wrote it.
    #[error("it has format {found}, expected {FORMAT}")]
    Format {
        /// Its format.
        found: u64,
    },
    /// It belongs to another part of the bucket.
    #[error("it is of the prefix {found:?}, expected {expected:?}")]
    Prefix {
        /// Its prefix.
        found: String,
        /// The prefix that is deployed to.
        expected: String,
    },
    /// Something in it cannot be.
    #[error("{what} {value:?} is wrong, expected {expected}")]
    Value {
        /// What it is.
        what: &'static str,
        /// As found.
        value: String,
        /// What it should be.
        expected: &'static str,
    },
}

#[derive(Deserialize)]
struct AnyFormat {
    format: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    format: u64,
    prefix: String,
    /// Few headers serve many objects, which name them by their place here.
    headers: Vec<Headers>,
    objects: BTreeMap<String, Object>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    journal: Option<JournalDocument>,
    history: Vec<PastDocument>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Object {
    sha256: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    etag: Option<String>,
    headers: usize,
    encoding: Encoding,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    gone_since: Option<Moment>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    fickle: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct JournalDocument {
    id: String,
    began: Moment,
    uploads: BTreeMap<String, UploadDocument>,
    paths: Vec<String>,
    reference: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lease: Option<LeaseDocument>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct LeaseDocument {
    holder: String,
    until: Moment,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct UploadDocument {
    object: Object,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    replaces: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PastDocument {
    id: String,
    at: Moment,
    uploaded: usize,
    removed: usize,
    kept: usize,
    paths: Vec<String>,
}

/// Writes a manifest; the same one always gives the same bytes.
pub(super) fn write(manifest: &Manifest, prefix: &str) -> Result<Vec<u8>, FormatError> {
    let mut table = Table::default();
    let journal = manifest.journal.as_ref().map(|journal| JournalDocument {
        id: journal.id.clone(),
        began: journal.began,
        uploads: journal.uploads.iter().map(|(key, upload)| (key.clone(), table.upload(upload))).collect(),
        paths: journal.paths.iter().map(ToString::to_string).collect(),
        reference: journal.reference.clone(),
        lease: journal
            .lease
            .as_ref()
            .map(|lease| LeaseDocument { holder: lease.holder.clone(), until: lease.until }),
    });
    let objects = manifest.objects.iter().map(|(key, object)| (key.clone(), table.object(object))).collect();
    let history = manifest.history.iter().map(|past| PastDocument {
        id: past.id.clone(),
        at: past.at,
        uploaded: past.uploaded,
        removed: past.removed,
        kept: past.kept,
        paths: past.paths.iter().map(ToString::to_string).collect(),
    });
    let history = history.collect();
    let prefix = prefix.to_owned();
    Ok(serde_json::to_vec(&Document { format: FORMAT, prefix, headers: table.0, objects, journal, history })?)
}

/// Reads the manifest of a prefix.
pub(super) fn read(bytes: &[u8], prefix: &str) -> Result<Manifest, FormatError> {
    let AnyFormat { format: found } = serde_json::from_slice(bytes)?;
    if found != FORMAT {
        return Err(FormatError::Format { found });
    }
    let document: Document = serde_json::from_slice(bytes)?;
    if document.prefix != prefix {
        return Err(FormatError::Prefix { found: document.prefix, expected: prefix.to_owned() });
    }
    let table = Table(document.headers);
    let objects =
        document.objects.into_iter().map(|(key, object)| Ok((checked_key(key)?, table.read(object)?)));
    let history = document.history.into_iter().map(|past| {
        Ok(PastDeploy {
            id: past.id,
            at: past.at,
            uploaded: past.uploaded,
            removed: past.removed,
            kept: past.kept,
            paths: checked_paths(past.paths)?,
        })
    });
    Ok(Manifest {
        objects: objects.collect::<Result<_, FormatError>>()?,
        journal: document.journal.map(|journal| read_journal(journal, &table)).transpose()?,
        history: history.collect::<Result<_, FormatError>>()?,
    })
}

fn read_journal(journal: JournalDocument, table: &Table) -> Result<Journal, FormatError> {
    let uploads = journal.uploads.into_iter().map(|(key, upload)| {
        let planned = PlannedUpload { object: table.read(upload.object)?, replaces: upload.replaces };
        Ok((checked_key(key)?, planned))
    });
    Ok(Journal {
        id: journal.id,
        began: journal.began,
        uploads: uploads.collect::<Result<_, FormatError>>()?,
        paths: checked_paths(journal.paths)?,
        reference: journal.reference,
        lease: journal.lease.map(|lease| Lease { holder: lease.holder, until: lease.until }),
    })
}

/// The headers that occur, each once.
#[derive(Default)]
struct Table(Vec<Headers>);

impl Table {
    fn place(&mut self, headers: &Headers) -> usize {
        self.0.iter().position(|known| known == headers).unwrap_or_else(|| {
            self.0.push(headers.clone());
            self.0.len() - 1
        })
    }

    fn upload(&mut self, upload: &PlannedUpload) -> UploadDocument {
        UploadDocument { object: self.object(&upload.object), replaces: upload.replaces.clone() }
    }

    fn object(&mut self, object: &Remembered) -> Object {
        Object {
            sha256: object.sha256.clone(),
            etag: object.etag.clone(),
            headers: self.place(&object.headers),
            encoding: object.encoding,
            version: object.version.clone(),
            gone_since: object.gone_since,
            fickle: object.fickle,
        }
    }

    fn read(&self, object: Object) -> Result<Remembered, FormatError> {
        let headers = self.0.get(object.headers).cloned().ok_or_else(|| FormatError::Value {
            what: "the place of the headers",
            value: object.headers.to_string(),
            expected: "one of the list",
        })?;
        if object.sha256.len() != 64 || !object.sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            let expected = "64 hexadecimal digits";
            return Err(FormatError::Value { what: "the digest", value: object.sha256, expected });
        }
        Ok(Remembered {
            sha256: object.sha256,
            etag: object.etag,
            headers,
            encoding: object.encoding,
            version: object.version,
            gone_since: object.gone_since,
            fickle: object.fickle,
        })
    }
}

fn checked_key(key: String) -> Result<String, FormatError> {
    if key.is_empty() || key.len() > 1_024 || key.chars().any(char::is_control) {
        let expected = "1 to 1,024 bytes without control characters";
        return Err(FormatError::Value { what: "the key", value: key, expected });
    }
    Ok(key)
}

fn checked_paths(paths: Vec<String>) -> Result<Vec<InvalidationPath>, FormatError> {
    let read = |text: String| match InvalidationPath::parse(&text) {
        Ok(path) if path.as_str() == text => Ok(path),
        _ => Err(FormatError::Value { what: "the path", value: text, expected: "an invalidation path" }),
    };
    paths.into_iter().map(read).collect()
}

#[cfg(test)]
#[path = "manifest_format_tests.rs"]
mod tests;
