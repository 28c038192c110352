//! Cases 8 to 14 and 17: what the pool has signed, for whom and for when.

use cognito::{Group, TokenError, Unverified};
use serde_json::json;

use super::{header, is_forged, refusal};
use crate::mint::*;

#[test]
fn case_08_token_use_swapped_is_refused() {
    for token_use in ["access", "ID", "refresh", "id "] {
        let token = ID_KEY.token(&with(id_claims(), "token_use", token_use));
        assert_eq!(verify_id(&token), Err(TokenError::WrongTokenUse), "{token_use}");
    }
    for token_use in ["id", "ACCESS", "refresh"] {
        let token = ACCESS_KEY.token(&with(access_claims(), "token_use", token_use));
        assert_eq!(verify_access(&token), Err(TokenError::WrongTokenUse), "{token_use}");
    }
    assert!(verify_id(&ACCESS_KEY.token(&access_claims())).is_err_and(|refusal| refusal.is_forged()));
    assert!(verify_access(&ID_KEY.token(&id_claims())).is_err_and(|refusal| refusal.is_forged()));
    let both = with(id_claims(), "client_id", CLIENT);
    assert_eq!(verify_access(&ID_KEY.token(&both)), Err(TokenError::WrongTokenUse));
}

#[test]
fn case_09_another_audience_or_several_are_refused() {
    for aud in ["other", "", "1EXAMPLE23456789", "1example2345678", "1example23456789 "] {
        is_forged(&ID_KEY.token(&with(id_claims(), "aud", aud)));
    }
    assert_eq!(refusal(&ID_KEY.token(&with(id_claims(), "aud", "other"))), TokenError::WrongAudience);
    for aud in
        [json!([CLIENT, "other"]), json!(["other", CLIENT]), json!([CLIENT]), json!([]), json!({ CLIENT: 1 })]
    {
        is_forged(&ID_KEY.token(&with(id_claims(), "aud", aud)));
    }
    let token = ACCESS_KEY.token(&with(access_claims(), "client_id", "other"));
    assert_eq!(verify_access(&token), Err(TokenError::WrongAudience));
}

#[test]
fn case_10_another_issuer_in_any_disguise_is_refused() {
    let another_pool = ISSUER.replace("EXAMPLE", "ANOTHER");
    for iss in [
        another_pool.as_str(),
        &format!("{ISSUER}/"),
        &ISSUER.to_uppercase(),
        &ISSUER.to_lowercase(),
        &ISSUER.replace("https:", "http:"),
        &ISSUER.replace("https:", "HTTPS:"),
        &format!(" {ISSUER}"),
        &format!("{ISSUER}#"),
        &ISSUER.replace("amazonaws.com", "amazonaws.com:443"),
    ] {
        assert_eq!(refusal(&ID_KEY.token(&with(id_claims(), "iss", iss))), TokenError::WrongIssuer, "{iss}");
        let token = ACCESS_KEY.token(&with(access_claims(), "iss", iss));
        assert_eq!(verify_access(&token), Err(TokenError::WrongIssuer), "{iss}");
    }
}

#[test]
fn case_11_an_expiry_that_is_no_time_is_refused() {
    is_forged(&ID_KEY.token(&without(id_claims(), "exp")));
    let rest = without(id_claims(), "exp").to_string();
    for exp in [
        "\"1800003600\"",
        "null",
        "1e400",
        "1e10",
        "-1",
        "-0",
        "1800003600.0",
        "99999999999999999999",
        "[]",
        "true",
    ] {
        let payload = rest.replacen('{', &format!("{{\"exp\":{exp},"), 1);
        let token = ID_KEY.sign(&header("RS256").to_string(), &payload);
        is_forged(&token);
        assert_eq!(Unverified::parse(&token).unwrap().unverified_expiry(), None, "{exp}");
    }
}

#[test]
fn case_12_an_expiry_now_is_over_and_a_second_later_is_not() {
    let expiring = |exp: u64| ID_KEY.token(&with(id_claims(), "exp", exp));
    let Err(TokenError::Expired { subject, expired_at }) = verify_id(&expiring(NOW.0)) else {
        panic!("accepted, or refused for another reason");
    };
    assert_eq!((subject.as_str(), expired_at), ("7a1b", NOW));
    assert!(verify_id(&expiring(NOW.0 + 1)).is_ok());
}

#[test]
fn case_13_a_start_far_in_the_future_is_refused() {
    for name in ["nbf", "iat"] {
        for (seconds, accepted) in [(300, true), (301, false), (86_400, false), (u64::MAX - NOW.0, false)] {
            let verified = verify_id(&ID_KEY.token(&with(id_claims(), name, NOW.0 + seconds)));
            let expected = if accepted { Ok(()) } else { Err(TokenError::NotYetValid { seconds }) };
            assert_eq!(verified.map(drop), expected, "{name}");
        }
    }
}

#[test]
fn case_14_a_member_twice_is_refused() {
    let (header, claims) = (header("RS256").to_string(), id_claims().to_string());
    for member in [r#""alg":"none""#, r#""kid":"x""#, r#""\u0061lg":"RS256""#] {
        let token = ID_KEY.sign(&header.replacen('{', &format!("{{{member},"), 1), &claims);
        assert!(matches!(refusal(&token), TokenError::DuplicateMember { .. }), "{member}");
    }
    for member in [
        r#""sub":"admin""#,
        r#""exp":1"#,
        r#""s\u0075b":"admin""#,
        r#""unknown":1,"unknown":1"#,
        r#""jti":{}"#,
    ] {
        let token = ID_KEY.sign(&header, &claims.replacen('{', &format!("{{{member},"), 1));
        assert!(matches!(refusal(&token), TokenError::DuplicateMember { .. }), "{member}");
    }
}

#[test]
fn case_17_groups_that_are_not_an_array_of_strings_match_nothing() {
    for groups in [
        json!("admins"),
        json!("[\"admins\"]"),
        json!({ "admins": true }),
        json!(null),
        json!(["admins", 1]),
        json!([["admins"]]),
    ] {
        let id = verify_id(&ID_KEY.token(&with(id_claims(), "cognito:groups", groups.clone()))).unwrap();
        let access =
            verify_access(&ACCESS_KEY.token(&with(access_claims(), "cognito:groups", groups))).unwrap();
        assert!(id.groups().is_empty() && access.groups().is_empty());
    }
}

#[test]
fn case_17_a_prefix_or_another_case_is_another_group() {
    let groups = json!(["admin", "Admins", "admins ", "admins,editors", "adminsx"]);
    let claims = verify_id(&ID_KEY.token(&with(id_claims(), "cognito:groups", groups))).unwrap();
    assert_eq!(claims.groups().len(), 5);
    assert!(!claims.groups().contains(&Group::from("admins")));
}
