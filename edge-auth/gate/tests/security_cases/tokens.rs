//! Cases 1 to 18 at the gate: whatever is wrong with a token, in a cookie or as a bearer token, nothing goes on. What
//! exactly is wrong with each is tested with the tokens themselves, in `cognito`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::fixture::*;

/// A key, and good claims for the token in question.
struct Kind {
    key: &'static Key,
    claims: Value,
}

impl Kind {
    fn id() -> Kind {
        Kind { key: &ID_KEY, claims: id_claims(&ada(), NOW) }
    }

    fn access() -> Kind {
        Kind { key: &ACCESS_KEY, claims: access_claims(&ada(), NOW) }
    }

    fn with_header(&self, header: &Value) -> String {
        self.key.sign(&header.to_string(), &self.claims.to_string())
    }

    fn with_claim(&self, name: &str, value: impl Into<Value>) -> String {
        self.key.token(&with(self.claims.clone(), name, value))
    }

    /// A claim as JSON text that no `Value` can hold.
    fn with_raw_claim(&self, name: &str, value: &str) -> String {
        let rest = without(self.claims.clone(), name).to_string();
        let claims = rest.replacen('{', &format!("{{\"{name}\":{value},"), 1);
        self.key.sign(&self.key.header().to_string(), &claims)
    }

    fn good(&self) -> String {
        self.key.token(&self.claims)
    }
}

/// Holds a token of each kind up to a page, an API and `/auth/session`, in each layout, as a cookie and as a bearer
/// token; `forge` makes it.
#[track_caller]
fn is_refused(what: &str, forge: impl Fn(&Kind) -> String) {
    let (id, access) = (forge(&Kind::id()), forge(&Kind::access()));
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let cookies = fixture.session_of("ada", &[("id", &id), ("access", &access)]);
        let page = fixture.ask(Ask::page("/private").cookies(&cookies));
        page.assert_sign_in();
        let api = fixture.ask(Ask::fetch("GET", "/api/me").cookies(&cookies));
        api.assert_refused().assert_status(401);
        let session = fixture.ask(Ask::fetch("GET", "/auth/session").cookies(&cookies));
        session.assert_refused().assert_status(401);
        for token in [&id, &access] {
            let bearer = fixture.ask(Ask::new("GET", "/api/me").bearer(token));
            assert_eq!(bearer.assert_refused().status(), 401, "{what}");
            assert!(bearer.header("www-authenticate").starts_with("Bearer"), "{what}");
            fixture.ask(Ask::page("/private").bearer(token)).assert_sign_in();
        }
        assert_eq!(fixture.pool.token_calls(), 0, "{what}");
    }
}

#[test]
fn the_fixture_itself_lets_a_good_token_through() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let (id, access) = (Kind::id().good(), Kind::access().good());
        let cookies = fixture.session_of("ada", &[("id", &id), ("access", &access)]);
        fixture.ask(Ask::page("/private").cookies(&cookies)).assert_forwarded();
        fixture.ask(Ask::fetch("GET", "/api/me").cookies(&cookies)).assert_forwarded();
        fixture.ask(Ask::new("GET", "/api/me").bearer(&access)).assert_forwarded();
        fixture.ask(Ask::fetch("GET", "/auth/session").cookies(&cookies)).assert_status(200);
        assert!(fixture.pool.calls.is_empty());
    }
}

#[test]
fn case_01_to_03_another_algorithm_or_no_signature_is_refused() {
    for alg in ["none", "None", "", "HS256", "RS384", "RS512", "PS256", "ES256", "rs256"] {
        is_refused(alg, |kind| kind.with_header(&with(kind.key.header(), "alg", alg)));
    }
    is_refused("no signature", |kind| format!("{}.", kind.good().rsplit_once('.').unwrap().0));
    is_refused("no third part", |kind| kind.good().rsplit_once('.').unwrap().0.to_owned());
    is_refused("no alg", |kind| kind.with_header(&json!({ "kid": kind.key.kid })));
}

#[test]
fn case_02_hs256_keyed_with_the_public_key_is_refused() {
    for form in ["der", "pem", "jwk"] {
        is_refused(form, |kind| {
            let der = kind.key.pair.public().as_ref();
            let secret = match form {
                "der" => der.to_vec(),
                "pem" => format!(
                    "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n",
                    STANDARD.encode(der)
                )
                .into_bytes(),
                _ => kind.key.jwk().to_string().into_bytes(),
            };
            let mac = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &secret);
            let header = with(kind.key.header(), "alg", "HS256").to_string();
            let input = format!("{}.{}", encode(header), encode(kind.claims.to_string()));
            format!("{input}.{}", encode(ring::hmac::sign(&mac, input.as_bytes())))
        });
    }
}

