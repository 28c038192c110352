//! Cases 15, 16 and 18: encodings, keys and sizes.

use cognito::{Jwks, TokenError, UnixTime, Unverified};
use serde_json::json;

use super::{header, is_forged, refusal};
use crate::mint::*;

fn is_malformed(token: &str) -> bool {
    matches!(refusal(token), TokenError::Malformed(_))
}

#[test]
fn case_15_an_encoding_other_than_the_canonical_one_is_refused() {
    let token = ID_KEY.token(&id_claims());
    let segments: Vec<&str> = token.split('.').collect();
    for position in 0..3 {
        for disguise in
            ["{}=", "{}==", " {}", "{} ", "{}\n", "\t{}", "{}\r\n", "{}+", "{}/", "{}%3D", "\u{feff}{}"]
        {
            let mut segments: Vec<String> = segments.iter().map(|segment| (*segment).to_owned()).collect();
            segments[position] = disguise.replace("{}", &segments[position]);
            // Signed again where the signature covers it, so that only the encoding is wrong.
            let token =
                if position == 2 { segments.join(".") } else { ID_KEY.sign_input(&segments[..2].join(".")) };
            assert!(is_malformed(&token), "{disguise:?} in segment {position}");
        }
    }
}

#[test]
fn case_15_stray_bits_in_the_last_character_are_refused() {
    // 256 octets leave two characters, the last with four bits that must be zero: A, Q, g or w.
    let token = ID_KEY.token(&id_claims());
    let (rest, last) = token.split_at(token.len() - 1);
    let alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let first = alphabet.find(last).unwrap();
    assert_eq!(first % 16, 0);
    for stray in alphabet.chars().skip(first + 1).take(15) {
        assert!(is_malformed(&format!("{rest}{stray}")), "{stray}");
    }
    // `{}` is two octets, whose third and last character ends in two bits that must be zero.
    let header = encode(header("RS256").to_string());
    assert_eq!(refusal(&ID_KEY.sign_input(&format!("{header}.e30"))), TokenError::MissingClaim("iss"));
    assert!(is_malformed(&ID_KEY.sign_input(&format!("{header}.e31"))));
}

#[test]
fn case_16_a_key_that_cannot_be_trusted_is_not_used() {
    let even = |bits: usize| encode(vec![0xfe; bits / 8]);
    let good = ID_KEY.jwk();
    for jwk in [
        with(good.clone(), "n", encode([0xff; 128])),
        with(good.clone(), "n", encode([&[0x7f][..], &[0xff; 255]].concat())),
        with(good.clone(), "n", even(2048)),
        with(good.clone(), "e", encode([1, 0, 0])),
        with(good.clone(), "e", encode([2])),
        with(good.clone(), "e", encode([1])),
        with(good.clone(), "use", "enc"),
        with(good.clone(), "kty", "EC"),
        with(good.clone(), "key_ops", json!(["sign"])),
    ] {
        let keys = jwks(&[jwk, ACCESS_KEY.jwk()]);
        assert_eq!((keys.len(), keys.left_out().len()), (1, 1));
        let token = ID_KEY.token(&id_claims());
        let token = Unverified::parse(&token).unwrap();
        assert_eq!(pool().verify_id_token(&token, &keys, NOW), Err(TokenError::UnknownKey));
    }
}

#[test]
fn case_16_a_kid_twice_uses_neither_key() {
    let twin = with(STRANGER.jwk(), "kid", ID_KEY.kid);
    for keys in [[ID_KEY.jwk(), twin.clone()], [twin, ID_KEY.jwk()], [ID_KEY.jwk(), ID_KEY.jwk()]] {
        let keys = jwks(&keys);
        assert!(keys.is_empty() && keys.left_out().len() == 2);
        let token = ID_KEY.token(&id_claims());
        let token = Unverified::parse(&token).unwrap();
        assert_eq!(pool().verify_id_token(&token, &keys, NOW), Err(TokenError::UnknownKey));
    }
}

#[test]
fn case_18_an_oversized_token_is_refused_unread() {
    let huge = with(id_claims(), "filling", "x".repeat(1_000_000));
    assert_eq!(refusal(&ID_KEY.token(&huge)), TokenError::TooLong);
    assert_eq!(refusal(&".".repeat(1_000_000)), TokenError::TooLong);
    let deep = format!("{{\"a\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(refusal(&ID_KEY.sign(&header("RS256").to_string(), &deep)), TokenError::TooLong);
}

#[test]
fn case_18_nesting_as_deep_as_fits_is_harmless_anywhere() {
    let depth = 5_000;
    let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let claims = without(id_claims(), "sub").to_string();
    for name in ["sub", "unknown", "cognito:groups"] {
        let payload = claims.replacen('{', &format!("{{\"{name}\":{deep},"), 1);
        is_forged(&ID_KEY.sign(&header("RS256").to_string(), &payload));
    }
    let nested_header = header("RS256").to_string().replacen('{', &format!("{{\"typ\":{deep},"), 1);
    is_forged(&ID_KEY.sign(&nested_header, "{}"));
    is_forged(&ID_KEY.sign(&header("RS256").to_string(), &"{\"a\":".repeat(2_000)));
}

#[test]
fn case_18_a_jwks_100_000_deep_is_bounded() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(Jwks::parse(deep.as_bytes()).is_err());
    assert!(Jwks::parse(format!("{{\"keys\":{deep}}}").as_bytes()).is_ok_and(|keys| keys.is_empty()));
    assert!(Jwks::parse("[".repeat(100_000).as_bytes()).is_err());
}

#[test]
fn case_18_times_at_the_end_of_the_range_do_not_overflow() {
    let token = ID_KEY.token(&with(id_claims(), "exp", u64::MAX));
    let token = Unverified::parse(&token).unwrap();
    assert!(pool().verify_id_token(&token, &KEYS, UnixTime(u64::MAX - 1)).is_ok());
    assert!(pool().verify_id_token(&token, &KEYS, UnixTime(u64::MAX)).is_err());
    assert!(pool().verify_id_token(&token, &KEYS, UnixTime(0)).is_err());
}
