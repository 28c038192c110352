//! Folders of markdown: Hugo's and Zola's `content`, Jekyll's `_posts`, and any other.

mod addresses;
mod draft;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use addresses::Addresses;
use draft::Draft;

use super::document::Read;
use super::error::ImportError;

/// Folders that hold no documents, although markdown may lie in them.
const NO_CONTENT: [&str; 10] = [
    "node_modules",
    "themes",
    "layouts",
    "archetypes",
    "_layouts",
    "_includes",
    "_site",
    "public",
    "templates",
    "static",
];

/// Reads all documents of a folder.
///
/// # Errors
///
/// When it cannot be read, or holds none.
pub(super) fn read(folder: &Path) -> Result<Read, ImportError> {
    let root = root_of(folder);
    let files = find(&root)?;
    if files.is_empty() {
        return Err(ImportError::Empty { path: folder.to_owned() });
    }
    let (mut read, mut drafts) = (Read::default(), Vec::new());
    for (relative, file) in &files {
        match Draft::read(relative, file) {
            Ok(draft) => drafts.push(draft),
            Err(problem) => read.left_out.push(format!("{relative}: {problem}")),
        }
    }
    let addresses = Addresses::of(&drafts);
    let roots = [root.clone(), folder.join("static"), folder.to_owned()];
    for draft in drafts {
        if draft.is_section {
            read.sections.push(draft.section());
            if draft.text.trim().is_empty() {
                continue;
            }
        }
        let beside = files.get(&draft.relative).and_then(|file| file.parent()).unwrap_or(&root);
        read.documents.push(draft.into_document(&addresses, beside, &roots));
    }
    Ok(read.in_order())
}

/// The content's own folder, where a whole project is named.
fn root_of(folder: &Path) -> PathBuf {
    let content = folder.join("content");
    let is_project = ["config.toml", "hugo.toml", "zola.toml", "hugo.yaml", "config.yaml", "config"]
        .iter()
        .any(|name| folder.join(name).exists());
    let holds_none = || {
        let names = fs::read_dir(folder).into_iter().flatten().flatten();
        !names.into_iter().any(|name| name.path().extension().is_some_and(|end| end == "md"))
    };
    if content.is_dir() && (is_project || holds_none()) { content } else { folder.to_owned() }
}

fn find(root: &Path) -> Result<BTreeMap<String, PathBuf>, ImportError> {
    let mut files = BTreeMap::new();
    let wanted = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0
            || !(name.starts_with('.') || entry.file_type().is_dir() && NO_CONTENT.contains(&&*name))
    };
    for entry in WalkDir::new(root).into_iter().filter_entry(wanted) {
        let entry = entry.map_err(|error| ImportError::Unreadable {
            path: error.path().unwrap_or(root).to_owned(),
            source: error.into(),
        })?;
        let is_markdown = entry.path().extension().is_some_and(|end| end == "md" || end == "markdown");
        if entry.file_type().is_file() && is_markdown {
            let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
            files.insert(relative.to_string_lossy().replace('\\', "/"), entry.into_path());
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests;
