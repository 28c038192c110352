//! An object of the site: bytes, and what is said of them.

use bytes::Bytes;
use delivery::{CacheTag, ObjectHeaders};
use sha2::{Digest as _, Sha256};

use super::page::{SITE_TAG, cache_tag};

/// A page: browsers ask each time, the CDN keeps it, because a publication invalidates it there. `max-age=0` with
/// `must-revalidate` is what browsers do under `no-cache` (RFC 9111 section 5.2.2.4), and the CDN still goes by
/// `s-maxage` (section 5.2.2.10).
const PAGE: &str = "public, max-age=0, s-maxage=31536000, must-revalidate";
/// A file whose name holds a hash of its content.
const IMMUTABLE: &str = "public, max-age=31536000, immutable";

/// What a fingerprint is of an object that is not there.
pub const REMOVED: &str = "-";

/// An object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Object {
    /// Its bytes.
    pub bytes: Bytes,
    /// Its media type.
    pub content_type: &'static str,
    /// Whether it never changes.
    pub immutable: bool,
    /// The revision that it shows, where it shows one.
    pub revision: Option<i64>,
    /// The release that put this revision there, where one did.
    pub release: Option<String>,
    /// The address that it redirects to.
    pub redirect: Option<String>,
}

impl Object {
    /// An object that is replaced now and then.
    #[must_use]
    pub fn new(content_type: &'static str, bytes: impl Into<Bytes>) -> Object {
        Object {
            bytes: bytes.into(),
            content_type,
            immutable: false,
            revision: None,
            release: None,
            redirect: None,
        }
    }

    /// A page of HTML.
    #[must_use]
    pub fn html(text: String) -> Object {
        Object::new("text/html; charset=utf-8", text)
    }

    /// Something in JSON.
    #[must_use]
    pub fn json(bytes: Vec<u8>) -> Object {
        Object::new("application/json", bytes)
    }

    /// A redirect. Its body is for whoever reaches it without the gate.
    #[must_use]
    pub fn redirect(to: &str) -> Object {
        let body = format!("Moved to {to}\n");
        Object { redirect: Some(to.to_owned()), ..Object::new("text/plain; charset=utf-8", body) }
    }

    /// A file whose name holds a hash of its content.
    #[must_use]
    pub fn immutable(content_type: &'static str, bytes: impl Into<Bytes>) -> Object {
        Object { immutable: true, ..Object::new(content_type, bytes) }
    }

    /// The same as a revision, put there by a release.
    #[must_use]
    pub fn of_revision(self, revision: i64, release: Option<&str>) -> Object {
        Object { revision: Some(revision), release: release.map(str::to_owned), ..self }
    }

    /// The SHA-256 digest of all that a reader can see of it. An object with the same fingerprint is not put again.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut digest = Sha256::new();
        let revision = self.revision.map(|revision| revision.to_string());
        let said =
            [Some(self.content_type), self.redirect.as_deref(), self.release.as_deref(), revision.as_deref()];
        for text in said {
            digest.update(text.unwrap_or_default());
            digest.update([0]);
        }
        digest.update([u8::from(self.immutable)]);
        digest.update(&self.bytes);
        digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// What S3 keeps with it at this address; `release` is who puts it where no revision says.
    #[must_use]
    pub fn headers(&self, path: &str, release: &str) -> ObjectHeaders {
        let cache_control = if self.immutable { IMMUTABLE } else { PAGE };
        let release = self.release.as_deref().unwrap_or(release);
        let mut headers = ObjectHeaders::new(self.content_type, cache_control)
            .with(CacheTag::METADATA, &format!("{},{SITE_TAG}", cache_tag(path)))
            .with("release", release);
        if let Some(revision) = self.revision {
            headers = headers.with("revision", &revision.to_string());
        }
        headers.redirect = self.redirect.clone();
        headers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_of_all_that_a_reader_can_see() {
        let page = || Object::html("<p>a".to_owned());
        assert_eq!(page().fingerprint(), page().fingerprint());
        let others = [
            Object::html("<p>b".to_owned()),
            page().of_revision(1, None),
            page().of_revision(2, None),
            page().of_revision(2, Some("r")),
            Object::json(b"<p>a".to_vec()),
            Object::redirect("/a/"),
            Object::redirect("/b/"),
            Object::immutable("text/html; charset=utf-8", "<p>a"),
        ];
        let mut all: Vec<String> =
            others.iter().map(Object::fingerprint).chain([page().fingerprint()]).collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), others.len() + 1);
    }

    #[test]
    fn headers_say_release_revision_and_tag() {
        let headers = Object::html(String::new()).of_revision(3, Some("r1")).headers("/a/", "b1");
        assert_eq!(headers.metadata.get("release").unwrap(), "r1");
        assert_eq!(headers.metadata.get("revision").unwrap(), "3");
        let tag = format!("{},site", delivery::CacheTag::of_object("/a/").as_str());
        assert_eq!(headers.metadata.get("cache-tag"), Some(&tag));
        let list = Object::html(String::new()).headers("/a/", "b1");
        assert_eq!(
            (list.metadata.get("release").unwrap().as_str(), list.metadata.get("revision")),
            ("b1", None)
        );
    }
}
