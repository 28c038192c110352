//! Cases 48, 49, 52 and 53: the cookies of a session, in both layouts.

use crate::fixture::*;

#[test]
fn case_48_of_a_stale_and_a_good_cookie_the_good_one_wins() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let tokens = |issued_at| (id_token(&ada(), issued_at), access_token(&ada(), issued_at));
        let good = tokens(NOW);
        for stale in [tokens(NOW - LIFETIME), tokens(NOW - LIFETIME + 1), ("x".into(), String::new())] {
            let lines = [&stale, &good]
                .map(|(id, access)| fixture.session_of("ada", &[("id", id), ("access", access)]));
            for [first, second] in [[&lines[0], &lines[1]], [&lines[1], &lines[0]]] {
                for cookies in [vec![format!("{first}; {second}")], vec![first.clone(), second.clone()]] {
                    let with = |ask: Ask| cookies.iter().fold(ask, |ask, line| ask.cookies(line));
                    fixture.ask(with(Ask::page("/private"))).assert_forwarded();
                    let api = fixture.ask(with(Ask::fetch("GET", "/api/me")));
                    assert_eq!(api.headers("authorization"), [format!("Bearer {}", good.1)]);
                }
            }
        }
        assert!(fixture.pool.calls.is_empty());
    }
}

#[test]
fn case_48_of_a_forged_and_a_good_cookie_it_is_never_the_forged_user() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        // In the layout that names the user, mallory's cookies bear ada's name.
        let mallory = Person::new("sub-of-mallory", "mallory", &["admins"]);
        let far = |claims| forged(&with(claims, "exp", NOW + 86_400));
        let (id, access) = (far(id_claims(&mallory, NOW)), far(access_claims(&mallory, NOW)));
        let bad = fixture.session_of("ada", &[("id", &id), ("access", &access)]);
        let good = fixture.session(&ada(), NOW);
        for lines in [[good.as_str(), &bad], [&bad, good.as_str()]] {
            assert_eq!(fixture.user_of(&lines).as_deref(), Some("ada"));
            assert_eq!(fixture.user_of(&[&lines.join("; ")]).as_deref(), Some("ada"));
            let api = fixture.ask(Ask::fetch("GET", "/api/me").cookies(lines[0]).cookies(lines[1]));
            assert_eq!(api.bearer_user(), "ada");
        }
        assert_eq!(fixture.user_of(&[&bad]), None);
    }
}

#[test]
fn case_49_nothing_is_swallowed() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let good = fixture.session(&ada(), NOW);
        for around in [
            format!("$Version=1; {good}"),
            format!("$Version=\"1\"; {good}; $Path=\"/\""),
            format!("a=\"x; {good}; b=y\""),
            format!("a=\"; {good}"),
            format!("a=\\\"; {good}"),
            format!("; ;;=;=x; {good}"),
            format!("a,b=c, d; {good}"),
            format!("{good};"),
            good.replace("; ", ";"),
            good.replace('=', " = "),
        ] {
            assert_eq!(fixture.user_of(&[&around]).as_deref(), Some("ada"), "{around}");
        }
        let quoted = fixture.session_of("ada", &[("id", &format!("\"{}\"", id_token(&ada(), NOW)))]);
        assert_eq!(fixture.user_of(&[&quoted]), None, "a quoted token is no token");
    }
}

#[test]
fn case_49_a_cookie_that_a_subdomain_can_set_is_not_the_gates() {
    let mut fixture = Fixture::new();
    let mine = fixture.session(&ada(), NOW);
    let tossed = id_token(&bob(), NOW + 200);
    for disguise in ["\u{2000}", "\u{a0}", "\u{85}", "\u{b}", "\u{c}", "\u{feff}", "_", "x"] {
        for name in [format!("{disguise}__Host-id-token"), format!("__Host-id-token{disguise}")] {
            let tossed = format!("{name}={tossed}");
            assert_eq!(fixture.user_of(&[&tossed]), None, "{name:?}");
            assert_eq!(fixture.user_of(&[&format!("{tossed}; {mine}")]).as_deref(), Some("ada"), "{name:?}");
        }
    }
    for name in ["__host-id-token", "__HOST-ID-TOKEN", "__Secure-id-token", "id-token", "%5F_Host-id-token"] {
        assert_eq!(fixture.user_of(&[&format!("{name}={tossed}")]), None, "{name}");
    }
    assert_eq!(fixture.user_of(&[&format!("__Host-id-token={tossed}")]).as_deref(), Some("bob"));
}

#[test]
fn case_52_signing_in_replaces_whatever_was_there() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let mut browser = Browser::default();
        for name in
            ["id-token", "id-token-1", "id-token-2", "access-token", "access-token-3", "refresh-token"]
        {
            browser.plant(&format!("__Host-{name}"), "left-over");
        }
        for name in ["bob.idToken", "bob.accessToken", "bob.refreshToken", "ada.idToken", "ada.refreshToken"]
        {
            browser.plant(&format!("{AMPLIFY}.{name}"), "left-over");
            browser.plant_with_domain(&format!("{AMPLIFY}.{name}"), "left-over");
        }
        browser.plant(&format!("{AMPLIFY}.LastAuthUser"), "bob");
        browser.plant_with_domain(&format!("{AMPLIFY}.LastAuthUser"), "bob");
        browser.plant("theme", "dark");
        fixture.pool.gives_refresh_tokens = false;
        browser.open(&mut fixture, "/auth/sign-in?to=/private").assert_forwarded();
        let cookies = browser.cookies(NOW);
        assert!(!cookies.contains("left-over") && !cookies.contains("LastAuthUser=bob"), "{cookies}");
        assert!(cookies.contains("theme=dark") && !cookies.contains("efresh"), "{cookies}");
        assert_eq!(fixture.user_of(&[&cookies]).as_deref(), Some("ada"));
    }
}

#[test]
fn case_53_each_deletion_takes_away_what_was_set() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let mut browser = fixture.signed_in(&ada());
        browser.ask(&mut fixture, Ask::page("/auth/sign-in?to=/x"));
        for name in ["bob.idToken", "LastAuthUser"] {
            browser.plant_with_domain(&format!("{AMPLIFY}.{name}"), "x");
        }
        browser.plant("__Host-id-token-1", "x");
        browser.plant("theme", "dark");
        browser.open(&mut fixture, "/auth/sign-out").assert_status(200);
        assert_eq!(browser.names(), ["theme"], "{layout}");
        assert_eq!(fixture.pool.calls.last().unwrap().url.path(), "/oauth2/revoke");
        browser.ask(&mut fixture, Ask::page("/private")).assert_sign_in();
    }
}

#[test]
fn case_53_however_many_cookies_were_tossed_in_signing_out_and_in_work() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let mut browser = fixture.signed_in(&ada());
        let junk: String = (0..230).map(|number| format!("{AMPLIFY}.{number}=; ")).collect();
        let answer =
            fixture.ask(Ask::page("/auth/sign-out").cookies(&format!("{junk}{}", browser.cookies(NOW))));
        answer.assert_status(303);
        browser.store(&answer, NOW);
        assert!(browser.names().is_empty(), "{:?}", browser.names());
        let begun = fixture.ask(Ask::page("/private").cookies(&junk));
        browser.store(&begun, NOW);
        let url = fixture.pool.authorize(begun.location());
        let answer = fixture.ask(Ask::page(&url).cookies(&format!("{junk}{}", browser.cookies(NOW))));
        answer.assert_status(303);
        assert_eq!(answer.session_cookies().len(), 3);
    }
}
