//! Cases 50 and 51: whose session it is.

use crate::fixture::*;

#[test]
fn case_50_odd_user_names_are_the_right_user() {
    for odd in [
        "__proto__",
        "constructor",
        "../",
        "../../etc/passwd",
        "LastAuthUser",
        "idToken",
        "a.idToken",
        ".",
        "a b",
        "ada@example.com",
        "ada%40example.com",
        "100%",
        "é😈",
        "a;b=c",
        "a=b",
        "\"quoted\"",
        "a/b",
    ] {
        for layout in LAYOUTS {
            let mut fixture = Fixture::with_layout(layout);
            let mut browser = fixture.signed_in(&Person::new("sub-of-odd", odd, &["readers"]));
            assert_eq!(fixture.user_of(&[&browser.cookies(NOW)]).as_deref(), Some(odd), "{layout}");
            assert_eq!(browser.open(&mut fixture, "/api/me").bearer_user(), odd);
            fixture.now += LIFETIME;
            browser.open(&mut fixture, "/private").assert_forwarded();
            assert_eq!(browser.trips, 1, "{odd} was renewed");
            browser.open(&mut fixture, "/auth/sign-out");
            assert!(browser.names().is_empty(), "{:?}", browser.names());
        }
    }
}

#[test]
fn case_50_a_user_name_is_read_raw_and_encoded() {
    let mut fixture = Fixture::with_layout("amplify");
    let person = Person::new("sub", "ada@example.com", &[]);
    let id = id_token(&person, NOW);
    for name in ["ada@example.com", "ada%40example.com"] {
        for last in ["ada@example.com", "ada%40example.com"] {
            let cookies = format!("{AMPLIFY}.{name}.idToken={id}; {AMPLIFY}.LastAuthUser={last}");
            assert_eq!(fixture.user_of(&[&cookies]).as_deref(), Some("ada@example.com"), "{cookies}");
        }
    }
}

#[test]
fn case_50_a_token_under_another_users_name_is_refused() {
    let mut fixture = Fixture::with_layout("amplify");
    let id = id_token(&ada(), NOW);
    for name in ["bob", "Ada", "", "ada.x", "a%00da", "*", "__proto__", "ad", "ada%20"] {
        let cookies = format!("{AMPLIFY}.{name}.idToken={id}; {AMPLIFY}.LastAuthUser={name}");
        assert_eq!(fixture.user_of(&[&cookies]), None, "{name}");
        fixture.ask(Ask::page("/private").cookies(&cookies)).assert_sign_in();
    }
    let nobody = format!("{AMPLIFY}.ada.idToken={id}");
    assert_eq!(fixture.user_of(&[&nobody]), None, "nobody is the last user");
    let elsewhere =
        format!("CognitoIdentityServiceProvider.other.ada.idToken={id}; {AMPLIFY}.LastAuthUser=ada");
    assert_eq!(fixture.user_of(&[&elsewhere]), None, "another client's");
}

#[test]
fn case_50_what_a_browser_would_not_keep_is_refused_and_makes_no_loop() {
    for (layout, username) in
        [("amplify", "u".repeat(5_000)), ("amplify", "é".repeat(700)), ("host", "u".repeat(5_000))]
    {
        let mut fixture = Fixture::with_layout(layout);
        fixture.pool.person = Person::new("sub", &username, &["readers"]);
        let mut browser = Browser::default();
        let answer = browser.open(&mut fixture, "/private");
        answer.assert_refused().assert_status(500);
        assert_eq!((browser.trips, answer.reason()), (1, "session_too_long"));
    }
}

#[test]
fn case_50_an_empty_user_name_is_refused() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        fixture.pool.person = Person::new("sub", "", &[]);
        Browser::default().open(&mut fixture, "/private").assert_refused().assert_status(503);
    }
}

#[test]
fn case_50_a_long_token_is_split_and_put_together_again() {
    let mut fixture = Fixture::new();
    let mut person = ada();
    let mut browser = fixture.signed_in(&person);
    assert!(browser.names().contains(&"__Host-id-token"));
    person.groups.extend((0..200).map(|number| format!("group-number-{number}")));
    fixture.pool.person = person;
    browser.open(&mut fixture, "/auth/sign-in?to=/private").assert_forwarded();
    let names = browser.names();
    assert!(names.contains(&"__Host-id-token-2") && !names.contains(&"__Host-id-token"), "{names:?}");
    fixture.pool.person = bob();
    browser.open(&mut fixture, "/auth/sign-in?to=/private").assert_forwarded();
    assert!(!browser.names().iter().any(|name| name.ends_with("-2")), "{:?}", browser.names());
}

#[test]
fn case_51_user_a_then_user_b_never_mix() {
    for layout in LAYOUTS {
        for gives_refresh_tokens in [true, false] {
            let mut fixture = Fixture::with_layout(layout);
            let mut browser = fixture.signed_in(&ada());
            fixture.pool.gives_refresh_tokens = gives_refresh_tokens;
            fixture.pool.person = bob();
            browser.open(&mut fixture, "/auth/sign-in?to=/private").assert_forwarded();
            assert_eq!(fixture.user_of(&[&browser.cookies(NOW)]).as_deref(), Some("bob"));
            fixture.now += LIFETIME;
            let answer = browser.ask(&mut fixture, Ask::page("/private"));
            if gives_refresh_tokens {
                answer.assert_status(307);
                assert_eq!(fixture.user_of(&[&browser.cookies(NOW)]).as_deref(), Some("bob"));
            } else {
                answer.assert_sign_in();
                assert_eq!(
                    fixture.pool.last_form()["grant_type"],
                    "authorization_code",
                    "ada's token was left"
                );
            }
        }
    }
}

#[test]
fn case_51_as_identity_with_bs_refresh_token_is_no_session() {
    for layout in LAYOUTS {
        for (kinds, age) in [
            (vec!["id", "access"], LIFETIME),
            (vec!["id", "access"], LIFETIME - 100),
            (vec!["id"], LIFETIME),
            (vec!["access"], LIFETIME),
            (vec!["access"], LIFETIME - 100),
        ] {
            let mut fixture = Fixture::with_layout(layout);
            let refresh = fixture.pool.refresh_token(&bob());
            let mut tokens = vec![("refresh", refresh)];
            let (id, access) = (id_token(&ada(), NOW - age), access_token(&ada(), NOW - age));
            tokens.extend(
                [("id", id), ("access", access)].into_iter().filter(|(kind, _)| kinds.contains(kind)),
            );
            let tokens: Vec<(&str, &str)> =
                tokens.iter().map(|(kind, token)| (*kind, token.as_str())).collect();
            let cookies = fixture.session_of("ada", &tokens);
            fixture.ask(Ask::fetch("GET", "/api/me").cookies(&cookies)).assert_refused().assert_status(401);
            fixture.restart();
            if kinds.contains(&"id") {
                let page = fixture.ask(Ask::page("/private").cookies(&cookies));
                assert_eq!(page.assert_sign_in().reason(), "refresh_token_of_another_user");
            }
        }
    }
}

#[test]
fn case_51_a_refresh_token_under_another_users_name_is_no_session() {
    let mut fixture = Fixture::with_layout("amplify");
    let refresh = fixture.pool.refresh_token(&bob());
    let cookies = fixture.session_of("ada", &[("refresh", &refresh)]);
    fixture.ask(Ask::page("/private").cookies(&cookies)).assert_sign_in();
    fixture.restart();
    fixture.ask(Ask::fetch("GET", "/api/me").cookies(&cookies)).assert_refused().assert_status(401);
}
