//! What reaches the origin: the viewer's request without the gate's cookies, with the access token where an API
//! wants it, and with the path that the origin knows.

use crate::cookie::{Names, strip};
use crate::path::RequestPath;
use crate::request::Request;
use crate::route::Kind;

/// Prepares a request for its origin. `bearer` is a verified access token.
#[must_use]
pub fn prepare<'a>(mut request: Request<'a>, kind: &Kind, bearer: Option<&str>) -> Request<'a> {
    strip(&mut request.headers, Names::is_ours);
    request.headers.retain(|line| !speaks_for_the_gate(&line.name) && !asks_for_another_request(&line.name));
    if let Some(token) = bearer.filter(|_| *kind == Kind::Api) {
        request.headers.push("authorization", "Authorization", format!("Bearer {token}"));
    }
    if let Some(uri) = rewritten(&request.uri, kind) {
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

/// The path of the object, where it is another one.
fn rewritten(uri: &str, kind: &Kind) -> Option<String> {
    match kind {
        Kind::Site => uri.ends_with('/').then(|| format!("{uri}index.html")),
        Kind::App { entry } => {
            let is_file = RequestPath::parse(uri).is_ok_and(|path| path.extension().is_some());
            (!is_file).then(|| entry.clone())
        }
        Kind::Api => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_app_paths_are_rewritten() {
        let app = Kind::App { entry: "/admin/index.html".into() };
        for (uri, kind, expected) in [
            ("/", &Kind::Site, Some("/index.html")),
            ("/guide/", &Kind::Site, Some("/guide/index.html")),
            ("/guide/a.html", &Kind::Site, None),
            ("/guide", &Kind::Site, None),
            ("/admin/", &app, Some("/admin/index.html")),
            ("/admin/posts/12", &app, Some("/admin/index.html")),
            ("/admin/app-1f.js", &app, None),
            ("/api/", &Kind::Api, None),
        ] {
            assert_eq!(rewritten(uri, kind).as_deref(), expected, "{uri}");
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
