//! What verification accepts and refuses, claim by claim, with the two sides of every boundary.

#[cfg(test)]
mod mint;

#[cfg(test)]
mod verification {
    use cognito::{
        CLOCK_SKEW_SECONDS, ClientId, Group, Issuer, Jwks, Nonce, Subject, TokenError, UnixTime, Unverified,
    };
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use crate::mint::*;

    fn id(claims: &Value) -> Result<cognito::IdClaims, TokenError> {
        verify_id(&ID_KEY.token(claims))
    }

    fn access(claims: &Value) -> Result<cognito::AccessClaims, TokenError> {
        verify_access(&ACCESS_KEY.token(claims))
    }

    #[test]
    fn an_id_token_as_cognito_issues_it_is_accepted_whole() {
        let claims = id(&id_claims()).unwrap();
        assert_eq!(claims.issuer().as_str(), ISSUER);
        assert_eq!(claims.subject().as_str(), "7a1b");
        assert_eq!(claims.username().as_str(), "ada");
        assert_eq!(claims.groups(), ["editors", "readers"].map(Group::from));
        assert_eq!(claims.email(), Some("ada@example.com"));
        assert_eq!(claims.nonce(), Some(&Nonce::from("n-0S6")));
        assert_eq!(claims.auth_time(), Some(UnixTime(NOW.0 - 60)));
        assert_eq!(claims.issued_at(), UnixTime(NOW.0 - 60));
        assert_eq!(claims.expires_at(), NOW.plus(3_600));
    }

    #[test]
    fn an_access_token_as_cognito_issues_it_is_accepted_whole() {
        let claims = access(&access_claims()).unwrap();
        assert_eq!(claims.issuer().as_str(), ISSUER);
        assert_eq!(claims.subject().as_str(), "7a1b");
        assert_eq!(claims.username().as_str(), "ada");
        assert_eq!(claims.client_id().as_str(), CLIENT);
        assert_eq!(claims.scope(), Some("openid email"));
        assert_eq!(claims.groups(), ["editors"].map(Group::from));
        assert_eq!(claims.issued_at(), UnixTime(NOW.0 - 60));
        assert_eq!(claims.expires_at(), NOW.plus(3_600));
    }

    #[test]
    fn a_key_of_4096_bits_verifies_too() {
        let largest = Key::load("largest", include_bytes!("keys/largest.pk8.der"));
        let token = largest.token(&id_claims());
        let token = Unverified::parse(&token).unwrap();
        assert!(pool().verify_id_token(&token, &jwks(&[largest.jwk()]), NOW).is_ok());
    }

    #[test]
    fn an_unknown_key_may_be_a_new_one_but_a_wrong_signature_is_forged() {
        let refusal = verify_id(&STRANGER.token(&id_claims())).unwrap_err();
        assert_eq!(refusal, TokenError::UnknownKey);
        assert!(!refusal.is_forged());

        let header = json!({ "kid": ID_KEY.kid, "alg": "RS256" }).to_string();
        let refusal = verify_id(&STRANGER.sign(&header, &id_claims().to_string())).unwrap_err();
        assert_eq!(refusal, TokenError::BadSignature);
        assert!(refusal.is_forged());

        let token = ID_KEY.token(&id_claims());
        let unverified = Unverified::parse(&token).unwrap();
        assert_eq!(pool().verify_id_token(&unverified, &Jwks::default(), NOW), Err(TokenError::UnknownKey));
    }

    #[test]
    fn a_signature_is_for_one_header_and_one_payload() {
        let (ada, bob) = (ID_KEY.token(&id_claims()), ID_KEY.token(&with(id_claims(), "sub", "bob")));
        let mixed = format!("{}.{}", bob.rsplit_once('.').unwrap().0, ada.rsplit_once('.').unwrap().1);
        assert_eq!(verify_id(&mixed), Err(TokenError::BadSignature));
        for length in [0, 1, 255, 257, 512] {
            let token = format!("{}.{}", ada.rsplit_once('.').unwrap().0, encode(vec![0; length]));
            assert!(verify_id(&token).is_err_and(|refusal| refusal.is_forged()), "{length}");
        }
    }

