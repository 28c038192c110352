//! Case 65: a configuration with any field wrong does not start, and says every problem.

use std::collections::BTreeSet;

use gate::config::Config;
use serde_json::{Value, json};

use crate::fixture::*;

/// What is put where (a JSON pointer), and the member that must be named for it.
fn broken() -> Vec<(&'static str, Value, &'static str)> {
    let pool = |member: &'static str| [format!("/user_pool/{member}"), format!("user_pool.{member}")];
    let mut table: Vec<(&'static str, Value, &'static str)> = vec![
        ("/hosts", json!([]), "hosts"),
        ("/hosts", json!("cms.example.com"), "hosts"),
        ("/hosts/0", json!("https://cms.example.com"), "hosts[0]"),
        ("/hosts/0", json!("*.example.com"), "hosts[0]"),
        ("/hosts/0", json!(1), "hosts[0]"),
        ("/hosts/0", json!(""), "hosts[0]"),
        ("/auth_prefix", json!("auth"), "auth_prefix"),
        ("/auth_prefix", json!("/"), "auth_prefix"),
        ("/auth_prefix", json!("/auth/"), "auth_prefix"),
        ("/auth_prefix", json!("/a/../b"), "auth_prefix"),
        ("/auth_prefix", json!(null), "auth_prefix"),
        ("/user_pool", json!([]), "user_pool"),
        ("/cookies", json!("host"), "cookies"),
        ("/cookies/layout", json!("Host"), "cookies.layout"),
        ("/cookies/sealing_keys", json!([]), "cookies.sealing_keys"),
        ("/cookies/sealing_keys", json!(sealing_key(1)), "cookies.sealing_keys"),
        ("/cookies/sealing_keys/0", json!(encode([1; 31])), "cookies.sealing_keys[0]"),
        ("/cookies/sealing_keys/0", json!(encode([1; 33])), "cookies.sealing_keys[0]"),
        ("/cookies/sealing_keys/0", json!("<32 bytes, base64url>"), "cookies.sealing_keys[0]"),
        ("/cookies/sealing_keys/0", json!(null), "cookies.sealing_keys[0]"),
        ("/session/renew_within_seconds", json!(-1), "session.renew_within_seconds"),
        ("/session/renew_within_seconds", json!("300"), "session.renew_within_seconds"),
        ("/session/renew_within_seconds", json!(1e9), "session.renew_within_seconds"),
        ("/session", json!(300), "session"),
        ("/routes", json!([]), "routes"),
        ("/routes", json!({}), "routes"),
        ("/routes/0", json!("/public/*"), "routes[0]"),
        ("/routes/0/path", json!("public/*"), "routes[0].path"),
        ("/routes/0/path", json!("/public%2f*"), "routes[0].path"),
        ("/routes/0/path", json!(["/public/*"]), "routes[0].path"),
        ("/routes/0/kind", json!("static"), "routes[0].kind"),
        ("/routes/0/access", json!("Public"), "routes[0].access"),
        ("/routes/0/access", json!("signed_in"), "routes[0].access"),
        ("/routes/0/access", json!(null), "routes[0].access"),
        ("/routes/0/access", json!(["public"]), "routes[0].access"),
        ("/routes/0/entry", json!("/index.html"), "routes[0].entry"),
        ("/routes/3/access", json!({ "groups": [] }), "routes[3].access.groups"),
        ("/routes/3/access", json!({ "groups": "editors" }), "routes[3].access.groups"),
        ("/routes/3/access", json!({ "groups": [""] }), "routes[3].access.groups[0]"),
        ("/routes/3/access", json!({ "group": ["editors"] }), "routes[3].access.group"),
        ("/routes/3/access", json!({}), "routes[3].access.groups"),
        ("/routes/3/entry", json!("admin/index.html"), "routes[3].entry"),
        ("/routes/3/entry", json!("/admin/"), "routes[3].entry"),
        ("/routes/3/entry", json!("/a/../index.html"), "routes[3].entry"),
        ("/response_headers/Set-Cookie", json!("a=b"), "response_headers.Set-Cookie"),
        ("/response_headers/cache-control", json!("public"), "response_headers.cache-control"),
        ("/response_headers/connection", json!("close"), "response_headers.connection"),
        ("/response_headers/X-Amz-Cf-Id", json!("x"), "response_headers.X-Amz-Cf-Id"),
        ("/response_headers/x-a", json!("a\r\nb: c"), "response_headers.x-a"),
        ("/response_headers/x-a", json!("é"), "response_headers.x-a"),
        ("/response_headers/x-a", json!(1), "response_headers.x-a"),
        ("/response_headers/x-a", json!("x".repeat(9_000)), "response_headers"),
        ("/response_headers/x a", json!("b"), "response_headers.x a"),
        ("/api_clients", json!("another"), "api_clients"),
        ("/api_clients/0", json!(1), "api_clients[0]"),
        ("/log", json!("verbose"), "log"),
        ("/log", json!(1), "log"),
        ("/unknown", json!(1), "unknown"),
        ("/cookies/same_site", json!("None"), "cookies.same_site"),
        ("/session/max_age", json!(1), "session.max_age"),
        ("/routes/0/methods", json!(["GET"]), "routes[0].methods"),
    ];
    for (member, values) in [
        ("issuers", json!([[], "x", [1], ["http://evil.example"], ["https://a.example/"]])),
        ("jwks_uri", json!(["http://evil.example/jwks", "x", 1, "https://a.example/?x"])),
        ("jwks", json!(["x", [], {}, { "keys": {} }])),
        ("domain", json!(["login.example.com", "http://login.example.com", "https://a@b", 1])),
        ("client_id", json!(["", "a b", "a;b", 1])),
        ("client_secret", json!(["", 1, []])),
        ("scopes", json!(["openid", ["email"], ["openid", "a b"], [1]])),
        ("region", json!(["x"])),
    ] {
        let [pointer, name] = pool(member).map(|text| &*text.leak());
        for value in values.as_array().unwrap() {
            table.push((pointer, value.clone(), name));
        }
    }
    table
}

