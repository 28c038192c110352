//! A bucket's objects on disk: for each a file with its bytes and one that says what it is, named after the hash of its
//! key, since a key may be longer than a file name and `a` may lie beside `a/b`. Earlier versions are not kept.

use std::{
    collections::BTreeMap,
    fmt::Write,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, UNIX_EPOCH},
};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Object, ObjectMetadata, contents::Contents};

/// A folder that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("bucket folder {}", path.display())]
pub struct KeptError {
    path: PathBuf,
    source: io::Error,
}

/// What is said about an object.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Card {
    key: String,
    modified: u64,
    content_type: Option<String>,
    cache_control: Option<String>,
    content_encoding: Option<String>,
    #[serde(default)]
    redirect: Option<String>,
    user: BTreeMap<String, String>,
}

/// The folder of one bucket.
#[derive(Debug)]
pub(super) struct Kept {
    folder: PathBuf,
}

impl Kept {
    /// Takes the folder, which is made if it is not there, and what an earlier run left in it.
    pub(super) fn open(folder: &Path, contents: &mut Contents) -> Result<Self, KeptError> {
        let failed = |source| KeptError { path: folder.to_owned(), source };
        fs::create_dir_all(folder).map_err(failed)?;
        for entry in fs::read_dir(folder).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let card: Card = serde_json::from_slice(&fs::read(&path).map_err(failed)?)
                .map_err(|error| failed(io::Error::other(error)))?;
            let body = fs::read(path.with_extension("bin")).map_err(failed)?;
            let metadata = ObjectMetadata {
                content_type: card.content_type,
                cache_control: card.cache_control,
                content_encoding: card.content_encoding,
                redirect: card.redirect,
                checksum: None,
                user: card.user,
            };
            let modified = UNIX_EPOCH + Duration::from_secs(card.modified);
            contents.put(Arc::new(Object::new(card.key, body.into(), metadata, modified)));
        }
        Ok(Self { folder: folder.to_owned() })
    }

    /// Writes an object down: its bytes first, so that a card never stands for bytes that are not there.
    pub(super) fn put(&self, object: &Object) {
        let (card, bytes) = self.paths(&object.key);
        let metadata = &object.metadata;
        let written = Card {
            key: object.key.clone(),
            modified: object.last_modified.duration_since(UNIX_EPOCH).map_or(0, |age| age.as_secs()),
            content_type: metadata.content_type.clone(),
            cache_control: metadata.cache_control.clone(),
            content_encoding: metadata.content_encoding.clone(),
            redirect: metadata.redirect.clone(),
            user: metadata.user.clone(),
        };
        // Text always serialises.
        let text = serde_json::to_vec(&written).unwrap_or_default();
        let replaced = replace(&bytes, &object.body).and_then(|()| replace(&card, &text));
        if let Err(error) = replaced {
            tracing::error!(%error, key = object.key, "an object was not kept on disk");
        }
    }

    /// Takes an object away: its card first.
    pub(super) fn delete(&self, key: &str) {
        let (card, bytes) = self.paths(key);
        for path in [card, bytes] {
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    tracing::error!(%error, key, "an object was not removed from disk");
                }
                _ => {}
            }
        }
    }

    fn paths(&self, key: &str) -> (PathBuf, PathBuf) {
        let hash = Sha256::digest(key.as_bytes()).iter().take(16).fold(String::new(), |mut name, byte| {
            // Writing into a String cannot fail.
            let _ = write!(name, "{byte:02x}");
            name
        });
        (self.folder.join(format!("{hash}.json")), self.folder.join(format!("{hash}.bin")))
    }
}

/// A reader of the folder sees the old bytes or the new ones.
fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    fs::write(&beside, bytes)?;
    fs::rename(&beside, path)
}
