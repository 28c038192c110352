//! Cases 62 and 66: whatever comes in, and however much of it.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::fixture::*;

/// Any JSON, a few levels deep.
fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,12}".prop_map(Value::from),
        Just(json!("viewer-request")),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        let name = prop_oneof![
            Just("Records"),
            Just("cf"),
            Just("config"),
            Just("request"),
            Just("headers"),
            Just("uri"),
            Just("method"),
            Just("querystring"),
            Just("host"),
            Just("value"),
            Just("eventType"),
            Just("x"),
        ];
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::vec((name, inner), 0..6).prop_map(|members| {
                members
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value))
                    .collect::<Map<_, _>>()
                    .into()
            }),
        ]
    })
}

/// A path that may be anything, and is often nearly a good one.
fn any_uri() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,40}",
        "/(public|private|admin|api|auth|open)?/?[a-z./%\\\\;#?0-9]{0,20}",
        "/auth/(callback|session|sign-in|sign-out|signed-out)",
        "(/|%2f|\\.|%2e|%25|;|\\\\|[a-z]){0,12}",
    ]
}

fn any_query() -> impl Strategy<Value = String> {
    prop_oneof![
        ".{0,40}",
        "(to|code|state|error|second|idp|lang)=[ -~]{0,30}(&(to|code|state|error)=.{0,20})?"
    ]
}

fn any_method() -> impl Strategy<Value = String> {
    prop_oneof!["GET|HEAD|POST|PUT|DELETE|OPTIONS", ".{0,8}"]
}

/// Names and values of header lines, as often as not of those that the gate reads.
fn any_headers() -> impl Strategy<Value = Vec<(String, String)>> {
    let name = prop_oneof![
        "cookie|authorization|accept|accept-language|origin|host|purpose|x-auth-user|via",
        "sec-fetch-(site|dest|mode)|sec-purpose|x-requested-with",
        "[a-z-]{1,12}",
    ];
    let cookie = "(__Host-(id|access|refresh)-token(-[0-9]{1,3})?|__Host-sign-in-[0-9]|CognitoIdentityServiceProvider\\.1example23456789\\.(a\\.)?(LastAuthUser|idToken|refreshToken))=[!-~]{0,20}(; .{0,20})?";
    let value = prop_oneof![".{0,60}", "\\PC{0,60}", cookie, "Bearer [A-Za-z0-9._-]{0,60}"];
    prop::collection::vec((name, value), 0..8)
}

fn ask(method: &str, uri: &str, query: &str, headers: &[(String, String)]) -> Value {
    let mut event = Ask::new(method, "/").event();
    let request = &mut event["Records"][0]["cf"]["request"];
    request["uri"] = uri.into();
    request["querystring"] = query.into();
    for (name, value) in headers {
        let lines =
            request["headers"].as_object_mut().unwrap().entry(name.clone()).or_insert_with(|| json!([]));
        lines.as_array_mut().unwrap().push(json!({ "key": name, "value": value }));
    }
    event
}

/// Whether the contract's routes open a path to somebody who is not signed in.
fn is_open(method: &str, uri: &str) -> bool {
    let decoded = percent_encoding::percent_decode_str(uri).decode_utf8().unwrap();
    let is_safe = ["GET", "HEAD", "OPTIONS"].contains(&method);
    is_safe && (decoded.starts_with("/public/") || decoded.starts_with("/open/"))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn case_62_any_json_as_an_event_is_answered(event in any_json()) {
        let (text, log) = Fixture::new().decide(&event.to_string());
        let answer: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&answer["status"], "500");
        prop_assert!(log.is_some());
    }

    #[test]
    fn case_62_any_json_as_a_request_is_answered(request in any_json()) {
        let (text, _) = Fixture::new().decide(&event_of(&request).to_string());
        let answer: Value = serde_json::from_str(&text).unwrap();
        prop_assert!(answer["status"].is_string());
    }

    #[test]
    fn case_62_any_text_as_an_event_is_answered(text in ".{0,200}") {
        let (text, _) = Fixture::new().decide(&text);
        let answer: Value = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&answer["status"], "500");
    }

    #[test]
    fn case_62_without_a_session_nothing_protected_goes_on(
        amplify in any::<bool>(), method in any_method(), uri in any_uri(), query in any_query(), headers in any_headers(),
    ) {
        let mut fixture = Fixture::with_layout(LAYOUTS[usize::from(amplify)]);
        let answer = fixture.ask_event(&ask(&method, &uri, &query, &headers));
        prop_assert!(!answer.is_forwarded() || is_open(&method, &uri), "{method} {uri}: {}", answer.json);
        prop_assert!(answer.session_cookies().is_empty());
    }

    #[test]
    fn case_62_with_a_readers_session_nothing_of_the_editors_goes_on(
        amplify in any::<bool>(), method in any_method(), uri in any_uri(), query in any_query(), headers in any_headers(),
    ) {
        let mut fixture = Fixture::with_layout(LAYOUTS[usize::from(amplify)]);
        let cookies = fixture.session(&bob(), NOW);
        let mut event = ask(&method, &uri, &query, &headers);
        let lines = &mut event["Records"][0]["cf"]["request"]["headers"]["cookie"];
        let line = json!({ "key": "Cookie", "value": cookies });
        match lines.as_array_mut() {
            Some(lines) => lines.push(line),
            None => *lines = json!([line]),
        }
        let answer = fixture.ask_event(&event);
        if answer.is_forwarded() {
            let forwarded = answer.uri();
            let decoded = percent_encoding::percent_decode_str(forwarded).decode_utf8().unwrap();
            prop_assert!(!decoded.starts_with("/admin/"), "{forwarded}");
            prop_assert!(!answer.headers("cookie").iter().any(|line| line.contains("eyJ")));
        }
    }

    #[test]
    fn case_62_any_cookie_line_at_all_is_read(line in "\\PC{0,200}", other in ".{0,100}") {
        for layout in LAYOUTS {
            let mut fixture = Fixture::with_layout(layout);
            for url in ["/private", "/api/me", "/public/a", "/auth/sign-out", "/auth/callback?code=x&state=y", "/auth/session"] {
                fixture.ask(Ask::page(url).header("Cookie", &line).header("Cookie", &other));
            }
        }
    }
}

