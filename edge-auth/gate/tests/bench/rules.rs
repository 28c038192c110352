//! The rules that hold for whatever the function returns: CloudFront's, and the gate's own promises.

use std::collections::HashSet;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::Value;
use url::Url;

use super::answer::Answer;
use super::ask::HOST;

/// What the names of cookies with tokens hold.
pub(crate) const SESSION_COOKIES: [&str; 6] =
    ["-id-token", "-access-token", "-refresh-token", ".idToken", ".accessToken", ".refreshToken"];

const READ_ONLY: [&str; 5] = ["cdn-loop", "content-length", "host", "transfer-encoding", "via"];

const DISALLOWED: [&str; 12] = [
    "connection",
    "expect",
    "keep-alive",
    "proxy-authenticate",
    "proxy-authorization",
    "proxy-connection",
    "trailer",
    "upgrade",
    "x-cache",
    "x-forwarded-proto",
    "x-real-ip",
    "x-amz-cf-id",
];

const DISALLOWED_PREFIXES: [&str; 4] = ["x-accel-", "x-amz-cf-", "x-amzn-", "x-edge-"];

/// Checks what was returned for an event; `text` is the function's own output, `log` its line.
#[track_caller]
pub(crate) fn check(event: &Value, text: &str, answer: &Answer, log: Option<&str>, secrets: &[String]) {
    let Members(names) = serde_json::from_str(text).unwrap();
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len(), "a member twice: {text}");
    if answer.is_forwarded() {
        check_forwarded(&event["Records"][0]["cf"]["request"], &answer.json);
    } else {
        check_generated(text, answer);
    }
    if let Some(line) = log {
        assert!(!line.contains(['\n', '\r']), "{line}");
        assert!(line.len() < 4_096, "{line}");
    }
    for secret in secrets {
        assert!(!answer.body().contains(secret.as_str()), "{secret} in the page: {}", answer.body());
        assert!(!log.unwrap_or_default().contains(secret.as_str()), "{secret} in the log: {log:?}");
    }
}

fn check_forwarded(asked: &Value, forwarded: &Value) {
    for member in ["method", "clientIp"] {
        assert_eq!(asked[member], forwarded[member], "{member} is read-only");
    }
    assert!(forwarded["uri"].as_str().unwrap().starts_with('/'));
    assert_eq!(asked["querystring"], forwarded["querystring"]);
    assert_eq!(asked.get("body"), forwarded.get("body"));
    for name in READ_ONLY {
        assert_eq!(asked["headers"].get(name), forwarded["headers"].get(name), "{name} is read-only");
    }
    for (name, lines) in forwarded["headers"].as_object().unwrap() {
        for line in lines.as_array().unwrap() {
            let value = line["value"].as_str().unwrap();
            let was_there =
                asked["headers"].get(name).is_some_and(|lines| lines.as_array().unwrap().contains(line));
            let is_changed = match name.as_str() {
                "authorization" => value.bytes().all(|b| b.is_ascii_graphic() || b == b' '),
                "cookie" => is_part_of_a_line(value, &asked["headers"][name]),
                _ => false,
            };
            assert!(was_there || is_changed, "{name}: {value:?} was not asked for");
        }
    }
}

/// Whether a Cookie line is one of those that were asked, with nothing but whole cookies taken out.
fn is_part_of_a_line(value: &str, asked: &Value) -> bool {
    let asked = asked.as_array().into_iter().flatten().filter_map(|line| line["value"].as_str());
    asked.map(|line| line.split(';').collect::<Vec<_>>()).any(|pieces| {
        value
            .split(';')
            .all(|piece| pieces.iter().any(|asked| *asked == piece || asked.trim_start() == piece))
    })
}

fn check_generated(text: &str, answer: &Answer) {
    let status = answer.status();
    assert!((200..600).contains(&status));
    assert!(text.len() < 40_000, "{} bytes", text.len());
    assert_eq!(answer.json["bodyEncoding"], "text");
    assert!(status != 204 || answer.body().is_empty());
    assert_eq!(answer.headers("cache-control"), ["no-store"]);
    let known = ["status", "statusDescription", "headers", "body", "bodyEncoding"];
    assert!(answer.json.as_object().unwrap().keys().all(|member| known.contains(&member.as_str())));
    for (name, lines) in answer.json["headers"].as_object().unwrap() {
        check_header(name, lines.as_array().unwrap());
    }
    for location in answer.headers("location") {
        check_location(location);
    }
    for line in answer.set_cookies() {
        check_cookie(line);
    }
    if answer.headers("content-type").iter().any(|kind| kind.starts_with("text/html")) {
        check_page(answer);
    }
    assert_eq!(answer.headers("location").len(), usize::from((300..400).contains(&status)));
}

