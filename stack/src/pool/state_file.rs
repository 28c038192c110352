//! The state file: users, refresh tokens and keys as JSON, replaced as a whole and readable by its owner alone.

use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::refresh_token::RefreshTokens;
use super::signing_key::{KeptKeyRing, KeyError};
use super::state::State;
use super::user::Users;

/// The state file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StateFileError {
    /// It can be neither read nor written.
    #[error("state file {}", path.display())]
    Unreachable {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// It is not what this pool writes.
    #[error("state file {}: expected what an earlier run of this pool wrote", path.display())]
    Malformed {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: serde_json::Error,
    },
    /// A signing key cannot be written down.
    #[error(transparent)]
    Key(#[from] KeyError),
}

/// What is read.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kept {
    pub(crate) users: Users,
    pub(crate) refresh_tokens: RefreshTokens,
    pub(crate) keys: KeptKeyRing,
}

/// What is written; the same fields, borrowed.
#[derive(Serialize)]
struct Keeping<'a> {
    users: &'a Users,
    refresh_tokens: &'a RefreshTokens,
    keys: KeptKeyRing,
}

/// The file's content; none if there is no file yet.
pub(crate) fn read(path: &Path) -> Result<Option<Kept>, StateFileError> {
    let text = match std::fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(source) => return Err(StateFileError::Unreachable { path: path.to_owned(), source }),
    };
    serde_json::from_slice(&text)
        .map(Some)
        .map_err(|source| StateFileError::Malformed { path: path.to_owned(), source })
}

/// The text to write, taken while the state is held still.
pub(crate) fn text(state: &State) -> Result<String, KeyError> {
    let (users, refresh_tokens) = (&state.users, &state.refresh_tokens);
    serde_json::to_string(&Keeping { users, refresh_tokens, keys: state.keys.kept()? })
        .map_err(|_| KeyError::Unusable)
}

/// Writes beside the file, then renames: a reader sees the old text or the new one.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), StateFileError> {
    let beside = path.with_extension("new");
    let replace = || {
        let mut options = std::fs::OpenOptions::new();
        let mut file = options.write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&beside, path)
    };
    replace().map_err(|source| StateFileError::Unreachable { path: path.to_owned(), source })
}
