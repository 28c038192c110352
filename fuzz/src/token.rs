//! Any text as a token, and any text as the claims that the user pool has signed.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognito::{TokenError, Unverified};
use ring::rand::{SecureRandom, SystemRandom};
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::Value;

use super::gate::{GATES, NOW};

/// The test key that signs ID tokens, and whatever stands in their place here.
static KEY: LazyLock<RsaKeyPair> = LazyLock::new(|| {
    RsaKeyPair::from_pkcs8(include_bytes!("../../cognito/tests/keys/id.pk8.der")).expect("a test key")
});

const HEADER: &str = r#"{"kid":"id=","alg":"RS256"}"#;

/// A text that begins like a JSON object is signed and then read; any other is read as it is.
pub fn check(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    if text.starts_with('{') { check_token(&signed(text)) } else { check_token(text) }
}

/// Whatever is accepted has the canonical form, verifies again, and says itself what it was accepted for.
fn check_token(text: &str) {
    let Ok(token) = Unverified::parse(text) else { return };
    let parts: Vec<Vec<u8>> = text.split('.').map(decoded).collect();
    let again: Vec<String> = parts.iter().map(|part| URL_SAFE_NO_PAD.encode(part)).collect();
    assert_eq!(again.join("."), text);
    // Members that nobody reads may hold what is JSON and no value, such as 1e400.
    let json = |part: usize| serde_json::from_slice::<Value>(&parts[part]);
    let (Ok(header), Ok(claims)) = (json(0), json(1)) else { return };
    assert_eq!((&header["alg"], header["kid"].as_str()), (&"RS256".into(), Some(token.unverified_kid())));
    let config = GATES[0].config();
    let (pool, keys) = (&config.user_pool.tokens, &config.jwks);
    let id = pool.verify_id_token(&token, keys, NOW);
    let access = pool.verify_access_token(&token, keys, NOW, &config.api_clients);
    assert!(id.is_err() || access.is_err(), "both an ID token and an access token: {text}");
    let is_unknown = id.as_ref().err() == Some(&TokenError::UnknownKey);
    assert_eq!(is_unknown, !keys.contains(token.unverified_kid()));
    if id.is_err() && access.is_err() {
        return;
    }
    let once_more = Unverified::parse(text).expect("it was parsed before");
    assert_eq!(pool.verify_id_token(&once_more, keys, NOW), id);
    assert_eq!(pool.verify_access_token(&once_more, keys, NOW, &config.api_clients), access);
    check_claims(&claims, id.is_ok());
}

fn check_claims(claims: &Value, is_id: bool) {
    let client = "1example23456789";
    assert_eq!(claims["iss"], "https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_EXAMPLE");
    assert!(claims["exp"].as_f64().is_some_and(|exp| exp > NOW.0 as f64), "{claims}");
    assert!(claims["sub"].as_str().is_some_and(|sub| !sub.is_empty()), "{claims}");
    if is_id {
        assert_eq!(claims["token_use"], "id");
        assert!(claims["aud"] == client || claims["aud"] == serde_json::json!([client]), "{claims}");
    } else {
        assert_eq!(claims["token_use"], "access");
        assert!([client, "another-client"].iter().any(|id| claims["client_id"] == *id), "{claims}");
    }
}

fn decoded(part: &str) -> Vec<u8> {
    URL_SAFE_NO_PAD.decode(part).expect("base64url, since it was parsed")
}

fn signed(claims: &str) -> String {
    let input = format!("{}.{}", URL_SAFE_NO_PAD.encode(HEADER), URL_SAFE_NO_PAD.encode(claims));
    let mut signature = vec![0; KEY.public().modulus_len()];
    KEY.sign(&RSA_PKCS1_SHA256, random(), input.as_bytes(), &mut signature).expect("a signature");
    format!("{input}.{}", URL_SAFE_NO_PAD.encode(signature))
}

#[expect(
    clippy::disallowed_methods,
    reason = "blinding a test key's private operation needs a random source"
)]
fn random() -> &'static dyn SecureRandom {
    static RANDOM: LazyLock<SystemRandom> = LazyLock::new(SystemRandom::new);
    &*RANDOM
}