#[test]
fn case_62_headers_of_odd_shapes_are_answered() {
    for headers in [
        json!({}),
        json!({ "host": [] }),
        json!({ "Host": [{ "value": HOST }] }),
        json!({ "host": [{ "key": "Host" }] }),
    ] {
        let mut event = Ask::page("/private").event();
        event["Records"][0]["cf"]["request"]["headers"] = headers;
        let answer = Fixture::new().ask_event(&event);
        answer.assert_refused();
    }
    for records in [json!([]), json!([{}, {}]), json!({}), json!(null)] {
        Fixture::new().ask_event(&json!({ "Records": records })).assert_refused().assert_status(500);
    }
}

#[test]
fn case_62_an_event_of_another_type_is_refused() {
    let mut fixture = Fixture::new();
    let session = fixture.session(&ada(), NOW);
    for kind in ["origin-request", "viewer-response", "origin-response", "VIEWER-REQUEST", ""] {
        let mut event = Ask::page("/public/a").cookies(&session).event();
        event["Records"][0]["cf"]["config"]["eventType"] = kind.into();
        fixture.ask_event(&event).assert_refused().assert_status(500);
    }
}

#[test]
fn case_66_requests_at_the_limits_work() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let session = fixture.session(&ada(), NOW);
        let filling = format!("filling={}", "x".repeat(20_000 - session.len() - 500));
        let url = format!("/private?q={}", "x".repeat(8_100));
        let answer = fixture.ask(Ask::page(&url).cookies(&format!("{session}; {filling}")));
        assert_eq!(answer.assert_forwarded().headers("cookie"), [filling]);
        let many: String = (0..2_000).map(|number| format!("c{number}=; ")).collect();
        fixture.ask(Ask::page(&url).cookies(&format!("{many}{session}"))).assert_forwarded();
        let lines = (0..300).fold(Ask::page(&url).cookies(&session), |ask, number| {
            ask.header(&format!("X-Header-{number}"), "a value of some length")
        });
        fixture.ask(lines).assert_forwarded();
    }
}

#[test]
fn case_66_a_renewal_at_the_limits_works() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let session = fixture.session(&ada(), NOW - LIFETIME);
        let url = format!("/private?q={}", "x".repeat(8_100));
        let answer = fixture.ask(Ask::page(&url).cookies(&session));
        assert_eq!((answer.status(), answer.location()), (307, url.as_str()));
    }
}

/// The fixture checks the size of every answer; these are those that grow with what comes in.
#[test]
fn case_66_no_answer_outgrows_40_kb() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let old = fixture.session(&ada(), NOW - LIFETIME);
        let mut junk = String::new();
        for number in 0..120 {
            junk +=
                &format!("{AMPLIFY}.{number}=; __Host-id-token-{number}=; __Host-access-token-{number}=; ");
        }
        let quotes = "\"".repeat(8_000);
        for url in [
            format!("/private?{quotes}"),
            format!("/{quotes}"),
            "/auth/sign-out".to_owned(),
            "/private".to_owned(),
        ] {
            for cookies in [old.clone(), format!("{junk}{old}"), junk.clone()] {
                assert!(!fixture.ask(Ask::page(&url).cookies(&cookies)).is_forwarded());
                assert!(!fixture.ask(Ask::fetch("POST", &url).cookies(&cookies)).is_forwarded());
            }
        }
        let mut event = Ask::page("/auth/callback").event();
        event["Records"][0]["cf"]["config"]["requestId"] = "i".repeat(100_000).into();
        let answer = fixture.ask_event(&event);
        assert_eq!((answer.assert_refused().status(), answer.reason()), (500, "answer_too_long"));
    }
}
