//! Bodies of media items.

use content::path::SectionPath;
use content::wire::{ChangedMedia, NewMedia, NewReplacement};
use serde_json::Value;

use crate::http::failure::Answer;
use crate::http::members::Members;
use crate::media::{MAX_UPLOAD, accepted_type, accepted_types};

/// Reads a new media item.
pub(crate) fn new(body: Value) -> Answer<NewMedia> {
    let mut members = Members::of(body)?;
    let NewReplacement { name, kind, size } = file(&mut members);
    let section = section(&mut members);
    let alt = members.text("alt", 1_000).unwrap_or_default();
    members.finish()?;
    Ok(NewMedia { name, kind, size, section, alt })
}

/// Reads what is said of a file that is to take the place of a media item's.
pub(crate) fn replacement(body: Value) -> Answer<NewReplacement> {
    let mut members = Members::of(body)?;
    let file = file(&mut members);
    members.finish()?;
    Ok(file)
}

/// What every upload says of its file.
fn file(members: &mut Members) -> NewReplacement {
    for name in ["name", "type", "size"] {
        if !members.has(name) {
            members.wrong::<()>(name, "is missing");
        }
    }
    let name = name(members);
    let kind = members.line("type", 100);
    if kind.as_ref().is_some_and(|kind| !accepted_type(kind)) {
        members.wrong::<()>("type", format!("is not taken, expected one of {}", accepted_types()));
    }
    let size = members.number("size", 1, i64::try_from(MAX_UPLOAD).unwrap_or(i64::MAX));
    NewReplacement {
        name: name.unwrap_or_default(),
        kind: kind.unwrap_or_default(),
        size: size.and_then(|size| u64::try_from(size).ok()).unwrap_or_default(),
    }
}

/// Reads what changes of a media item.
pub(crate) fn changed(body: Value) -> Answer<ChangedMedia> {
    let mut members = Members::of(body)?;
    let changed = ChangedMedia { name: name(&mut members), alt: members.text("alt", 1_000) };
    members.finish()?;
    Ok(changed)
}

/// Reads into which section a media item is copied.
pub(crate) fn copy(body: Value) -> Answer<String> {
    let mut members = Members::of(body)?;
    if !members.has("section") {
        members.wrong::<()>("section", "is missing, expected the path of a section");
    }
    let section = section(&mut members);
    members.finish()?;
    Ok(section.unwrap_or_default())
}

/// A file name: no path, and something before its extension.
fn name(members: &mut Members) -> Option<String> {
    let name = members.line("name", 200)?.trim().to_owned();
    if name.is_empty() || name.contains(['/', '\\']) || name.starts_with('.') {
        return members.wrong("name", "is no file name, expected such as harbour.jpg");
    }
    Some(name)
}

fn section(members: &mut Members) -> Option<String> {
    let section = members.line("section", 210)?;
    match SectionPath::parse(&section) {
        Ok(_) => Some(section),
        Err(problem) => members.wrong("section", problem.to_string()),
    }
}
