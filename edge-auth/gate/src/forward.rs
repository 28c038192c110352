//! Request to the origin: the viewer's request without the gate's cookies, with the access token where an API
//! wants it, and with the path that the origin knows.

use std::borrow::Cow;

use crate::asker::Asker;
use crate::cookie::{Names, strip};
use crate::path::RequestPath;
use crate::request::Request;
use crate::route::RouteKind;

/// Prepares a request for its origin. `bearer` is a verified access token.
#[must_use]
pub fn prepare<'a>(
    mut request: Request<'a>,
    path: &RequestPath<'_>,
    kind: &RouteKind,
    bearer: Option<&str>,
) -> Request<'a> {
    let uri = object_path(&request, path, kind);
    strip(&mut request.headers, Names::is_ours);
    request.headers.retain(|line| !speaks_for_the_gate(&line.name) && !asks_for_another_request(&line.name));
    if let Some(token) = bearer.filter(|_| *kind == RouteKind::Api) {
        request.headers.push("authorization", "Authorization", format!("Bearer {token}"));
    }
    if let Some(uri) = uri {
        request.uri = uri.into();
    }
    request
}

/// Whether an origin could take the header for the gate's word: `Authorization`, and `X-Auth-*` in the spellings
/// that servers treat alike (CGI turns both `-` and `_` into `_`).
fn speaks_for_the_gate(name: &str) -> bool {
    name.eq_ignore_ascii_case("authorization")
        || name.get(..7).is_some_and(|start| start.replace('_', "-").eq_ignore_ascii_case("x-auth-"))
}

/// Header fields by which some servers take another path, host or method than those that the gate has decided on.
const OTHER_REQUEST: [&str; 10] = [
    "x-forwarded-host",
    "x-forwarded-path",
    "x-forwarded-prefix",
    "x-forwarded-uri",
    "x-http-method",
    "x-http-method-override",
    "x-method-override",
    "x-original-uri",
    "x-original-url",
    "x-rewrite-url",
];

fn asks_for_another_request(name: &str) -> bool {
    name.starts_with(['x', 'X']) && {
        let name = name.replace('_', "-");
        OTHER_REQUEST.iter().any(|listed| name.eq_ignore_ascii_case(listed))
    }
}

/// The path that the origin knows, where it is another one: the canonical spelling of the viewer's, a folder's
/// `index.html`, an app's entry document. The cache takes its key from it, so an object has one key for all spellings.
fn object_path(request: &Request<'_>, path: &RequestPath<'_>, kind: &RouteKind) -> Option<String> {
    match kind {
        RouteKind::Site => {
            let spelled = canonical(&request.uri, Reserved::IsEncoded);
            match spelled.ends_with('/') {
                true => Some(format!("{spelled}index.html")),
                false => changed(spelled),
            }
        }
        RouteKind::App { entry } => {
            let is_page = request.is_read() && Asker::of(request, path) == Asker::Navigation;
            match !is_page && path.extension().is_some() {
                true => changed(canonical(&request.uri, Reserved::IsEncoded)),
                false => Some(entry.clone()),
            }
        }
        RouteKind::Api => changed(canonical(&request.uri, Reserved::StaysAsItIs)),
    }
}

fn changed(spelled: Cow<'_, str>) -> Option<String> {
    match spelled {
        Cow::Borrowed(_) => None,
        Cow::Owned(spelled) => Some(spelled),
    }
}

/// How reserved characters are spelled, such as `+` and `&` (RFC 3986 section 2.2).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reserved {
    /// Percent-encoded: for S3, which takes them for themselves and a plain `+` for a space.
    IsEncoded,
    /// As the viewer wrote them: for an API, where `,` and `%2C` may differ.
    StaysAsItIs,
}

/// The canonical spelling of a path (RFC 3986 section 6.2.2): unreserved characters are plain, all others are encoded
/// with digits in upper case.
fn canonical(raw: &str, reserved: Reserved) -> Cow<'_, str> {
    let is_kept = |byte: u8| match byte {
        b'/' => true,
        b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';' | b'=' | b':' | b'@' => {
            reserved == Reserved::StaysAsItIs
        }
        _ => is_unreserved(byte),
    };
    if raw.bytes().all(is_kept) {
        return Cow::Borrowed(raw);
    }
    let mut spelled = String::with_capacity(raw.len() + 16);
    let mut rest = raw.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        match encoded_byte(byte, after) {
            Some(encoded) => {
                rest = after.get(2..).unwrap_or_default();
                match is_unreserved(encoded) {
                    true => spelled.push(char::from(encoded)),
                    false => push_encoded(&mut spelled, encoded),
                }
            }
            None if is_kept(byte) => spelled.push(char::from(byte)),
            None => push_encoded(&mut spelled, byte),
        }
    }
    if spelled == raw { Cow::Borrowed(raw) } else { Cow::Owned(spelled) }
}

