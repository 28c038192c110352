//! Cases 1 to 7: whose signature it is, and with which key.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cognito::{TokenError, Unverified};
use serde_json::json;

use super::{header, is_forged, refusal, signed};
use crate::mint::*;

#[test]
fn case_01_alg_none_is_refused() {
    for alg in ["none", "None", "NONE", "nOnE", ""] {
        let input = format!("{}.{}", encode(header(alg).to_string()), encode(id_claims().to_string()));
        assert_eq!(refusal(&signed(&header(alg))), TokenError::UnsupportedAlgorithm, "{alg:?}");
        assert_eq!(refusal(&format!("{input}.{}", encode("x"))), TokenError::UnsupportedAlgorithm, "{alg:?}");
        is_forged(&format!("{input}."));
        is_forged(&input);
    }
}

#[test]
fn case_01_an_empty_signature_is_refused() {
    let token = ID_KEY.token(&id_claims());
    let (input, _) = token.rsplit_once('.').unwrap();
    is_forged(&format!("{input}."));
    is_forged(input);
}

#[test]
fn case_02_hs256_keyed_with_the_public_key_is_refused() {
    let der = ID_KEY.pair.public().as_ref();
    let pem =
        format!("-----BEGIN RSA PUBLIC KEY-----\n{}\n-----END RSA PUBLIC KEY-----\n", STANDARD.encode(der));
    let jwk = ID_KEY.jwk();
    let modulus = jwk["n"].as_str().unwrap().to_owned();
    for secret in [der.to_vec(), pem.into_bytes(), jwk.to_string().into_bytes(), modulus.into_bytes()] {
        let mac = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &secret);
        for alg in ["HS256", "RS256"] {
            let input = format!("{}.{}", encode(header(alg).to_string()), encode(id_claims().to_string()));
            is_forged(&format!("{input}.{}", encode(ring::hmac::sign(&mac, input.as_bytes()))));
        }
    }
}

#[test]
fn case_03_any_alg_but_rs256_is_refused() {
    for alg in ["RS384", "RS512", "PS256", "ES256", "EdDSA", "HS256", "rs256", "RS256 ", " RS256"] {
        assert_eq!(refusal(&signed(&header(alg))), TokenError::UnsupportedAlgorithm, "{alg:?}");
    }
    assert_eq!(refusal(&signed(&json!({ "kid": ID_KEY.kid }))), TokenError::UnsupportedAlgorithm);
}

#[test]
fn case_03_a_key_for_another_alg_verifies_nothing() {
    let keys = jwks(&[with(ID_KEY.jwk(), "alg", "RS512")]);
    let token = ID_KEY.token(&id_claims());
    let token = Unverified::parse(&token).unwrap();
    assert_eq!(pool().verify_id_token(&token, &keys, NOW), Err(TokenError::UnknownKey));
}

#[test]
fn case_04_a_key_that_the_header_brings_or_points_to_is_not_used() {
    for (name, value) in [
        ("jwk", STRANGER.jwk()),
        ("jku", json!("https://evil.example/jwks.json")),
        ("x5u", json!("https://evil.example/chain.pem")),
        ("x5c", json!([STANDARD.encode(STRANGER.pair.public())])),
        ("x5t", json!("thumbprint")),
    ] {
        let claims = id_claims().to_string();
        let own_kid = with(header("RS256"), name, value.clone());
        assert_eq!(
            refusal(&STRANGER.sign(&own_kid.to_string(), &claims)),
            TokenError::BadSignature,
            "{name}"
        );
        let foreign_kid = with(own_kid.clone(), "kid", STRANGER.kid);
        assert_eq!(
            refusal(&STRANGER.sign(&foreign_kid.to_string(), &claims)),
            TokenError::UnknownKey,
            "{name}"
        );
        assert!(verify_id(&ID_KEY.sign(&own_kid.to_string(), &claims)).is_ok(), "{name} is ignored");
    }
}

#[test]
fn case_05_crit_is_refused() {
    for crit in [json!(["exp"]), json!(["b64"]), json!([]), json!(null), json!("exp")] {
        let header = with(with(header("RS256"), "crit", crit), "b64", false);
        assert_eq!(refusal(&signed(&header)), TokenError::CriticalHeader);
    }
}

#[test]
fn case_06_a_kid_that_names_no_key_is_refused() {
    assert_eq!(refusal(&signed(&json!({ "alg": "RS256" }))), TokenError::MissingKeyId);
    for kid in ["../../dev/null", "__proto__", "constructor", "id", "ID=", "id= ", "' OR 1=1"] {
        assert_eq!(refusal(&signed(&with(header("RS256"), "kid", kid))), TokenError::UnknownKey, "{kid:?}");
    }
}

#[test]
fn case_06_a_kid_that_can_be_no_key_is_forged_and_so_worth_no_fetch() {
    let long = json!("k".repeat(10 * 1024));
    for kid in [long, json!(""), json!(null), json!(1), json!(["id="]), json!({ "id=": 1 })] {
        is_forged(&signed(&with(header("RS256"), "kid", kid)));
    }
    is_forged(&signed(&json!({ "alg": "RS256" })));
}

#[test]
fn case_07_a_thousand_unknown_kids_are_told_apart_from_forgeries_and_a_rotated_key_works() {
    for number in 0..1_000 {
        let token = format!(
            "{}.{}.{}",
            encode(with(header("RS256"), "kid", format!("random-{number}")).to_string()),
            encode(id_claims().to_string()),
            encode("signature")
        );
        assert_eq!(refusal(&token), TokenError::UnknownKey);
    }
    let token = STRANGER.token(&id_claims());
    let token = Unverified::parse(&token).unwrap();
    assert!(!KEYS.contains(token.unverified_kid()));
    let rotated = jwks(&[ID_KEY.jwk(), STRANGER.jwk()]);
    assert!(rotated.contains(token.unverified_kid()));
    assert!(pool().verify_id_token(&token, &rotated, NOW).is_ok());
}
