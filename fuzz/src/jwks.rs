//! Any bytes as a JWKS: each key is used or left out, and no set but one with the signer's key verifies its token.

use std::collections::HashSet;

use cognito::{Jwks, TokenError, Unverified};
use serde_json::Value;

use super::gate::{GATES, NOW};

/// An ID token that the test key has signed, which expires in 2100.
const TOKEN: &str = include_str!("id-token.txt");

/// Holds the keys that are taken against what the text says.
pub fn check(input: &[u8]) {
    let Ok(jwks) = Jwks::parse(input) else { return };
    // Members that nobody reads may hold what is JSON and no value, such as 1e400.
    let Ok(document) = serde_json::from_slice::<Value>(input) else { return };
    let keys = document["keys"].as_array().expect("an array, since it was parsed");
    assert_eq!(jwks.len() + jwks.left_out().len(), keys.len());
    let taken: Vec<&Value> =
        keys.iter().filter(|key| key["kid"].as_str().is_some_and(|kid| jwks.contains(kid))).collect();
    let kids: HashSet<&str> = taken.iter().filter_map(|key| key["kid"].as_str()).collect();
    assert_eq!(kids.len(), jwks.len());
    // A key that is left out since it has a member twice may stand beside a good one of the same kid.
    let is_usable = |key: &&&Value| {
        let is_rsa = key["kty"] == "RSA" && (key["alg"] == "RS256" || key.get("alg").is_none());
        is_rsa && (key["use"] == "sig" || key.get("use").is_none())
    };
    let usable: HashSet<&str> =
        taken.iter().filter(is_usable).filter_map(|key| key["kid"].as_str()).collect();
    assert_eq!(usable, kids);
    check_token(&jwks, &taken);
}

fn check_token(jwks: &Jwks, taken: &[&Value]) {
    let config = GATES[0].config();
    let token = Unverified::parse(TOKEN.trim()).expect("a token");
    let (pool, given) = (&config.user_pool.tokens, &config.jwks);
    assert!(pool.verify_id_token(&token, given, NOW).is_ok(), "the token is good");
    match pool.verify_id_token(&token, jwks, NOW) {
        Ok(_) => {
            let modulus = signers_modulus();
            assert!(taken.iter().any(|key| key["n"] == modulus && key["e"] == "AQAB"));
        }
        Err(error) => assert!(matches!(error, TokenError::UnknownKey | TokenError::BadSignature), "{error}"),
    }
}

fn signers_modulus() -> Value {
    let document: Value = serde_json::from_str(super::gate::DOCUMENT).expect("a configuration");
    document["user_pool"]["jwks"]["keys"][0]["n"].clone()
}
