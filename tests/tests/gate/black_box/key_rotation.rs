//! Security case 7: tokens with made-up key ids cause no storm of requests, and a key that really rotated works.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use tokio::time::{Instant, timeout};

use super::cookies::Cookies;
use super::gate::Gate;
use super::world::World;

/// At most one request for the keys in this time. The gate waits ten seconds of a clock that shows whole ones.
const COOL_DOWN: Duration = Duration::from_secs(9);

#[tokio::test]
async fn a_thousand_random_kids_cause_one_request_in_a_cool_down() {
    let world = World::start().await;
    let gate = Gate::start(&world.config()).await;
    let begun = Instant::now();
    let allowed = || begun.elapsed().as_secs() / COOL_DOWN.as_secs() + 1;

    let token = world.tokens("reader").access_token;
    assert!(gate.call_with_bearer("/api/", &token).await.is_forwarded());
    assert_eq!(world.pool.jwks_requests(), 0, "the keys are baked in");
    let (_, signed) = token.split_once('.').unwrap();
    for number in 0..1_000 {
        let header = json!({ "alg": "RS256", "kid": format!("random-{number}") }).to_string();
        let forged = format!("{}.{signed}", URL_SAFE_NO_PAD.encode(header));
        let answer = if number % 2 == 0 {
            gate.call_with_bearer("/api/", &forged).await
        } else {
            gate.call("GET", "/", &Cookies::of([("__Host-id-token", forged)])).await
        };
        assert_eq!(answer.status(), Some(401));
    }
    let asked = world.pool.jwks_requests();
    assert!((1..=allowed()).contains(&asked), "{asked} requests, {} allowed", allowed());

    world.pool.rotate_keys().await.unwrap();
    let token = world.tokens("reader").access_token;
    let accepted = async { while !gate.call_with_bearer("/api/", &token).await.is_forwarded() {} };
    timeout(COOL_DOWN * 2, accepted).await.expect("a key that rotated is found within the cool-down");
    let asked = world.pool.jwks_requests();
    assert!((2..=allowed()).contains(&asked), "{asked} requests, {} allowed", allowed());
    assert!(gate.call_with_bearer("/api/", &token).await.is_forwarded());
    assert_eq!(world.pool.jwks_requests(), asked);
}

#[tokio::test]
async fn a_renewal_finds_rotated_keys_at_once() {
    let world = World::start().await;
    let gate = Gate::start(&world.config()).await;
    let header = URL_SAFE_NO_PAD.encode(json!({ "alg": "RS256", "kid": "random" }).to_string());
    assert_eq!(gate.call_with_bearer("/api/", &format!("{header}.e30.AA")).await.status(), Some(401));

    let mut browser = Cookies::of_session(&world.ended_tokens("reader"));
    world.pool.rotate_keys().await.unwrap();
    let renewal = gate.open("/", &browser).await;
    assert_eq!(renewal.status(), Some(307), "{}", gate.output());
    browser.keep(&renewal);
    assert!(gate.open("/", &browser).await.is_forwarded());
}