    #[test]
    fn the_signature_is_checked_before_any_claim() {
        let header = json!({ "kid": ID_KEY.kid, "alg": "RS256" }).to_string();
        for claims in
            [json!({}), with(id_claims(), "exp", NOW.0 - 1), with(id_claims(), "iss", "https://evil.example")]
        {
            assert_eq!(
                verify_id(&STRANGER.sign(&header, &claims.to_string())),
                Err(TokenError::BadSignature)
            );
        }
    }

    #[test]
    fn either_of_several_issuers_will_do_and_none_accepts_nothing() {
        let other = "https://issuer-cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_EXAMPLE";
        let token = ID_KEY.token(&with(id_claims(), "iss", other));
        let token = Unverified::parse(&token).unwrap();
        let mut pool = pool();
        assert_eq!(pool.verify_id_token(&token, &KEYS, NOW), Err(TokenError::WrongIssuer));
        pool.issuers.push(Issuer::from(other));
        assert_eq!(pool.verify_id_token(&token, &KEYS, NOW).unwrap().issuer().as_str(), other);
        pool.issuers.clear();
        assert_eq!(pool.verify_id_token(&token, &KEYS, NOW), Err(TokenError::WrongIssuer));
    }

    #[test]
    fn required_claims_are_missed_by_name() {
        for name in ["iss", "aud", "token_use", "exp", "iat", "sub", "cognito:username"] {
            assert_eq!(id(&without(id_claims(), name)), Err(TokenError::MissingClaim(name)));
        }
        for name in ["iss", "sub", "client_id", "token_use", "exp", "iat"] {
            assert_eq!(access(&without(access_claims(), name)), Err(TokenError::MissingClaim(name)));
        }
    }

    #[test]
    fn claims_of_the_wrong_type_are_refused_by_name() {
        let is_wrong = |refusal: TokenError, name: &str| {
            assert!(
                matches!(refusal, TokenError::WrongClaimType { claim, .. } if claim == name),
                "{name}: {refusal}"
            );
        };
        let text = ["iss", "aud", "token_use", "sub", "cognito:username", "email", "nonce"];
        for name in text {
            for value in [json!(1), json!(null), json!(["x"]), json!({})] {
                is_wrong(id(&with(id_claims(), name, value)).unwrap_err(), name);
            }
        }
        for name in ["iss", "sub", "client_id", "token_use", "username", "scope"] {
            for value in [json!(1), json!(null), json!(["x"]), json!({})] {
                is_wrong(access(&with(access_claims(), name, value)).unwrap_err(), name);
            }
        }
        for name in ["iss", "aud", "token_use", "sub", "cognito:username"] {
            is_wrong(id(&with(id_claims(), name, "")).unwrap_err(), name);
        }
        for name in ["exp", "iat", "nbf", "auth_time"] {
            for value in [json!("1"), json!(null), json!(1.5), json!(-1)] {
                is_wrong(id(&with(id_claims(), name, value)).unwrap_err(), name);
            }
        }
    }

    #[test]
    fn optional_claims_may_be_absent() {
        let mut claims = id_claims();
        for name in ["email", "nonce", "auth_time", "cognito:groups"] {
            claims = without(claims, name);
        }
        let claims = id(&claims).unwrap();
        assert_eq!((claims.email(), claims.nonce(), claims.auth_time()), (None, None, None));
        assert!(claims.groups().is_empty());

        let claims = access(&without(without(access_claims(), "scope"), "cognito:groups")).unwrap();
        assert_eq!(claims.scope(), None);
        assert!(claims.groups().is_empty());
    }

    #[test]
    fn a_client_credentials_token_has_its_subject_for_a_name() {
        let claims = access(&with(without(access_claims(), "username"), "sub", CLIENT)).unwrap();
        assert_eq!(claims.username().as_str(), CLIENT);
        assert!(access(&with(access_claims(), "username", "")).is_err());
    }

    #[test]
    fn another_clients_access_token_needs_to_be_listed() {
        let token = ACCESS_KEY.token(&with(access_claims(), "client_id", "cli"));
        let token = Unverified::parse(&token).unwrap();
        let verify = |also: &[&str]| {
            let also: Vec<ClientId> = also.iter().copied().map(ClientId::from).collect();
            pool().verify_access_token(&token, &KEYS, NOW, &also)
        };
        assert_eq!(verify(&[]), Err(TokenError::WrongAudience));
        assert_eq!(verify(&["CLI", "cl", ""]), Err(TokenError::WrongAudience));
        assert_eq!(verify(&["other", "cli"]).unwrap().client_id().as_str(), "cli");
    }

