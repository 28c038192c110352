//! The body of `POST /redirects`.

use content::wire::EntryId;
use serde_json::Value;

use crate::http::failure::Answer;
use crate::http::members::Members;
use crate::store::RedirectTarget;

/// Reads a former address, and where it leads: to an entry, or to another address.
pub(crate) fn read(body: Value) -> Answer<(String, RedirectTarget)> {
    let mut members = Members::of(body)?;
    if !members.has("from") {
        members.wrong::<()>("from", "is missing, expected the former address, a path of the site");
    }
    let from = address(&mut members, "from");
    let target = match (members.has("entry"), members.has("to")) {
        (true, false) => members.id_or_null("entry").flatten().map(|id| RedirectTarget::Entry(EntryId(id))),
        (false, true) => address(&mut members, "to").map(RedirectTarget::Path),
        _ => members.wrong("to", "is missing, or entry stands beside it; expected one of them"),
    };
    if let (Some(from), Some(RedirectTarget::Path(to))) = (&from, &target)
        && from == to
    {
        members.wrong::<()>("to", "is the former address itself");
    }
    members.finish()?;
    Ok((from.unwrap_or_default(), target.unwrap_or(RedirectTarget::Path(String::new()))))
}

/// A path of the site, with a slash at its end where it is no file.
fn address(members: &mut Members, name: &str) -> Option<String> {
    let path = members.line(name, 500)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '.' | '_' | '~' | '-');
    let whole = path.starts_with('/') && path.chars().all(plain) && !path.contains("//");
    if !whole || path.split('/').any(|part| part == "." || part == "..") {
        return members.wrong(name, "is no path of the site, expected such as /2014/old-name/");
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    Some(if last.is_empty() || last.contains('.') { path } else { format!("{path}/") })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn addresses_are_paths_of_the_site() {
        let read = |from: &str| read(json!({ "from": from, "to": "/b/" })).map(|(from, _)| from).ok();
        assert_eq!(read("/a").as_deref(), Some("/a/"));
        assert_eq!(read("/2014/09/15/Rust-1.0.html").as_deref(), Some("/2014/09/15/Rust-1.0.html"));
        for wrong in ["a/", "//a/", "/a/../b/", "https://example.com/", "/b/", "/a b/"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_redirect_leads_to_one_thing() {
        for wrong in
            [json!({ "from": "/a/" }), json!({ "from": "/a/", "to": "/b/", "entry": null }), json!({})]
        {
            assert!(read(wrong.clone()).is_err(), "{wrong}");
        }
    }
}