/// Puts a value where a pointer leads; the last step may be a member that was not there.
fn put(document: &mut Value, pointer: &str, value: Value) {
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    match document.pointer_mut(parent).unwrap() {
        Value::Array(entries) => entries[last.parse::<usize>().unwrap()] = value,
        object => object[last] = value,
    }
}

fn members(document: &Value) -> BTreeSet<String> {
    let error = Config::parse(&document.to_string()).err().unwrap_or_else(|| panic!("accepted: {document}"));
    error.problems.into_iter().map(|problem| problem.member).collect()
}

/// Whether one of the problems is about the member, or about an entry of it.
fn is_named(members: &BTreeSet<String>, member: &str) -> bool {
    members
        .iter()
        .any(|named| named.strip_prefix(member).is_some_and(|rest| rest.is_empty() || rest.starts_with('[')))
}

#[test]
fn case_65_a_field_that_is_wrong_is_named_and_nothing_else_is() {
    Config::parse(&config().to_string()).map(drop).unwrap();
    for (pointer, value, member) in broken() {
        let mut document = config();
        put(&mut document, pointer, value.clone());
        let members = members(&document);
        assert!(is_named(&members, member), "{pointer} {value}: {members:?}");
        assert!(members.iter().all(|named| named.starts_with(member)), "{pointer} {value}: {members:?}");
    }
}

#[test]
fn case_65_a_field_that_is_missing_is_named() {
    for (section, names) in [
        ("", vec!["hosts", "user_pool", "cookies", "routes"]),
        ("/user_pool", vec!["issuers", "domain", "client_id"]),
        ("/cookies", vec!["sealing_keys"]),
        ("/routes/0", vec!["path", "kind", "access"]),
        ("/routes/3", vec!["entry"]),
    ] {
        for name in names {
            let mut document = config();
            document.pointer_mut(section).unwrap().as_object_mut().unwrap().remove(name).unwrap();
            let members = members(&document);
            assert!(
                members.len() == 1 && members.iter().all(|member| member.ends_with(name)),
                "{name}: {members:?}"
            );
        }
    }
    assert!(Config::parse("{}").is_err_and(|error| error.problems.len() == 4));
}

#[test]
fn case_65_every_problem_is_said_at_once() {
    // One problem for each member: what is wrong as a whole hides what is inside, and a wrong kind whether it has an
    // entry.
    let whole = [
        "hosts",
        "user_pool",
        "cookies",
        "cookies.sealing_keys",
        "session",
        "routes",
        "routes[0]",
        "routes[0].entry",
        "routes[3].access.groups[0]",
        "routes[3].access.group",
        "response_headers",
        "api_clients",
    ];
    let mut document = config();
    let mut expected = BTreeSet::new();
    for (pointer, value, member) in broken() {
        if !whole.contains(&member) && expected.insert(member) {
            put(&mut document, pointer, value);
        }
    }
    let members = members(&document);
    assert!(expected.len() > 25, "{expected:?}");
    for member in expected {
        assert!(is_named(&members, member), "{member} is not in {members:?}");
    }
}

#[test]
fn case_65_a_member_twice_is_refused() {
    let text = config().to_string();
    for (once, twice) in [
        ("\"log\":\"info\"", "\"log\":\"info\",\"log\":\"info\""),
        ("\"access\":\"public\"", "\"access\":\"signed-in\",\"access\":\"public\""),
        ("\"client_secret\":null", "\"client_secret\":\"x\",\"client_secret\":null"),
    ] {
        let text = text.replacen(once, twice, 1);
        assert!(text.contains(twice));
        let error = Config::parse(&text).err().unwrap().to_string();
        assert!(error.contains("is there twice"), "{error}");
    }
}

#[test]
fn case_65_what_is_no_document_is_refused() {
    for text in ["", "null", "[]", "{", "true", "\u{feff}{}", "{} {}", "{'hosts': []}"] {
        assert!(Config::parse(text).is_err(), "{text}");
    }
}

#[test]
fn case_65_no_problem_tells_a_secret() {
    let secret = "a-secret-that-must-not-be-told";
    for (pointer, value) in [
        ("/cookies/sealing_keys/0", json!(secret)),
        ("/cookies/sealing_keys", json!(secret)),
        ("/user_pool/client_secret", json!([secret])),
        ("/user_pool/client_secret", json!({ "value": secret })),
    ] {
        let mut document = config();
        put(&mut document, pointer, value);
        let error = Config::parse(&document.to_string()).err().unwrap().to_string();
        assert!(!error.contains(secret), "{error}");
    }
    let mut text = config().to_string().replace(&sealing_key(1), secret);
    text.truncate(text.find(secret).unwrap() + secret.len());
    let error = Config::parse(&text).err().unwrap().to_string();
    assert!(!error.contains(secret), "{error}");
}
