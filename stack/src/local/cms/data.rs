//! What is kept from one start to the next.

use std::{
    fs,
    path::{Path, PathBuf},
};

use tempfile::TempDir;

use super::{CmsError, CmsSettings};

/// The data on disk.
#[derive(Debug)]
pub(super) struct Data {
    pub(super) root: PathBuf,
    /// Gone with the stack where nothing is to be kept.
    _temporary: Option<TempDir>,
}

impl Data {
    pub(super) fn open(settings: &CmsSettings) -> Result<Data, CmsError> {
        let failed = |path: &Path, source| CmsError::Data { path: path.to_owned(), source };
        match &settings.data {
            Some(path) => {
                fs::create_dir_all(path).map_err(|source| failed(path, source))?;
                let root = fs::canonicalize(path).map_err(|source| failed(path, source))?;
                Ok(Data { root, _temporary: None })
            }
            None => {
                let folder = tempfile::Builder::new().prefix("parapet-data-").tempdir();
                let folder = folder.map_err(|source| failed(&std::env::temp_dir(), source))?;
                Ok(Data { root: folder.path().to_owned(), _temporary: Some(folder) })
            }
        }
    }

    pub(super) fn of(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }
}
