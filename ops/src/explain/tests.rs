use gate::reason::Reason;
use serde_json::json;

use super::*;

mod ground;
mod secrets;

use ground::*;

#[test]
fn a_living_session_passes_without_its_cookies() {
    let explanation = explained(&asked("/guide/", &[id_cookie(&id_claims()), "theme=dark".to_owned()]));
    let id = about(&explanation, "ID token");
    assert!(id.contains("good for 3540 s more") && id.contains("user ada, in readers"), "{id}");
    assert!(
        about(&explanation, "route")
            .starts_with("4 of 4: /guide/*, kind site, for everybody who is signed in")
    );
    let Outcome::Forward(forwarded) = &explanation.outcome else { panic!("{explanation:?}") };
    assert_eq!(forwarded.path, "/guide/index.html");
    assert_eq!(forwarded.removed_cookies, ["__Host-id-token"]);
    assert!(forwarded.added.is_empty() && forwarded.removed.is_empty(), "{forwarded:?}");
}

#[test]
fn what_is_wrong_with_a_token_is_named() {
    let stranger = |kid: &str| format!("__Host-id-token={}", sign(STRANGERS, kid, &id_claims()));
    for (cookie, says) in [
        (
            id_cookie(&with(id_claims(), "exp", json!(NOW))),
            "expired since 2027-01-15T08:00:00Z; everything else",
        ),
        (id_cookie(&with(id_claims(), "aud", json!("2other"))), "for another client"),
        (id_cookie(&with(id_claims(), "aud", json!("2other"))), "says aud is 2other"),
        (
            id_cookie(&with(id_claims(), "iss", json!("https://evil.example"))),
            "says iss is https://evil.example",
        ),
        (id_cookie(&access_claims()), "the claim aud is missing"),
        (id_cookie(&with(id_claims(), "token_use", json!("access"))), "says token_use is access"),
        (id_cookie(&with(id_claims(), "iat", json!(NOW + 900))), "valid only in 900 seconds"),
        (stranger("k1"), "the signature does not match"),
        (stranger("k9"), "says that its key is k9"),
        ("__Host-id-token=abc".to_owned(), "malformed"),
        ("__Host-id-token=e30.e30.e30".to_owned(), "RS256"),
    ] {
        let id = about(&explained(&asked("/guide/", &[cookie])), "ID token");
        assert!(id.contains(says), "{says}: {id}");
    }
}

#[test]
fn the_second_before_the_end_and_the_end() {
    for (left, says) in [(1, "good for 1 s more"), (0, "expired since")] {
        let claims = with(id_claims(), "exp", json!(NOW + left));
        let id = about(&explained(&asked("/guide/", &[id_cookie(&claims)])), "ID token");
        assert!(id.contains(says), "{id}");
    }
}

#[test]
fn a_session_that_ends_is_renewed() {
    let cookies =
        [id_cookie(&with(id_claims(), "exp", json!(NOW))), "__Host-refresh-token=opaque-secret".to_owned()];
    let explanation = explained(&asked("/guide/", &cookies));
    let Outcome::Exchange(plan) = &explanation.outcome else { panic!("{explanation:?}") };
    assert_eq!((plan.method, plan.url.as_str()), ("POST", "https://login.example.com/oauth2/token"));
    assert!(plan.sends.contains(&"grant_type=refresh_token".to_owned()) && plan.then.contains("307"));
    let Outcome::Answer(otherwise) = &*plan.otherwise else { panic!("{plan:?}") };
    assert_eq!((otherwise.status, otherwise.reason), (503, Some(Reason::TimedOut)));
}

#[test]
fn a_key_that_is_not_known_is_asked_for() {
    let cookie = format!("__Host-id-token={}", sign(STRANGERS, "k9", &id_claims()));
    let explanation = explained(&asked("/guide/", &[cookie]));
    let Outcome::Exchange(plan) = &explanation.outcome else { panic!("{explanation:?}") };
    assert_eq!((plan.method, plan.url.as_str()), ("GET", &*format!("{ISSUER}/.well-known/jwks.json")));
}

