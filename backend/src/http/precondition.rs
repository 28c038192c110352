//! `If-Match` (RFC 9110 section 13.1.1): which version a request is for.

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::failure::{Answer, Failure};

/// What `If-Match` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum IfMatch {
    /// Nothing.
    Absent,
    /// `*`: any version.
    Any,
    /// One of these versions; none of them where it names entity tags that are not ours.
    Versions(Vec<i64>),
}

impl IfMatch {
    /// Reads the field. `W/` is taken, too: a CDN that compresses an answer weakens its entity tag.
    fn read(text: &str) -> Answer<IfMatch> {
        let text = text.trim();
        if text == "*" {
            return Ok(IfMatch::Any);
        }
        let (mut versions, mut tags) = (Vec::new(), 0);
        for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
            let strong = tag.strip_prefix("W/").unwrap_or(tag);
            let inner = strong.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let inner = inner.ok_or_else(|| {
                Failure::bad_request("If-Match cannot be read, expected an entity tag such as \"3\"")
            })?;
            versions.extend(inner.parse::<i64>());
            tags += 1;
        }
        if tags == 0 {
            return Err(Failure::bad_request("If-Match is empty, expected an entity tag such as \"3\""));
        }
        Ok(IfMatch::Versions(versions))
    }

    /// Where it is needed.
    pub(crate) fn required(self) -> Answer<IfMatch> {
        if self == IfMatch::Absent { Err(Failure::precondition_required()) } else { Ok(self) }
    }

    /// Whether a version satisfies it.
    pub(crate) fn allows(&self, version: i64) -> bool {
        match self {
            IfMatch::Absent | IfMatch::Any => true,
            IfMatch::Versions(versions) => versions.contains(&version),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for IfMatch {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Answer<IfMatch> {
        let mut fields = parts.headers.get_all(header::IF_MATCH).iter();
        let Some(first) = fields.next() else { return Ok(IfMatch::Absent) };
        let mut text = first.to_str().unwrap_or("?").to_owned();
        for more in fields {
            text.push(',');
            text.push_str(more.to_str().unwrap_or("?"));
        }
        IfMatch::read(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strong_and_weak_entity_tags_name_a_version() {
        for (text, allowed) in [
            ("\"3\"", true),
            ("W/\"3\"", true),
            ("\"2\", W/\"3\"", true),
            ("*", true),
            ("\"4\"", false),
            ("\"x\"", false),
        ] {
            assert_eq!(IfMatch::read(text).unwrap().allows(3), allowed, "{text}");
        }
        assert!(IfMatch::read("3").is_err() && IfMatch::read("").is_err() && IfMatch::read(",").is_err());
        assert_eq!(IfMatch::Absent.required().unwrap_err().status(), 428);
    }
}
