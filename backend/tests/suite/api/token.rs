//! Access tokens as the user pool would issue them. The key is one of the crate `cognito`'s tests and protects nothing.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognito::Jwks;
use ring::rsa::PublicKeyComponents;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};

pub(crate) const ISSUER: &str = "https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_EXAMPLE";
pub(crate) const CLIENT: &str = "1example23456789";
pub(crate) const OTHER_CLIENT: &str = "2example23456789";

static KEY: LazyLock<RsaKeyPair> = LazyLock::new(|| {
    RsaKeyPair::from_pkcs8(include_bytes!("../../../../cognito/tests/keys/access.pk8.der")).unwrap()
});

pub(crate) fn jwks_json() -> Value {
    let public = PublicKeyComponents::<Vec<u8>>::from(KEY.public());
    json!({ "keys": [{
        "kid": "access=", "kty": "RSA", "alg": "RS256", "use": "sig",
        "n": URL_SAFE_NO_PAD.encode(public.n), "e": URL_SAFE_NO_PAD.encode(public.e),
    }] })
}

pub(crate) fn jwks() -> Jwks {
    Jwks::parse(jwks_json().to_string().as_bytes()).unwrap()
}

/// The claims of somebody's access token that is good for an hour after `now`.
pub(crate) fn claims(sub: &str, groups: &[&str], now: i64) -> Value {
    json!({
        "sub": sub, "cognito:groups": groups, "iss": ISSUER, "version": 2, "client_id": CLIENT, "origin_jti": "o",
        "event_id": "e", "token_use": "access", "scope": "openid email", "auth_time": now - 60, "exp": now + 3_600,
        "iat": now - 60, "jti": "j", "username": sub.trim_start_matches("sub-"),
    })
}

#[expect(
    clippy::disallowed_methods,
    reason = "blinding a test key's private operation needs a random source"
)]
pub(crate) fn sign(claims: &Value) -> String {
    let header = json!({ "kid": "access=", "alg": "RS256" }).to_string();
    let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims.to_string()));
    let mut signature = vec![0; KEY.public().modulus_len()];
    let random = ring::rand::SystemRandom::new();
    KEY.sign(&RSA_PKCS1_SHA256, &random, input.as_bytes(), &mut signature).unwrap();
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}