#[test]
fn whoever_is_in_no_group_is_told_so() {
    let explanation = explained(&asked("/admin/posts", &[id_cookie(&id_claims())]));
    let answer = answered(&explanation);
    assert_eq!((answer.status, answer.reason), (403, Some(Reason::NotInGroup)));
    assert!(about(&explanation, "route").contains("for members of editors"));
    let editor = with(id_claims(), "cognito:groups", json!(["editors"]));
    let explanation = explained(&asked("/admin/posts", &[id_cookie(&editor)]));
    assert!(
        matches!(&explanation.outcome, Outcome::Forward(forwarded) if forwarded.path == "/admin/index.html")
    );
}

#[test]
fn an_api_gets_the_access_token_and_not_the_viewers_headers() {
    let cookie = format!("__Host-access-token={}", sign(POOLS, "k1", &access_claims()));
    let mut asked = asked("/api/entries", &[cookie]);
    asked.headers =
        vec!["X-Auth-User: root".into(), "X-Original-URL: /x".into(), "Authorization: Basic eA==".into()];
    let Outcome::Forward(forwarded) = explained(&asked).outcome else { panic!() };
    assert_eq!(forwarded.added, ["authorization"]);
    assert_eq!(forwarded.removed, ["x-auth-user", "x-original-url"]);
}

#[test]
fn a_bearer_token_of_the_clients_own_decides_alone() {
    let mut asked = asked("/api/entries", &["__Host-id-token=abc".to_owned()]);
    let expired = with(access_claims(), "exp", json!(NOW - 1));
    asked.headers = vec![format!("Authorization: Bearer {}", sign(POOLS, "k1", &expired))];
    let explanation = explained(&asked);
    let found = about(&explanation, "bearer token");
    assert!(
        about(&explanation, "session").contains("decides alone") && found.contains("says exp is"),
        "{found}"
    );
    assert_eq!((answered(&explanation).status, about(&explanation, "ID token").as_str()), (401, ""));
}

#[test]
fn hostile_requests_are_explained() {
    for (path, headers, method, status, reason) in [
        ("/public/%2e%2e/guide/", vec![], "GET", 400, Reason::UnsafePath),
        ("/public%2f..%2fguide/", vec![], "GET", 400, Reason::UnsafePath),
        ("//public", vec![], "GET", 400, Reason::UnsafePath),
        ("/other", vec![], "GET", 403, Reason::NoRoute),
        ("/api/entries", vec!["Sec-Fetch-Site: cross-site"], "POST", 403, Reason::CrossSite),
        ("/api/entries", vec!["Origin: https://evil.example"], "DELETE", 403, Reason::CrossSite),
        ("/api/entries", vec![], "GET", 401, Reason::NoSession),
        ("/guide/", vec!["Sec-Fetch-Dest: empty"], "GET", 401, Reason::NoSession),
        ("/guide/", vec!["Sec-Fetch-Dest: document"], "POST", 401, Reason::NoSession),
        (
            "/auth/callback?code=secret-code&state=secret-state",
            vec![],
            "GET",
            400,
            Reason::IncompleteCallback,
        ),
        ("/auth/session", vec![], "GET", 401, Reason::NoSession),
        ("/auth/sign-in", vec!["Sec-Purpose: prefetch"], "GET", 401, Reason::Prefetch),
        ("/auth/session", vec![], "PUT", 405, Reason::MethodNotAllowed),
    ] {
        let mut asked = asked(path, &[]);
        asked.method = method.to_owned();
        asked.headers = headers.into_iter().map(str::to_owned).collect();
        let explanation = explained(&asked);
        let answer = answered(&explanation);
        assert_eq!((answer.status, answer.reason), (status, Some(reason)), "{path}");
        assert_eq!(answer.because, Some(reason.sentence()));
    }
    let other = Asked {
        url: "https://evil.example/public/a".to_owned(),
        method: "GET".to_owned(),
        ..Asked::default()
    };
    let explanation = explained(&other);
    assert_eq!(answered(&explanation).reason, Some(Reason::UnknownHost));
    assert!(about(&explanation, "host").contains("none of the gate's hosts (docs.example.com)"));
}
