//! Security case 62: whatever JSON arrives as an event, the gate answers, and lives on.

use serde_json::{Value, json};
use stack::function_host::{InvokeError, PAYLOAD_LIMIT};

use super::event::event;
use super::gate::Gate;
use super::world::World;

/// Where a value stands in an event, and may be something else or nothing.
const PLACES: [&str; 19] = [
    "/Records",
    "/Records/0",
    "/Records/0/cf",
    "/Records/0/cf/config",
    "/Records/0/cf/config/distributionDomainName",
    "/Records/0/cf/config/eventType",
    "/Records/0/cf/config/requestId",
    "/Records/0/cf/request",
    "/Records/0/cf/request/clientIp",
    "/Records/0/cf/request/headers",
    "/Records/0/cf/request/headers/host",
    "/Records/0/cf/request/headers/host/0",
    "/Records/0/cf/request/headers/host/0/key",
    "/Records/0/cf/request/headers/host/0/value",
    "/Records/0/cf/request/headers/cookie",
    "/Records/0/cf/request/headers/cookie/0/value",
    "/Records/0/cf/request/method",
    "/Records/0/cf/request/querystring",
    "/Records/0/cf/request/uri",
];

#[tokio::test]
async fn any_json_is_answered_and_the_process_lives_on() {
    let world = World::start().await;
    let gate = Gate::start(&world.config()).await;
    let good = event("GET", "/guide/?a=b", &[("Cookie", "__Host-id-token=a.b.c"), ("Accept", "text/html")]);

    for payload in whole_payloads() {
        is_refused(&gate, &payload).await;
    }
    for place in PLACES {
        for odd in odd_values() {
            let mut event = good.clone();
            *event.pointer_mut(place).unwrap() = odd;
            is_refused(&gate, &event.to_string()).await;
        }
        let mut event = good.clone();
        let (parent, name) = place.rsplit_once('/').unwrap();
        match event.pointer_mut(parent).unwrap() {
            Value::Object(members) => drop(members.remove(name)),
            Value::Array(entries) => entries.clear(),
            _ => unreachable!(),
        }
        is_refused(&gate, &event.to_string()).await;
    }
    // The good event itself, whose session is none.
    assert_eq!(gate.ask(&good).await.status(), Some(302));
    assert_eq!((gate.counts().cold_starts, gate.counts().restarts), (1, 0));
    assert!(gate.log().iter().all(|line| line["reason"] != "panic"));
}

#[tokio::test]
async fn deep_and_long_events_are_answered_in_time() {
    let world = World::start().await;
    let gate = Gate::start(&world.config()).await;
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    let deep_object = "{\"a\":".repeat(100_000) + "1" + &"}".repeat(100_000);
    let good = event("GET", "/guide/", &[("Cookie", "a=b"), ("Accept", "text/html")]).to_string();
    for nested in [&deep, &deep_object] {
        is_refused(&gate, nested).await;
        for place in ["\"/guide/\"", "\"a=b\"", "\"viewer-request\"", "\"203.0.113.178\""] {
            is_refused(&gate, &good.replacen(place, nested, 1)).await;
        }
        // Members that nobody reads do not count.
        is_refused(&gate, &good.replacen("\"GET\"", &format!("\"GET\",\"more\":{nested}"), 1)).await;
    }

    let room = PAYLOAD_LIMIT - good.len() - 10;
    for (place, filler) in [
        ("/guide/", "/guide/a"),
        ("a=b", "a=b; "),
        ("a=b", "__Host-id-token=a.b.c; "),
        ("a=b", "CognitoIdentityServiceProvider.1example23456789parapet.a.idToken=x; "),
        ("text/html", "text/html,"),
    ] {
        let long = filler.repeat(room / filler.len());
        is_refused(&gate, &good.replacen(place, &long, 1)).await;
    }
    let line = r#"{"key":"A","value":"b"},"#;
    let lines = format!("\"a\":[{}],", line.repeat(room / line.len() - 1).trim_end_matches(','));
    is_refused(&gate, &good.replacen("\"host\"", &format!("{lines}\"host\""), 1)).await;
    assert_eq!((gate.counts().cold_starts, gate.counts().restarts), (1, 0));
}

/// Lambda hands over JSON only; handed something else, the runtime client reports an error or passes null on.
#[tokio::test]
async fn what_is_no_json_does_not_end_the_process() {
    let world = World::start().await;
    let gate = Gate::start(&world.config()).await;
    for payload in [b"".as_slice(), b"{", b"\xff\xfe", b"<html>", b"nulll", b"\"\xc3\x28\""] {
        match gate.invoke(payload).await {
            Ok(answer) => assert_eq!(answer.status(), Some(500)),
            Err(error) => assert!(matches!(error, InvokeError::Function { .. }), "{error}"),
        }
    }
    assert_eq!(gate.ask(&event("GET", "/", &[])).await.status(), Some(302));
    assert_eq!((gate.counts().cold_starts, gate.counts().restarts), (1, 0));
}

/// A generated answer, and never a request that goes on.
async fn is_refused(gate: &Gate, payload: &str) {
    let start: String = payload.chars().take(600).collect();
    match gate.invoke(payload.as_bytes()).await {
        Ok(answer) => assert!(answer.status().is_some_and(|status| (300..=599).contains(&status)), "{start}"),
        Err(error) => panic!("{error} for {start}"),
    }
}

fn whole_payloads() -> Vec<String> {
    let mut payloads: Vec<String> = odd_values().iter().map(ToString::to_string).collect();
    payloads.extend(
        [
            "1e999",
            "-0.0",
            r#""\ud800""#,
            r#""\u0000""#,
            r#"{"Records":[{"cf":{"config":{},"request":{"headers":{},"method":"GET","uri":"\udc00"}}}]}"#,
            r#"{"Records":[{"cf":{"config":{},"request":{"headers":{},"method":"GET","uri":"/"}}},{}]}"#,
            r#"{"Records":[],"Records":[{}]}"#,
            r#"{"Records":[{"cf":{"config":{"eventType":"origin-request"},"request":{"headers":{},"method":"GET","uri":"/public/a"}}}]}"#,
            " \n\t{ }\r\n",
        ]
        .map(str::to_owned),
    );
    payloads
}

fn odd_values() -> Vec<Value> {
    vec![
        json!(null),
        json!(true),
        json!(0),
        json!(-1.5e300),
        json!(u64::MAX),
        json!(""),
        json!("\u{0}\r\nSet-Cookie: a=b\u{feff}\u{ff}\u{1f600}"),
        json!("../../etc/passwd"),
        json!("__proto__"),
        json!([]),
        json!([[], {}, null, 1, "a"]),
        json!({}),
        json!({ "": { "": [] }, "__proto__": null, "value": 1 }),
        json!([{ "key": "Host", "value": "localhost:8080" }, { "key": "Host", "value": "evil.example" }]),
    ]
}
