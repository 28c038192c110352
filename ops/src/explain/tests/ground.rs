//! A gate's configuration, and tokens for it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::rsa::PublicKeyComponents;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};

use super::super::*;

pub(super) const NOW: i64 = 1_800_000_000;
pub(super) const ISSUER: &str = "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_EXAMPLE";
pub(super) const POOLS: &[u8] = include_bytes!("../../../../cognito/tests/keys/id.pk8.der");
pub(super) const STRANGERS: &[u8] = include_bytes!("../../../../cognito/tests/keys/stranger.pk8.der");

pub(super) fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) fn config() -> Config {
    let pair = RsaKeyPair::from_pkcs8(POOLS).unwrap();
    let public = PublicKeyComponents::<Vec<u8>>::from(pair.public());
    let document = json!({
        "hosts": ["docs.example.com"],
        "user_pool": {
            "issuers": [ISSUER],
            "jwks": { "keys": [{
                "kid": "k1", "kty": "RSA", "alg": "RS256", "use": "sig", "n": encode(public.n), "e": encode(public.e),
            }] },
            "domain": "https://login.example.com",
            "client_id": "1example",
        },
        "cookies": { "sealing_keys": [encode([7; 32])] },
        "routes": [
            { "path": "/public/*", "kind": "site", "access": "public" },
            { "path": "/api/*", "kind": "api", "access": "signed-in" },
            { "path": "/admin/*", "kind": "app", "access": { "groups": ["editors"] }, "entry": "/admin/index.html" },
            { "path": "/guide/*", "kind": "site", "access": "signed-in" },
        ],
    });
    Config::parse(&document.to_string()).unwrap()
}

pub(super) fn sign(key: &[u8], kid: &str, claims: &Value) -> String {
    let pair = RsaKeyPair::from_pkcs8(key).unwrap();
    let header = json!({ "kid": kid, "alg": "RS256" });
    let input = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
    let mut signature = vec![0; pair.public().modulus_len()];
    #[expect(clippy::disallowed_methods, reason = "for blinding only: the signature does not depend on it")]
    let random = SystemRandom::new();
    pair.sign(&RSA_PKCS1_SHA256, &random, input.as_bytes(), &mut signature).unwrap();
    format!("{input}.{}", encode(signature))
}

pub(super) fn id_claims() -> Value {
    json!({
        "iss": ISSUER, "aud": "1example", "token_use": "id", "sub": "s-1", "cognito:username": "ada",
        "cognito:groups": ["readers"], "email": "ada@example.com", "iat": NOW - 60, "exp": NOW + 3_540,
    })
}

pub(super) fn access_claims() -> Value {
    json!({
        "iss": ISSUER, "client_id": "1example", "token_use": "access", "sub": "s-1", "username": "ada",
        "iat": NOW - 60, "exp": NOW + 3_540,
    })
}

pub(super) fn with(mut claims: Value, name: &str, value: Value) -> Value {
    claims[name] = value;
    claims
}

pub(super) fn id_cookie(claims: &Value) -> String {
    format!("__Host-id-token={}", sign(POOLS, "k1", claims))
}

pub(super) fn asked(path: &str, cookies: &[String]) -> Asked {
    Asked {
        url: format!("https://docs.example.com{path}"),
        method: "GET".to_owned(),
        headers: Vec::new(),
        cookies: cookies.to_vec(),
    }
}

pub(super) fn explained(asked: &Asked) -> Explanation {
    explain(config(), &asked.event().unwrap(), Moment::from_unix(NOW)).unwrap()
}

/// What is found about this, with its details.
pub(super) fn about(explanation: &Explanation, about: &str) -> String {
    let finding = explanation.findings.iter().find(|finding| finding.about == about);
    finding.map_or_else(String::new, |finding| format!("{} | {}", finding.says, finding.details.join(" | ")))
}

pub(super) fn answered(explanation: &Explanation) -> &Answered {
    match &explanation.outcome {
        Outcome::Answer(answered) => answered,
        other => panic!("{other:?}"),
    }
}