    #[test]
    fn an_access_tokens_audience_is_the_apis_to_check() {
        for aud in [json!("https://api.example"), json!(["https://api.example", "x"])] {
            assert!(access(&with(access_claims(), "aud", aud)).is_ok());
        }
        for aud in [json!(1), json!(null), json!([1]), json!({})] {
            assert!(access(&with(access_claims(), "aud", aud)).is_err());
        }
    }

    #[test]
    fn the_expiry_has_no_tolerance() {
        for (expiry, accepted) in [(NOW.0 - 1, false), (NOW.0, false), (NOW.0 + 1, true), (u64::MAX, true)] {
            let expired =
                TokenError::Expired { subject: Subject::from("7a1b"), expired_at: UnixTime(expiry) };
            let expected = if accepted { Ok(()) } else { Err(expired) };
            assert_eq!(id(&with(id_claims(), "exp", expiry)).map(drop), expected);
            assert_eq!(access(&with(access_claims(), "exp", expiry)).map(drop), expected);
        }
    }

    #[test]
    fn expired_means_that_nothing_else_is_wrong() {
        let expired = with(id_claims(), "exp", NOW.0);
        assert!(matches!(id(&expired), Err(TokenError::Expired { .. })));
        for (name, value) in [
            ("iss", json!("https://evil.example")),
            ("aud", json!("other")),
            ("token_use", json!("access")),
            ("iat", json!(NOW.0 + 1_000)),
            ("sub", json!(1)),
            ("cognito:username", json!("")),
            ("email", json!(1)),
            ("nonce", json!(1)),
            ("auth_time", json!("x")),
        ] {
            let refusal = id(&with(expired.clone(), name, value)).unwrap_err();
            assert!(!matches!(refusal, TokenError::Expired { .. }), "{name}");
        }
    }

    #[test]
    fn a_start_may_be_as_far_ahead_as_clocks_differ() {
        let ahead = NOW.0 + CLOCK_SKEW_SECONDS;
        for name in ["iat", "nbf"] {
            assert!(id(&with(id_claims(), name, ahead)).is_ok());
            assert!(access(&with(access_claims(), name, ahead)).is_ok());
            let refusal = TokenError::NotYetValid { seconds: CLOCK_SKEW_SECONDS + 1 };
            assert_eq!(id(&with(id_claims(), name, ahead + 1)), Err(refusal.clone()));
            assert_eq!(access(&with(access_claims(), name, ahead + 1)), Err(refusal));
        }
    }

    #[test]
    fn changing_any_one_byte_makes_a_token_worthless() {
        let token = ID_KEY.token(&id_claims());
        for position in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[position] ^= 1;
            let changed = String::from_utf8(changed).unwrap();
            let refusal = verify_id(&changed).unwrap_err();
            assert!(refusal.is_forged() || refusal == TokenError::UnknownKey, "{position}: {refusal}");
        }
    }

    proptest! {
        #[test]
        fn any_other_byte_anywhere_is_refused(position in any::<prop::sample::Index>(), byte in 0_u8..128) {
            let token = ID_KEY.token(&id_claims());
            let mut changed = token.clone().into_bytes();
            let position = position.index(changed.len());
            prop_assume!(changed[position] != byte);
            changed[position] = byte;
            prop_assert!(verify_id(&String::from_utf8(changed).unwrap()).is_err());
        }

        #[test]
        fn any_json_under_the_pools_signature_never_panics(
            name in "iss|aud|exp|iat|nbf|sub|token_use|cognito:groups",
            json in r#"[{}\[\],:"a-f0-9eE+.-]{0,40}"#,
        ) {
            let payload = format!("{{\"{name}\":{json}}}");
            let header = json!({ "kid": ID_KEY.kid, "alg": "RS256" }).to_string();
            prop_assert!(verify_id(&ID_KEY.sign(&header, &payload)).is_err());
        }
    }
}