/// The byte that a percent sign and the two digits after it stand for.
fn encoded_byte(byte: u8, after: &[u8]) -> Option<u8> {
    let [high, low, ..] = after else { return None };
    let digit = |byte: u8| char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    (byte == b'%').then_some(())?;
    Some(digit(*high)? << 4 | digit(*low)?)
}

fn push_encoded(spelled: &mut String, byte: u8) {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0').to_ascii_uppercase();
    spelled.extend(['%', digit(byte >> 4), digit(byte & 15)]);
}

/// RFC 3986 section 2.3.
fn is_unreserved(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::request::{Header, Headers};

    fn forwarded(method: &str, uri: &str, headers: &[(&'static str, &str)], kind: &RouteKind) -> String {
        let line = |(name, value): &(&'static str, &str)| Header {
            name: (*name).into(),
            key: None,
            value: (*value).to_owned().into(),
        };
        let request = Request {
            method: method.to_owned().into(),
            uri: uri.to_owned().into(),
            headers: Headers::new(headers.iter().map(line).collect()),
            ..Request::none()
        };
        let path = RequestPath::parse(uri).unwrap();
        prepare(request, &path, kind, None).uri.into_owned()
    }

    #[test]
    fn a_folder_is_its_index() {
        for (uri, expected) in [
            ("/", "/index.html"),
            ("/guide/", "/guide/index.html"),
            ("/guide/a.html", "/guide/a.html"),
            ("/guide", "/guide"),
        ] {
            assert_eq!(forwarded("GET", uri, &[], &RouteKind::Site), expected);
        }
        assert_eq!(forwarded("GET", "/api/", &[], &RouteKind::Api), "/api/");
    }

    #[test]
    fn under_an_app_a_navigation_gets_the_entry_document_and_a_file_is_a_file() {
        let app = RouteKind::App { entry: "/admin/index.html".into() };
        let page = [("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        let script = [("sec-fetch-mode", "cors"), ("sec-fetch-dest", "script")];
        for uri in ["/admin/", "/admin/posts/12", "/admin/users/ana@example.com", "/admin/entries/v1.2"] {
            assert_eq!(forwarded("GET", uri, &page, &app), "/admin/index.html", "{uri}");
        }
        assert_eq!(forwarded("GET", "/admin/posts/12", &script, &app), "/admin/index.html");
        assert_eq!(forwarded("GET", "/admin/app-1f.js", &script, &app), "/admin/app-1f.js");
        assert_eq!(forwarded("GET", "/admin/app-1f.js", &[], &app), "/admin/app-1f.js");
        assert_eq!(forwarded("POST", "/admin/a.b", &page, &app), "/admin/a.b");
    }

    #[test]
    fn an_object_has_one_spelling() {
        for (spellings, expected) in [
            (&["/c++/", "/c%2b%2B/", "/%63%2B+/"][..], "/c%2B%2B/index.html"),
            (
                &["/it's&caf\u{e9}.txt", "/it%27s%26caf%c3%a9.txt", "/%69t's%26caf%C3%A9.txt"],
                "/it%27s%26caf%C3%A9.txt",
            ),
            (&["/a~b", "/a%7eb"], "/a~b"),
            (&["/a b", "/a%20b"], "/a%20b"),
            (&["/tags/c%23/"], "/tags/c%23/index.html"),
        ] {
            for spelling in spellings {
                assert_eq!(forwarded("GET", spelling, &[], &RouteKind::Site), expected, "{spelling}");
            }
        }
        let api = |uri| forwarded("GET", uri, &[], &RouteKind::Api);
        assert_eq!(api("/api/vhosts/%2f/a,b%2Cc%7E"), "/api/vhosts/%2F/a,b%2Cc~");
    }

    proptest! {
        #[test]
        fn the_canonical_spelling_stays_as_it_is_and_means_the_same(raw in "/[ -~\u{e9}]{0,24}") {
            for reserved in [Reserved::IsEncoded, Reserved::StaysAsItIs] {
                let spelled = canonical(&raw, reserved).into_owned();
                prop_assert_eq!(&canonical(&spelled, reserved), &spelled);
                prop_assert!(spelled.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'?' | b'#' | b'"' | b'\\')));
                let meaning = |text: &str| percent_encoding::percent_decode_str(text).collect::<Vec<_>>();
                prop_assert_eq!(meaning(&spelled), meaning(&raw));
            }
        }
    }

    #[test]
    fn no_header_asks_for_another_request() {
        for name in ["X-Original-URL", "x_rewrite_url", "X-HTTP-Method-Override"] {
            assert!(asks_for_another_request(name), "{name}");
        }
        for name in ["x-forwarded-for", "x-requested-with", "xylophone", "original-url"] {
            assert!(!asks_for_another_request(name), "{name}");
        }
    }

    #[test]
    fn no_header_speaks_for_the_gate() {
        for name in ["authorization", "Authorization", "x-auth-user", "X_Auth_User", "x-auth_x"] {
            assert!(speaks_for_the_gate(name), "{name}");
        }
        for name in ["x-author", "accept", "x-authx", "é", "xx-auth-a"] {
            assert!(!speaks_for_the_gate(name), "{name}");
        }
    }
}
