//! The folder that is deployed: its files, hashed, under the keys they will have.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use delivery::Kind;
use walkdir::{DirEntry, WalkDir};

use super::hashing::hash;
use super::header_rule::HeaderRule;
use super::headers::Headers;
use crate::failure::{Exit, NextStep};

/// The longest object key, in bytes.
const LONGEST_KEY: usize = 1_024;
/// The largest object that S3 takes in one piece, in bytes.
const LARGEST: u64 = 5 * 1_024 * 1_024 * 1_024;
/// The one name with a dot at its start that belongs to a site (RFC 8615).
const WELL_KNOWN: &str = ".well-known";

/// A file to deploy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalFile {
    /// Its object key, relative to the site's prefix.
    pub key: String,
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 digest of its bytes, in hexadecimal digits.
    pub sha256: String,
    /// What it is served with.
    pub headers: Headers,
    /// What part it plays in a deploy.
    pub kind: Kind,
    /// Whether to store it compressed, if that makes it smaller.
    pub compress: bool,
}

/// What a folder holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// The files to deploy, in the order of their keys.
    pub files: Vec<LocalFile>,
    /// Files and folders that are not deployed, by their paths in the folder; those of folders end with a slash.
    pub left_out: Vec<String>,
}

/// A folder that cannot be deployed.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// It is not there, or it is no folder.
    #[error("{} is no folder that can be read", path.display())]
    NoFolder {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Deploying nothing would remove the whole site.
    #[error("{} holds no file to deploy", path.display())]
    Empty {
        /// Where it is.
        path: PathBuf,
    },
    /// Files that cannot be deployed.
    #[error("{} cannot be deployed:\n{}", path.display(), problems.join("\n"))]
    Wrong {
        /// Where it is.
        path: PathBuf,
        /// All of them, each with its reason.
        problems: Vec<String>,
    },
}

impl NextStep for FolderError {
    fn next_step(&self) -> String {
        match self {
            FolderError::NoFolder { .. } => "build the site, or name the folder it is built into".to_owned(),
            FolderError::Empty { .. } => "build the site, then run the command again".to_owned(),
            FolderError::Wrong { .. } => {
                "rename, replace or remove these files, then run it again".to_owned()
            }
        }
    }

    fn exit(&self) -> Exit {
        Exit::Config
    }
}

/// A file that was found and not read yet.
pub(super) struct Found {
    pub(super) key: String,
    pub(super) path: PathBuf,
    pub(super) size: u64,
}

/// Finds and hashes every file under `folder`. Files and folders whose names start with a dot are left out, but for
/// `.well-known`, and are told; symbolic links are followed as long as they stay inside of the folder.
///
/// # Errors
///
/// When there is no such folder, nothing in it, or with everything in it that cannot be deployed.
pub async fn scan(folder: &Path, precompress: bool, rules: &[HeaderRule]) -> Result<Scan, FolderError> {
    let path = folder.to_owned();
    let (found, left_out) = find(folder)?;
    if found.is_empty() {
        return Err(FolderError::Empty { path });
    }
    let files = hash(found, precompress, rules).await;
    Ok(Scan { files: files.map_err(|problems| FolderError::Wrong { path, problems })?, left_out })
}

/// What is deployed, and what is not.
fn find(folder: &Path) -> Result<(Vec<Found>, Vec<String>), FolderError> {
    let no_folder = || FolderError::NoFolder { path: folder.to_owned() };
    let root = fs::canonicalize(folder).map_err(|_| no_folder())?;
    if !root.is_dir() {
        return Err(no_folder());
    }
    let (mut found, mut left_out, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    let mut entries = WalkDir::new(&root).min_depth(1).follow_links(true).into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                problems.push(unreadable(&error, &root));
                continue;
            }
        };
        let leaves = entry.path_is_symlink() && leads_outside(&entry, &root);
        if leaves {
            problems.push(format!("{}: a link to outside of the folder", shown(entry.path(), &root)));
        }
        if leaves || is_hidden(&entry) {
            let is_folder = entry.file_type().is_dir();
            if !leaves {
                left_out.push(format!("{}{}", shown(entry.path(), &root), if is_folder { "/" } else { "" }));
            }
            if is_folder {
                entries.skip_current_dir();
            }
        } else if !entry.file_type().is_dir() {
            match read_entry(&entry, &root) {
                Ok(file) => found.push(file),
                Err(problem) => problems.push(format!("{}: {problem}", shown(entry.path(), &root))),
            }
        }
    }
    found.sort_unstable_by(|a, b| a.key.cmp(&b.key));
    left_out.sort_unstable();
    problems.sort_unstable();
    if problems.is_empty() {
        Ok((found, left_out))
    } else {
        Err(FolderError::Wrong { path: folder.to_owned(), problems })
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    let name = entry.file_name();
    name.as_encoded_bytes().starts_with(b".") && !(entry.depth() == 1 && name == WELL_KNOWN)
}

fn leads_outside(entry: &DirEntry, root: &Path) -> bool {
    fs::canonicalize(entry.path()).is_ok_and(|target| !target.starts_with(root))
}

