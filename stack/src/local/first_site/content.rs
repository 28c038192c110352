//! The folder: the site, its sections, pictures and entries.

use std::{
    fs,
    path::{Path, PathBuf},
};

use serde::Deserialize;
use serde_json::{Map, Value};

use super::FirstSiteError;
use crate::template::read_yaml;

/// What the folder holds.
pub(super) struct Content {
    /// What who publishes it is called.
    pub(super) me: Option<Value>,
    pub(super) site: Value,
    pub(super) sections: Vec<Value>,
    pub(super) pictures: Vec<Picture>,
    pub(super) entries: Vec<FirstEntry>,
}

/// A picture of `media/`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Picture {
    pub(super) file: String,
    pub(super) section: String,
    pub(super) alt: String,
}

/// An entry.
pub(super) struct FirstEntry {
    pub(super) file: PathBuf,
    /// What the API is told, but for the body.
    pub(super) members: Map<String, Value>,
    pub(super) body: String,
    pub(super) draft: bool,
}

impl Content {
    pub(super) fn read(folder: &Path) -> Result<Self, FirstSiteError> {
        let (me, pictures) = (folder.join("me.json"), folder.join("media.json"));
        let mut files = Vec::new();
        markdown_files(&folder.join("entries"), &mut files)?;
        // In the order of their names, so that every first start makes the same site.
        files.sort();
        Ok(Self {
            me: if me.exists() { Some(json(&me)?) } else { None },
            site: json(&folder.join("site.json"))?,
            sections: json(&folder.join("sections.json"))?,
            pictures: if pictures.exists() { json(&pictures)? } else { Vec::new() },
            entries: files.into_iter().map(entry).collect::<Result<_, _>>()?,
        })
    }
}

fn entry(file: PathBuf) -> Result<FirstEntry, FirstSiteError> {
    let text = text(&file)?;
    let form = |expected: String| FirstSiteError::Form { path: file.clone(), expected };
    let parts = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    let (front, body) = parts.ok_or_else(|| form("front matter between two lines ---".to_owned()))?;
    let front = read_yaml(front).map_err(|error| form(format!("YAML: {error}")))?;
    let Value::Object(mut members) = front else { return Err(form("a map as front matter".to_owned())) };
    let draft = members.remove("draft").is_some_and(|draft| draft == true);
    if let Some(missing) = ["title", "section"].iter().find(|name| !members.contains_key(**name)) {
        return Err(form(format!("{missing} in the front matter")));
    }
    members.entry("slug").or_insert_with(|| "".into());
    Ok(FirstEntry { body: body.trim().to_owned() + "\n", file, members, draft })
}

fn markdown_files(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), FirstSiteError> {
    let unreadable = |source| FirstSiteError::Unreadable { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            markdown_files(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "md") {
            files.push(path);
        }
    }
    Ok(())
}

fn json<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, FirstSiteError> {
    serde_json::from_str(&text(path)?)
        .map_err(|error| FirstSiteError::Form { path: path.to_owned(), expected: format!("JSON: {error}") })
}

fn text(path: &Path) -> Result<String, FirstSiteError> {
    fs::read_to_string(path).map_err(|source| FirstSiteError::Unreadable { path: path.to_owned(), source })
}