#[test]
fn case_04_a_key_that_the_header_brings_is_not_used_and_not_fetched() {
    for (name, value) in [
        ("jwk", STRANGER.jwk()),
        ("jku", json!("https://evil.example/jwks.json")),
        ("x5u", json!("https://evil.example/chain.pem")),
        ("x5c", json!([STANDARD.encode(STRANGER.pair.public())])),
    ] {
        is_refused(name, |kind| {
            STRANGER.sign(&with(kind.key.header(), name, value.clone()).to_string(), &kind.claims.to_string())
        });
        let mut fixture = Fixture::new();
        let foreign = with(STRANGER.header(), name, value.clone()).to_string();
        let token = STRANGER.sign(&foreign, &id_claims(&ada(), NOW).to_string());
        let cookies = fixture.session_of("ada", &[("id", &token)]);
        fixture.ask(Ask::page("/private").cookies(&cookies)).assert_sign_in();
        let jwks_uri = format!("{ISSUER}/.well-known/jwks.json");
        assert!(fixture.pool.calls.iter().all(|call| call.url.as_str() == jwks_uri), "{name}");
    }
}

#[test]
fn case_05_crit_is_refused() {
    for crit in [json!(["exp"]), json!([]), json!(null)] {
        is_refused("crit", |kind| kind.with_header(&with(kind.key.header(), "crit", crit.clone())));
    }
}

#[test]
fn case_06_a_kid_that_names_no_key_is_refused() {
    for kid in
        [json!("../../dev/null"), json!("k".repeat(10 * 1024)), json!("__proto__"), json!(1), json!("")]
    {
        is_refused("kid", |kind| kind.with_header(&with(kind.key.header(), "kid", kid.clone())));
    }
    is_refused("kid missing", |kind| kind.with_header(&json!({ "alg": "RS256" })));
}

#[test]
fn case_08_to_10_a_token_for_another_use_client_or_issuer_is_refused() {
    for token_use in ["refresh", "ID", "Access", ""] {
        is_refused("token_use", |kind| kind.with_claim("token_use", token_use));
    }
    is_refused("swapped", |kind| {
        let other = if kind.claims["token_use"] == "id" { "access" } else { "id" };
        kind.with_claim("token_use", other)
    });
    for audience in [json!("other"), json!([CLIENT, "other"]), json!([CLIENT]), json!("")] {
        is_refused("audience", |kind| {
            let name = if kind.claims["token_use"] == "id" { "aud" } else { "client_id" };
            kind.with_claim(name, audience.clone())
        });
    }
    let disguises = [
        ISSUER.replace("EXAMPLE", "ANOTHER"),
        format!("{ISSUER}/"),
        ISSUER.to_uppercase(),
        ISSUER.replace("https", "http"),
    ];
    for issuer in disguises {
        is_refused(&issuer, |kind| kind.with_claim("iss", issuer.as_str()));
    }
}

#[test]
fn case_08_an_id_token_is_no_access_token_and_the_reverse() {
    let mut fixture = Fixture::new();
    let (id, access) = (id_token(&ada(), NOW), access_token(&ada(), NOW));
    let swapped = fixture.session_of("ada", &[("id", &access), ("access", &id)]);
    fixture.ask(Ask::page("/private").cookies(&swapped)).assert_sign_in();
    fixture.ask(Ask::fetch("GET", "/api/me").cookies(&swapped)).assert_status(401);
    fixture.ask(Ask::new("GET", "/api/me").bearer(&id)).assert_status(401);
}

#[test]
fn case_09_an_api_client_may_bring_a_bearer_token_but_no_cookie() {
    let mut fixture = Fixture::new();
    let token = ACCESS_KEY.token(&with(access_claims(&ada(), NOW), "client_id", "another-client"));
    let cookies = fixture.session_of("ada", &[("id", &id_token(&ada(), NOW)), ("access", &token)]);
    for _ in 0..2 {
        fixture.ask(Ask::fetch("GET", "/api/me").cookies(&cookies)).assert_status(401);
        fixture.ask(Ask::new("GET", "/api/me").bearer(&token)).assert_forwarded();
    }
}