fn read_entry(entry: &DirEntry, root: &Path) -> Result<Found, String> {
    let key = key_of(entry.path().strip_prefix(root).unwrap_or(entry.path()))?;
    let metadata = entry.metadata().map_err(|error| error.to_string())?;
    if !metadata.is_file() {
        return Err("expected a file, found a device, socket or pipe".to_owned());
    }
    if metadata.len() > LARGEST {
        return Err(format!("{} bytes, expected at most 5 GiB", metadata.len()));
    }
    Ok(Found { key, path: entry.path().to_owned(), size: metadata.len() })
}

fn key_of(relative: &Path) -> Result<String, String> {
    let names = relative.iter().map(|name| name.to_str());
    let names: Option<Vec<&str>> = names.collect();
    let key = names.ok_or("the name is not UTF-8, as object keys are")?.join("/");
    if key.chars().any(char::is_control) {
        return Err("the name holds a control character".to_owned());
    }
    if key.len() > LONGEST_KEY {
        return Err(format!("the name has {} bytes, expected at most {LONGEST_KEY}", key.len()));
    }
    Ok(key)
}

fn unreadable(error: &walkdir::Error, root: &Path) -> String {
    let place = shown(error.path().unwrap_or(root), root);
    if error.loop_ancestor().is_some() {
        return format!("{place}: a link to a folder that it is in");
    }
    let reason = error.io_error().map_or_else(|| "cannot be read".to_owned(), io::Error::to_string);
    format!("{place}: {reason}")
}

/// The path as seen from the folder; lossy, and with control characters spelled out.
fn shown(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().escape_debug().to_string()
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;

    use super::*;

    fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    async fn keys(folder: &Path) -> Vec<String> {
        scan(folder, true, &[]).await.unwrap().files.into_iter().map(|file| file.key).collect()
    }

    async fn problems(folder: &Path) -> Vec<String> {
        match scan(folder, true, &[]).await {
            Err(FolderError::Wrong { problems, .. }) => problems,
            other => panic!("{other:?}"),
        }
    }

    #[tokio::test]
    async fn files_become_keys_in_order_with_their_hashes() {
        let site = folder(&[("guide/index.html", "abc"), ("a.txt", ""), (".git/config", "x"), (".env", "x")]);
        fs::create_dir(site.path().join(".well-known")).unwrap();
        fs::write(site.path().join(".well-known/security.txt"), "x").unwrap();
        let scanned = scan(site.path(), true, &[]).await.unwrap();
        assert_eq!(scanned.left_out, [".env", ".git/"]);
        let files = scanned.files;
        let keys: Vec<_> = files.iter().map(|file| file.key.as_str()).collect();
        assert_eq!(keys, [".well-known/security.txt", "a.txt", "guide/index.html"]);
        assert_eq!(files[2].sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!((files[2].size, files[2].compress), (3, false));
    }

    #[tokio::test]
    async fn links_are_followed_inside_only() {
        let site = folder(&[("a/one.txt", "1")]);
        symlink(site.path().join("a"), site.path().join("b")).unwrap();
        assert_eq!(keys(site.path()).await, ["a/one.txt", "b/one.txt"]);
        let other = folder(&[("secret.txt", "s")]);
        symlink(other.path().join("secret.txt"), site.path().join("leak.txt")).unwrap();
        symlink(other.path(), site.path().join("leaks")).unwrap();
        symlink(site.path(), site.path().join("a/loop")).unwrap();
        symlink("nowhere", site.path().join("broken")).unwrap();
        let said = problems(site.path()).await;
        for expected in
            ["leak.txt: a link to outside", "leaks: a link to outside", "a/loop: ", "broken: No such file"]
        {
            assert!(said.iter().any(|line| line.starts_with(expected)), "{expected}: {said:?}");
        }
    }

    #[tokio::test]
    async fn every_name_that_is_no_key_is_told_at_once() {
        let site = folder(&[("good.txt", ""), ("line\nbreak", "")]);
        fs::write(site.path().join(OsStr::from_bytes(b"latin-\xe9.txt")), "").unwrap();
        let deep = vec!["d".repeat(200); 5].join("/");
        for (length, is_fine) in [(18, true), (19, false)] {
            let path = site.path().join(&deep).join("x".repeat(length + 1));
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
            assert_eq!(problems(site.path()).await.len(), if is_fine { 2 } else { 3 });
        }
        let said = problems(site.path()).await.join("\n");
        assert!(
            said.contains("control character") && said.contains("not UTF-8") && said.contains("1025 bytes"),
            "{said}"
        );
    }

    #[tokio::test]
    async fn nothing_to_deploy_is_an_error() {
        assert!(matches!(scan(Path::new("/nowhere"), true, &[]).await, Err(FolderError::NoFolder { .. })));
        let hidden = folder(&[(".git/config", "x")]);
        assert!(matches!(scan(hidden.path(), true, &[]).await, Err(FolderError::Empty { .. })));
        assert!(matches!(
            scan(&hidden.path().join(".git/config"), true, &[]).await,
            Err(FolderError::NoFolder { .. })
        ));
    }
}
