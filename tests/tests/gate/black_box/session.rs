//! A session from its beginning to its end, and what the log says of it.

use gate::log::Event;
use gate::reason::Reason;
use serde_json::{Value, json};

use super::answer::Answer;
use super::cookies::Cookies;
use super::event::{REQUEST_ID, event};
use super::gate::Gate;
use super::hosted_ui;
use super::world::{CLIENT, World};

#[tokio::test]
async fn a_reader_signs_in_reads_and_signs_out() {
    let world = World::start().await;
    let gate = Gate::start(&world.config()).await;
    let mut browser = Cookies::of([("theme", "dark")]);

    let sign_in = gate.open("/guide/?chapter=2", &browser).await;
    is_authorization_request(&sign_in, &world);
    browser.keep(&sign_in);
    let mut secrets: Vec<String> = browser.values().map(str::to_owned).collect();

    let callback = hosted_ui::sign_in(sign_in.location(), "reader", "Reader-1234").await;
    secrets.push(callback.clone());
    let back = gate.open(&callback, &browser).await;
    assert_eq!((back.status(), back.location()), (Some(303), "/guide/?chapter=2"));
    browser.keep(&back);
    assert_eq!(browser.names(), ["__Host-access-token", "__Host-id-token", "__Host-refresh-token", "theme"]);
    secrets.extend(browser.values().filter(|value| *value != "dark").map(str::to_owned));

    let page = gate.open("/guide/?chapter=2", &browser).await;
    assert_eq!((page.uri(), page.headers("cookie")), ("/guide/index.html", vec!["theme=dark"]));

    let call = gate.call("POST", "/api/entries", &browser).await;
    let bearer = format!("Bearer {}", browser.value("__Host-access-token"));
    assert_eq!((call.uri(), call.headers("authorization")), ("/api/entries", vec![bearer.as_str()]));
    assert_eq!(call.headers("cookie"), ["theme=dark"]);

    is_session_of_the_reader(&gate.call("GET", "/auth/session", &browser).await, &browser);

    let refused = gate.open("/admin/", &browser).await;
    assert_eq!(
        (refused.status(), refused.header("content-type")),
        (Some(403), Some("text/html; charset=utf-8"))
    );
    assert!(refused.body().contains(&REQUEST_ID.replace('"', "")));

    let sign_out = gate.open("/auth/sign-out", &browser).await;
    assert_eq!((sign_out.status(), world.pool.revoke_requests()), (Some(303), 1));
    assert_eq!(sign_out.location_parameter("client_id"), CLIENT);
    assert_eq!(sign_out.location_parameter("logout_uri"), "http://localhost:8080/auth/signed-out");
    let signed_out_with = browser.clone();
    browser.keep(&sign_out);
    assert_eq!(browser.names(), ["theme"]);
    assert_eq!(gate.call("GET", "/auth/session", &browser).await.status(), Some(401));
    is_revoked(&gate, signed_out_with).await;

    gate.logged(Event::Refusal, Reason::InvalidGrant).await;
    let told: Vec<String> =
        gate.log().iter().map(|line| format!("{}: {}", line["event"], line["reason"])).collect();
    assert_eq!(
        told,
        [
            r#""sign_in": "signed_in""#,
            r#""refusal": "not_in_group""#,
            r#""sign_out": "signed_out""#,
            r#""refusal": "no_session""#,
            r#""refusal": "invalid_grant""#,
        ]
    );
    is_log_without_secrets(&gate, &secrets);
    assert_eq!(gate.counts().cold_starts, 1);
}

