//! Links by address and pictures by file name become links and pictures by id.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{FirstSiteError, content::FirstEntry};

/// The whole entry, as the API is told.
pub(super) fn resolved(
    entry: &FirstEntry,
    entries: &BTreeMap<&str, &str>,
    pictures: &BTreeMap<String, String>,
) -> Result<Value, FirstSiteError> {
    let unknown = |what: &str| FirstSiteError::Form {
        path: entry.file.clone(),
        expected: format!("{what} to be one of the first site's"),
    };
    let mut members: Map<String, Value> = entry.members.clone();
    if let Some(cover) = members.get("cover").and_then(Value::as_str) {
        let id = pictures.get(cover).ok_or_else(|| unknown(cover))?.clone();
        members.insert("cover".to_owned(), id.into());
    }
    let body = replaced(&entry.body, "(entry:", |path| entries.get(path).map(|id| (*id).to_owned()))
        .and_then(|body| replaced(&body, "(media:", |file| pictures.get(file).cloned()));
    members.insert("body".to_owned(), body.map_err(|what| unknown(&what))?.into());
    Ok(Value::Object(members))
}

/// Replaces what follows `mark` up to the end of the link's address; what is not known is told.
fn replaced(text: &str, mark: &str, id: impl Fn(&str) -> Option<String>) -> Result<String, String> {
    let mut pieces = text.split(mark);
    let mut whole = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find([')', ' ', '#']).unwrap_or(piece.len());
        let (target, rest) = piece.split_at(end);
        whole.push_str(mark);
        whole.push_str(&id(target).ok_or_else(|| target.to_owned())?);
        whole.push_str(rest);
    }
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::replaced;

    #[test]
    fn links_are_replaced_and_what_is_not_known_is_told() {
        let id = |path: &str| (path == "/a/").then(|| "7".to_owned());
        let text = "[a](entry:/a/) and [b](entry:/a/#top) and [c](/a/)";
        let expected = "[a](entry:7) and [b](entry:7#top) and [c](/a/)";
        assert_eq!(replaced(text, "(entry:", id).as_deref(), Ok(expected));
        assert_eq!(replaced("[a](entry:/b/)", "(entry:", id), Err("/b/".to_owned()));
    }
}
