use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const ISSUER: &str = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_EXAMPLE";

fn project(more: &str) -> Project {
    Project::parse(&format!(
        "name = \"docs\"\nregion = \"eu-central-1\"\n[site]\ndomains = [\"docs.example.com\"]\n{more}"
    ))
    .unwrap()
}

fn jwk(kid: &str) -> Value {
    let modulus = URL_SAFE_NO_PAD.encode([0xff; 256]);
    json!({ "kid": kid, "kty": "RSA", "alg": "RS256", "use": "sig", "n": modulus, "e": "AQAB" })
}

fn facts(jwks: &Value) -> GateFacts {
    GateFacts {
        hosts: vec!["docs.example.com".to_owned()],
        issuer: ISSUER.to_owned(),
        jwks_uri: format!("{ISSUER}/.well-known/jwks.json"),
        hosted_ui_url: "https://docs-example-com.auth.eu-central-1.amazoncognito.com".to_owned(),
        client_id: "1example".to_owned(),
        client_secret: None,
        jwks: jwks.to_string(),
        sealing_keys: vec![URL_SAFE_NO_PAD.encode([7; 32])],
    }
}

fn good() -> GateFacts {
    facts(&json!({ "keys": [jwk("a"), jwk("b")] }))
}

#[test]
fn the_gate_starts_with_what_is_made() {
    let routes = "[sign_in]\ngroups = [\"editors\"]\n\
                  [[routes]]\npath = \"/public/*\"\nkind = \"site\"\naccess = \"public\"\n\
                  [[routes]]\npath = \"/admin/*\"\nkind = \"app\"\naccess = { groups = [\"editors\"] }\nentry = \"/admin/index.html\"\n\
                  [gate]\ncookies = \"amplify\"\nrenew_within_seconds = 60\napi_clients = [\"2example\"]\nlog = \"debug\"\n";
    let text = edge_auth_json(&project(routes), &good()).unwrap();
    let config = Config::parse(&text).unwrap();
    assert_eq!(config.hosts[0].as_str(), "docs.example.com");
    assert_eq!(config.routes.routes(), project(routes).routes);
    assert_eq!((config.renew_within, config.api_clients.len(), config.jwks.len()), (60, 1, 2));
    assert_eq!(config.user_pool.tokens.issuers.len(), 2);
    assert_eq!(config.response_headers, [("strict-transport-security".into(), "max-age=31536000".into())]);
    let members: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("  \"")?.split('"').next()).collect();
    let documented = [
        "hosts",
        "auth_prefix",
        "user_pool",
        "cookies",
        "session",
        "routes",
        "response_headers",
        "api_clients",
        "log",
    ];
    assert_eq!(members, documented);
}

#[test]
fn the_order_of_the_keys_does_not_matter() {
    let one = edge_auth_json(&project(""), &facts(&json!({ "keys": [jwk("a"), jwk("b")] }))).unwrap();
    let mut reversed = jwk("b");
    // What a user pool may add one day, and a private member that nobody may bake in.
    reversed["x5t"] = "x".into();
    reversed["d"] = "secret".into();
    let other =
        edge_auth_json(&project(""), &facts(&json!({ "more": 1, "keys": [reversed, jwk("a")] }))).unwrap();
    assert_eq!(one, other);
}

#[test]
fn another_project_or_another_fact_makes_another_text() {
    let text = edge_auth_json(&project(""), &good()).unwrap();
    let secret = GateFacts { client_secret: Some("shh".to_owned()), ..good() };
    let with_secret = edge_auth_json(&project(""), &secret).unwrap();
    assert!(text.contains("\"client_secret\": null") && with_secret.contains("\"client_secret\": \"shh\""));
    assert_ne!(text, edge_auth_json(&project("[gate]\nlog = \"warn\""), &good()).unwrap());
    assert!(!format!("{secret:?}").contains("shh") && !format!("{secret:?}").contains("BwcH"));
}

#[test]
fn a_pool_without_a_usable_key_is_refused() {
    for jwks in [json!({ "keys": [] }), json!({ "keys": [{ "kid": "a", "kty": "EC" }] })] {
        assert!(matches!(
            edge_auth_json(&project(""), &facts(&jwks)),
            Err(GateConfigError::NoUsableKey { .. })
        ));
    }
    let odd = json!({ "keys": [{ "kid": "ec", "kty": "EC" }, {}, jwk("a")] });
    assert!(edge_auth_json(&project(""), &facts(&odd)).is_ok());
    for text in ["", "<html>", "[]", "{}", "{\"keys\":1}"] {
        let facts = GateFacts { jwks: text.to_owned(), ..good() };
        assert!(
            matches!(edge_auth_json(&project(""), &facts), Err(GateConfigError::NoJwks { .. })),
            "{text}"
        );
    }
}

#[test]
fn facts_that_the_gate_refuses_are_named() {
    for (facts, member) in [
        (GateFacts { hosts: Vec::new(), ..good() }, "hosts"),
        (GateFacts { issuer: "http://pool.example".to_owned(), ..good() }, "user_pool.issuers"),
        (GateFacts { hosted_ui_url: String::new(), ..good() }, "user_pool.domain"),
        (GateFacts { client_id: String::new(), ..good() }, "user_pool.client_id"),
        (GateFacts { sealing_keys: Vec::new(), ..good() }, "cookies.sealing_keys"),
        (GateFacts { sealing_keys: vec!["short".to_owned()], ..good() }, "cookies.sealing_keys[0]"),
    ] {
        let error = edge_auth_json(&project(""), &facts).unwrap_err();
        assert!(error.to_string().contains(member), "{member}: {error}");
        assert!(!error.to_string().contains("short"), "{error}");
    }
}

#[test]
fn a_pool_has_both_issuers_and_a_double_its_own() {
    let newer = ISSUER.replace("cognito-idp", "issuer-cognito-idp");
    assert_eq!(issuers(ISSUER), [ISSUER.to_owned(), newer.clone()]);
    assert_eq!(issuers(&newer), [newer.clone(), ISSUER.to_owned()]);
    for other in
        ["http://127.0.0.1:8081/local_EXAMPLE", "https://cognito-idp.example/x", "https://x.amazonaws.com/y"]
    {
        assert_eq!(issuers(other), [other]);
    }
}

proptest! {
    #[test]
    fn any_facts_make_a_configuration_or_an_error(host in ".{0,20}", url in "(https://)?.{0,20}", jwks in ".{0,40}") {
        let facts = GateFacts { hosts: vec![host], hosted_ui_url: url.clone(), issuer: url, jwks, ..good() };
        let _ = edge_auth_json(&project(""), &facts);
    }
}