fn check_header(name: &str, lines: &[Value]) {
    let is_token = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    assert!(is_token && !name.is_empty(), "{name:?} is no header name");
    let is_disallowed = DISALLOWED.contains(&name)
        || READ_ONLY.contains(&name)
        || DISALLOWED_PREFIXES.iter().any(|prefix| name.starts_with(prefix));
    assert!(!is_disallowed, "{name} is disallowed");
    assert!(lines.len() == 1 || name == "set-cookie", "{name} {} times", lines.len());
    for line in lines {
        assert!(line["key"].as_str().unwrap().eq_ignore_ascii_case(name));
        let value = line["value"].as_str().unwrap();
        assert!(value.bytes().all(|b| (0x20..0x7f).contains(&b)), "{name}: {value:?}");
    }
}

/// As a browser reads it, which is not how a string comparison does.
fn check_location(location: &str) {
    let base = Url::parse(&format!("https://{HOST}/some/page")).unwrap();
    let url = base.join(location).unwrap();
    assert_eq!(url.scheme(), "https", "{location}");
    assert!(url.username().is_empty() && url.password().is_none(), "{location}");
    let is_pool =
        url.host_str() == Some("login.example.com") && ["/oauth2/authorize", "/logout"].contains(&url.path());
    assert!(url.host_str() == Some(HOST) || is_pool, "{location}");
    assert_eq!(url.port(), None, "{location}");
}

fn check_cookie(line: &str) {
    let mut parts = line.split("; ");
    let (name, value) = parts.next().unwrap().split_once('=').unwrap();
    let attributes: Vec<&str> = parts.collect();
    assert!(name.bytes().all(|b| b.is_ascii_graphic() && !b"()<>@,;:\\\"/[]?={}".contains(&b)), "{name:?}");
    assert!(value.bytes().all(|b| b.is_ascii_graphic() && !b"\",;\\".contains(&b)), "{value:?}");
    assert!(
        name.len() + value.len() <= 4_096 || attributes.contains(&"Max-Age=0"),
        "{name}: a browser drops it"
    );
    for attribute in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
        assert!(attributes.contains(&attribute), "{line}");
    }
    assert!(attributes.iter().any(|attribute| attribute.starts_with("Max-Age=")), "{line}");
    assert!(!name.starts_with("__Host-") || !line.contains("Domain="), "{line}");
}

/// A page needs nothing from anywhere, runs nothing and is shown nowhere else.
fn check_page(answer: &Answer) {
    let policy = answer.header("content-security-policy");
    for directive in ["default-src 'none'", "base-uri 'none'", "form-action 'none'"] {
        assert!(policy.contains(directive), "{policy}");
    }
    let frames = policy.rsplit("frame-ancestors ").next().unwrap();
    let expected = if answer.header("x-frame-options") == "SAMEORIGIN" { "'self'" } else { "'none'" };
    assert_eq!(frames, expected, "{policy}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff");
    for outside in ["<script", "@import", "url("] {
        assert!(!answer.body().contains(outside), "{outside} in {}", answer.body());
    }
    for tag in answer.body().split('<').skip(1).filter_map(|tag| tag.split('>').next()) {
        let is_plain = ![" src", " on", " srcset", "//", "javascript:"].iter().any(|part| tag.contains(part));
        assert!(is_plain, "<{tag}>");
    }
}

/// The names of an object's members and of its headers, twice if they are there twice.
struct Members(Vec<String>);

impl<'de> Deserialize<'de> for Members {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Members, D::Error> {
        struct MembersVisitor;
        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = map.next_key::<String>()? {
                    if name == "headers" {
                        let Members(headers) = map.next_value()?;
                        names.extend(headers.into_iter().map(|header| format!("headers.{header}")));
                    } else {
                        map.next_value::<serde::de::IgnoredAny>()?;
                    }
                    names.push(name);
                }
                Ok(Members(names))
            }
        }
        deserializer.deserialize_map(MembersVisitor)
    }
}
