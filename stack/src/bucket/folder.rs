//! Loading a folder into a bucket, as a deployment would put it.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use super::{Bucket, Object, ObjectMetadata, content_type};

/// A content hash in a file's name makes its bytes final: browsers and the CDN may keep it for a year.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";
/// A page may be kept by the CDN, which is told when it changes, and never by a browser without asking.
const PAGE: &str = "public, max-age=0, s-maxage=86400, must-revalidate";
/// The rest has no hash: an hour at the CDN, asked for again by browsers.
const UNHASHED: &str = "public, max-age=0, s-maxage=3600, must-revalidate";

/// A folder that cannot be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// The file system refused.
    #[error("{path} cannot be read")]
    Unreadable {
        /// What was read.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Object keys are UTF-8.
    #[error("the name of {path} is not UTF-8")]
    NotUtf8 {
        /// The file.
        path: PathBuf,
    },
}

impl Bucket {
    /// Puts every file under `folder` under `prefix` and its relative path; how many there were. Files whose names start
    /// with a dot are left out. An object that is there already with the same bytes keeps its date, and one that was
    /// published stays.
    ///
    /// # Errors
    /// When a file cannot be read, or its name cannot be a key.
    pub fn load_folder(&self, folder: &Path, prefix: &str) -> Result<usize, FolderError> {
        let mut loaded = 0;
        let mut pending = vec![(folder.to_owned(), prefix.to_owned())];
        while let Some((folder, prefix)) = pending.pop() {
            let unreadable = |source| FolderError::Unreadable { path: folder.clone(), source };
            for entry in fs::read_dir(&folder).map_err(unreadable)? {
                let entry = entry.map_err(unreadable)?;
                let path = entry.path();
                let Ok(name) = entry.file_name().into_string() else {
                    return Err(FolderError::NotUtf8 { path });
                };
                if name.starts_with('.') {
                    continue;
                }
                if path.is_dir() {
                    pending.push((path, format!("{prefix}{name}/")));
                } else {
                    self.load_file(path, format!("{prefix}{name}"))?;
                    loaded += 1;
                }
            }
        }
        Ok(loaded)
    }

    fn load_file(&self, path: PathBuf, key: String) -> Result<(), FolderError> {
        let body = fs::read(&path).map_err(|source| FolderError::Unreadable { path, source })?;
        // What was published since has come after the file.
        let stays = |there: &Object| there.body == body || there.metadata.user.contains_key("release");
        if self.head(&key).is_some_and(|there| stays(&there)) {
            return Ok(());
        }
        let metadata = ObjectMetadata {
            content_type: Some(content_type(&key)),
            cache_control: Some(cache_control(&key).into()),
            ..ObjectMetadata::default()
        };
        self.put(key, body, metadata);
        Ok(())
    }
}

fn cache_control(key: &str) -> &'static str {
    if key.ends_with(".html") {
        PAGE
    } else if is_hashed(key) {
        IMMUTABLE
    } else {
        UNHASHED
    }
}

/// `app-0123456789abcdef.js`, `app-0123456789abcdef_bg.wasm`, `style.0123abcd.css`: eight or more hexadecimal digits
/// with at least one decimal one, between separators, before the extension.
fn is_hashed(key: &str) -> bool {
    let name = key.rsplit('/').next().unwrap_or(key);
    let Some((stem, _)) = name.rsplit_once('.') else { return false };
    stem.split(['-', '.', '_']).skip(1).any(|part| {
        part.len() >= 8
            && part.bytes().all(|byte| byte.is_ascii_hexdigit())
            && part.bytes().any(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_carries_a_hash_is_immutable() {
        for hashed in ["app-0123456789abcdef.js", "a/app-8f3e2d1c_bg.wasm", "style.0123abcd.css"] {
            assert_eq!(cache_control(hashed), IMMUTABLE, "{hashed}");
        }
        for plain in ["app.js", "a-deadbeef.js", "2026-01-02.txt", "0123456789abcdef", "x.0123abc.css"] {
            assert_eq!(cache_control(plain), UNHASHED, "{plain}");
        }
        assert_eq!(cache_control("a-0123456789abcdef.html"), PAGE);
    }

    #[test]
    fn a_folder_becomes_keys() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("guide")).unwrap();
        fs::write(folder.path().join("guide/index.html"), "<p>").unwrap();
        fs::write(folder.path().join("robots.txt"), "").unwrap();
        fs::write(folder.path().join(".hidden"), "").unwrap();
        let bucket = Bucket::new();
        assert_eq!(bucket.load_folder(folder.path(), "site/").unwrap(), 2);
        let keys: Vec<_> = bucket.list("").iter().map(|object| object.key.clone()).collect();
        assert_eq!(keys, ["site/guide/index.html", "site/robots.txt"]);
        let page = bucket.head("site/guide/index.html").unwrap();
        assert_eq!(page.metadata.content_type.as_deref(), Some("text/html; charset=utf-8"));
        assert!(bucket.load_folder(&folder.path().join("none"), "").is_err());
    }
}