#[tokio::test]
async fn a_session_at_its_end_is_renewed() {
    let world = World::start().await;
    let gate = Gate::start(&world.config()).await;
    let mut secrets = Vec::new();
    for (tokens, is_alive) in [(world.ending_tokens("editor"), true), (world.ended_tokens("editor"), false)] {
        let mut browser = Cookies::of_session(&tokens);
        let before = browser.value("__Host-refresh-token").to_owned();
        let line = browser.line();
        let renewal = gate
            .ask(&event(
                "POST",
                "/api/entries?draft=1",
                &[("Cookie", &line), ("Sec-Fetch-Site", "same-origin"), ("Accept", "application/json")],
            ))
            .await;
        assert_eq!((renewal.status(), renewal.location()), (Some(307), "/api/entries?draft=1"), "{is_alive}");
        secrets.extend(browser.values().map(str::to_owned));
        browser.keep(&renewal);
        secrets.extend(browser.values().map(str::to_owned));
        assert_ne!(browser.value("__Host-refresh-token"), before, "the pool rotates refresh tokens");
        assert!(gate.call("POST", "/api/entries?draft=1", &browser).await.is_forwarded());
        assert_eq!(gate.open("/admin/entries/7", &browser).await.uri(), "/admin/index.html");
    }
    assert_eq!(world.pool.token_requests().refresh_token, 2);
    let renewed = gate.logged(Event::Renewal, Reason::Renewed).await;
    assert_eq!((&renewed["who"]["username"], &renewed["path"]), (&json!("editor"), &json!("/api/entries")));
    is_log_without_secrets(&gate, &secrets);
}

fn is_authorization_request(answer: &Answer, world: &World) {
    assert_eq!(answer.status(), Some(302));
    assert!(answer.location().starts_with(&format!("{}/oauth2/authorize?", world.pool.base_url())));
    for (name, value) in [
        ("response_type", "code"),
        ("client_id", CLIENT),
        ("redirect_uri", "http://localhost:8080/auth/callback"),
        ("scope", "openid email profile"),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(answer.location_parameter(name), value);
    }
    // RFC 7636 section 4.2: a SHA-256 hash in base64url.
    assert_eq!(answer.location_parameter("code_challenge").len(), 43);
    assert!(answer.location_parameter("nonce").len() >= 22 && answer.location_parameter("state").len() >= 22);
    assert_eq!(answer.headers("set-cookie").len(), 1);
    assert_eq!(answer.header("strict-transport-security"), Some("max-age=31536000"));
}

fn is_session_of_the_reader(answer: &Answer, browser: &Cookies) {
    let document = answer.json();
    assert_eq!((answer.status(), answer.header("content-type")), (Some(200), Some("application/json")));
    assert_eq!((&document["user"]["username"], &document["groups"]), (&json!("reader"), &json!([])));
    assert_eq!(document["user"]["email"], "reader@example.com");
    assert!(document["expires_at"].as_str().unwrap().ends_with('Z'));
    assert!(browser.values().all(|value| value == "dark" || !answer.body().contains(value)));
}

/// The refresh token is of no use any more: what is left of the session leads to a sign-in.
async fn is_revoked(gate: &Gate, mut browser: Cookies) {
    browser.forget("__Host-access-token");
    let answer = gate.call("GET", "/api/entries", &browser).await;
    assert_eq!(answer.status(), Some(401));
}

/// Each line is an embedded metric, says who and which request where that is known, and tells no secret.
fn is_log_without_secrets(gate: &Gate, secrets: &[String]) {
    for line in gate.log() {
        let directive = &line["_aws"]["CloudWatchMetrics"][0];
        assert!(line["_aws"]["Timestamp"].as_u64().is_some_and(|time| time > 1_700_000_000_000));
        assert!(directive["Namespace"].is_string());
        let texts = |value: &Value| -> Vec<String> {
            value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
        };
        for set in directive["Dimensions"].as_array().unwrap() {
            assert!(texts(set).iter().all(|name| line[name].is_string()), "{line}");
        }
        for metric in directive["Metrics"].as_array().unwrap() {
            assert!(line[metric["Name"].as_str().unwrap()].is_u64(), "{line}");
        }
        assert_eq!((&line["request_id"], &line["client_ip"]), (&json!(REQUEST_ID), &json!("203.0.113.178")));
        assert!(line["event"] == "refusal" || line["who"]["subject"].is_string(), "{line}");
    }
    let output = gate.output();
    assert!(!secrets.is_empty());
    for secret in secrets {
        assert!(!output.contains(secret.as_str()), "the log tells {secret}");
        for part in secret.split(['.', '&', '=']).filter(|part| part.len() > 20) {
            assert!(!output.contains(part), "the log tells {part}");
        }
    }
}