#[test]
fn case_11_an_expiry_that_is_no_time_is_refused() {
    is_refused("exp missing", |kind| kind.key.token(&without(kind.claims.clone(), "exp")));
    for exp in ["\"1800003600\"", "null", "1e400", "-1", "1800003600.5", "[]"] {
        is_refused(exp, |kind| kind.with_raw_claim("exp", exp));
    }
}

#[test]
fn case_12_an_expiry_now_is_over_and_a_second_later_is_not() {
    is_refused("exp now", |kind| kind.with_claim("exp", NOW));
    let mut fixture = Fixture::new();
    let id = ID_KEY.token(&with(id_claims(&ada(), NOW), "exp", NOW + 1));
    let access = ACCESS_KEY.token(&with(access_claims(&ada(), NOW), "exp", NOW + 1));
    let cookies = fixture.session_of("ada", &[("id", &id), ("access", &access)]);
    for _ in 0..2 {
        fixture.ask(Ask::page("/private").cookies(&cookies)).assert_forwarded();
        fixture.ask(Ask::fetch("GET", "/api/me").cookies(&cookies)).assert_forwarded();
        fixture.ask(Ask::new("GET", "/api/me").bearer(&access)).assert_forwarded();
    }
    // What is remembered of a token ends with it.
    fixture.now += 1;
    fixture.ask(Ask::page("/private").cookies(&cookies)).assert_sign_in();
    fixture.ask(Ask::fetch("GET", "/api/me").cookies(&cookies)).assert_status(401);
    fixture.ask(Ask::new("GET", "/api/me").bearer(&access)).assert_status(401);
}

#[test]
fn case_13_a_start_far_in_the_future_is_refused() {
    for name in ["nbf", "iat"] {
        is_refused(name, |kind| kind.with_claim(name, NOW + 86_400));
    }
}

#[test]
fn case_14_a_member_twice_is_refused() {
    for member in [r#""sub":"admin""#, r#""cognito:groups":["admins"]"#, r#""exp":9999999999"#] {
        is_refused(member, |kind| {
            let claims = kind.claims.to_string().replacen('{', &format!("{{{member},"), 1);
            kind.key.sign(&kind.key.header().to_string(), &claims)
        });
    }
}

#[test]
fn case_15_an_encoding_other_than_the_canonical_one_is_refused() {
    is_refused("padding", |kind| format!("{}=", kind.good()));
    is_refused("white space inside", |kind| kind.good().replacen('.', ". ", 1));
    is_refused("stray bits", |kind| {
        let good = kind.good();
        let (rest, last) = good.split_at(good.len() - 1);
        format!("{rest}{}", char::from(last.as_bytes()[0] + 1))
    });
}

#[test]
fn case_17_groups_match_exactly_or_not_at_all() {
    for groups in [
        json!("editors"),
        json!("[\"editors\"]"),
        json!({ "editors": true }),
        json!(["editor"]),
        json!(["Editors"]),
        json!(["editors "]),
        json!(["editors,admins"]),
        json!(["readers", ["editors"]]),
        json!(null),
    ] {
        let mut fixture = Fixture::new();
        let token = ID_KEY.token(&with(id_claims(&ada(), NOW), "cognito:groups", groups.clone()));
        let cookies = fixture.session_of("ada", &[("id", &token)]);
        let answer = fixture.ask(Ask::page("/admin/").cookies(&cookies));
        assert_eq!(answer.assert_refused().status(), 403, "{groups}");
        assert_eq!(answer.log.unwrap()["who"]["subject"], ada().sub);
        fixture.ask(Ask::page("/private").cookies(&cookies)).assert_forwarded();
        let fetched = fixture.ask(Ask::fetch("GET", "/admin/data.json").cookies(&cookies));
        assert_eq!(fetched.assert_status(403).document()["type"], "urn:parapet:problem:not-in-group");
    }
}

#[test]
fn case_18_a_token_of_any_size_and_depth_is_refused() {
    is_refused("1 MB", |kind| kind.with_claim("filling", "x".repeat(1_000_000)));
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    is_refused("100,000 deep", |kind| kind.with_raw_claim("sub", &deep));
    let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
    is_refused("as deep as fits", |kind| kind.with_raw_claim("sub", &deep));
}
