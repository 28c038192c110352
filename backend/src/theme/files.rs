//! A theme's files, out of a folder or out of the program itself.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::problem::ThemeProblem;

/// The default theme.
static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/../theme");

/// The bytes of a theme's files by their path in it, such as `layouts/entry.html`.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

pub(super) fn embedded() -> Files {
    let mut files = Files::new();
    gather(&EMBEDDED, &mut files);
    files
}

fn gather(folder: &Dir<'_>, files: &mut Files) {
    for file in folder.files() {
        if let Some(path) = file.path().to_str() {
            files.insert(path.to_owned(), file.contents().to_vec());
        }
    }
    folder.dirs().for_each(|folder| gather(folder, files));
}

/// Reads a folder with all that is in it. Hidden files are an editor's or a version control's.
pub(super) fn of_folder(folder: &Path) -> Result<Files, ThemeProblem> {
    let mut files = Files::new();
    read(folder, "", &mut files)?;
    Ok(files)
}

fn read(folder: &Path, prefix: &str, files: &mut Files) -> Result<(), ThemeProblem> {
    let unreadable = |path: &str, error: std::io::Error| {
        let path = if path.is_empty() { folder.display().to_string() } else { path.to_owned() };
        ThemeProblem::in_file(path, format!("cannot be read: {error}"))
    };
    for entry in std::fs::read_dir(folder).map_err(|error| unreadable(prefix, error))? {
        let entry = entry.map_err(|error| unreadable(prefix, error))?;
        let name = entry.file_name();
        let Some(name) = name.to_str() else {
            return Err(ThemeProblem::in_file(name.to_string_lossy(), "has a name that is not UTF-8"));
        };
        if name.starts_with('.') {
            continue;
        }
        let path = format!("{prefix}{name}");
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{path}/"), files)?;
        } else {
            let bytes = std::fs::read(entry.path()).map_err(|error| unreadable(&path, error))?;
            files.insert(path, bytes);
        }
    }
    Ok(())
}
