//! Cases 32 to 37: a redirect stays on the host.
//!
//! That each Location leads to the site or to the user pool, as a real URL parser reads it, is held by the fixture for
//! every answer of every test.

use serde_json::json;
use url::Url;

use crate::fixture::*;

/// The corpus of hostile return targets.
fn targets() -> Vec<String> {
    let corpus = include_str!("../corpora/return_targets.txt");
    let lines = corpus.lines().filter(|line| !line.starts_with("// "));
    let targets: Vec<String> =
        lines.map(|line| serde_json::from_str(&format!("\"{line}\"")).unwrap()).collect();
    assert!(targets.len() >= 300, "{}", targets.len());
    targets
}

#[track_caller]
fn stays_on_the_host(location: &str, what: &str) {
    let url = Url::parse("https://cms.example.com/").unwrap().join(location).unwrap();
    assert_eq!(url.origin().ascii_serialization(), "https://cms.example.com", "{what:?} led to {location:?}");
    assert!(location.starts_with('/') && !location.starts_with("//"), "{what:?} led to {location:?}");
    assert!(location.bytes().all(|b| b.is_ascii_graphic()), "{what:?} led to {location:?}");
}

/// Signs in from an answer that leads to the hosted UI, and gives where it ends.
#[track_caller]
fn landing(fixture: &mut Fixture, answer: &Answer) -> String {
    let mut browser = Browser::default();
    browser.store(answer, NOW);
    let url = fixture.pool.authorize(answer.location());
    let answer = browser.ask(fixture, Ask::page(&url));
    if answer.status() == 200 {
        // What could not be kept of the address is said on the way.
        assert!(answer.body().contains("too long to be kept") && !answer.session_cookies().is_empty());
        let (_, link) = answer.body().split_once("<a href=\"").unwrap();
        return link.split('"').next().unwrap().to_owned();
    }
    answer.assert_status(303);
    answer.location().to_owned()
}

fn form_encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

#[test]
fn case_32_a_hostile_target_of_sign_in_leads_nowhere_else() {
    let mut fixture = Fixture::new();
    // Who is signed in already lands without another exchange: hundreds of signatures less.
    let session = fixture.session(&ada(), NOW);
    for target in targets() {
        for written in [form_encoded(&target), target.replace(['&', '#'], "")] {
            let answer = fixture.ask(Ask::page(&format!("/auth/sign-in?to={written}")));
            answer.assert_sign_in();
            let url = format!("/auth/callback?code=x&state={}", answer.parameter("state"));
            let answer = fixture.ask(Ask::page(&url).cookies(&session));
            answer.assert_status(303);
            stays_on_the_host(answer.location(), &target);
            assert!(!answer.location().starts_with("/auth"), "{target}: the gate's own endpoint");
        }
    }
}

#[test]
fn case_32_a_hostile_path_is_returned_to_on_the_host_or_refused() {
    let mut fixture = Fixture::new();
    for target in targets() {
        fixture.pool.secrets.clear();
        let answer = fixture.ask(Ask::page(&target));
        answer.assert_refused();
        match answer.status() {
            302 if answer.location().starts_with("https://login.example.com/oauth2/authorize") => {
                stays_on_the_host(&landing(&mut fixture, &answer), &target);
            }
            // The corpus holds the gate's own endpoints too.
            302 | 303 => assert!(target.starts_with("/auth/") || target.starts_with("/%61uth/"), "{target}"),
            status => assert!(status == 400 || target.starts_with("/auth/"), "{target:?}: {status}"),
        }
    }
}

#[test]
fn case_32_a_renewal_repeats_the_url_on_the_host_or_refuses_it() {
    let mut fixture = Fixture::new();
    let cookies = fixture.session(&ada(), NOW - LIFETIME);
    for target in targets() {
        fixture.pool.secrets.clear();
        let target = target.replace('#', "");
        let answer = fixture.ask(Ask::page(&target).cookies(&cookies));
        assert!(!answer.is_forwarded(), "{target:?}");
        if answer.status() == 307 {
            stays_on_the_host(answer.location(), &target);
        }
    }
}

#[test]
fn case_32_a_state_cannot_be_made_by_anybody_else() {
    let mut fixture = Fixture::new();
    let answer = fixture.ask(Ask::page("/private"));
    // Another instance with another key has sealed a path of its own choice.
    let mut config = config();
    config["cookies"]["sealing_keys"] = json!([sealing_key(2)]);
    let foreign = Fixture::of(config).ask(Ask::page("/elsewhere")).parameter("state");
    let mut browser = Browser::default();
    browser.store(&answer, NOW);
    browser
        .ask(&mut fixture, Ask::page(&format!("/auth/callback?code=x&state={foreign}")))
        .assert_status(400);
}

#[test]
fn case_33_control_characters_and_bytes_over_7f_are_encoded_or_400() {
    let mut fixture = Fixture::new();
    let old = fixture.session(&ada(), NOW - LIFETIME);
    for character in
        ['\r', '\n', '\0', '\t', '\u{b}', '\u{7f}', '\u{80}', '\u{85}', '\u{a0}', 'ÿ', '\u{2028}', '😈']
    {
        for url in [
            format!("/a{character}Location: https://evil.example"),
            format!("/a?b={character}Set-Cookie: x=y"),
            format!("/auth/sign-in?to=/a{character}b"),
            format!("/auth/sign-in?to=/a&lang={character}&idp={character}&login_hint={character}"),
        ] {
            for cookies in ["", &old] {
                let answer = fixture.ask(Ask::page(&url).cookies(cookies));
                assert!([302, 307, 400].contains(&answer.status()), "{url:?}");
            }
        }
    }
}

#[test]
fn case_34_an_outside_target_is_ignored() {
    let mut fixture = Fixture::new();
    for target in ["https://evil.example/", "//evil.example", "https%3A%2F%2Fevil.example"] {
        let answer = fixture.ask(Ask::page(&format!("/auth/sign-in?to={target}")));
        assert_eq!(landing(&mut fixture, &answer), "/");
        for name in ["to", "redirect_uri", "logout_uri", "next", "url"] {
            let answer = fixture.ask(Ask::page(&format!("/auth/sign-out?{name}={target}")));
            assert_eq!(answer.parameter("logout_uri"), "https://cms.example.com/auth/signed-out");
            assert!(!answer.location().contains("evil"));
            let answer = fixture.ask(Ask::page(&format!("/auth/sign-in?{name}={target}")));
            assert_eq!(answer.parameter("redirect_uri"), "https://cms.example.com/auth/callback");
        }
    }
}

#[test]
fn case_34_a_target_twice_is_none() {
    let mut fixture = Fixture::new();
    let answer = fixture.ask(Ask::page("/auth/sign-in?to=/a&to=/b"));
    assert_eq!(landing(&mut fixture, &answer), "/");
}

#[test]
fn case_35_an_unlisted_host_is_refused() {
    let mut fixture = Fixture::new();
    let cookies = fixture.session(&ada(), NOW);
    for host in [
        "evil.example",
        "cms.example.com.evil.example",
        "cms.example.com:8443",
        "cms.example.com@evil.example",
        "cms.example.com.",
        " cms.example.com",
        "d111111abcdef8.cloudfront.net",
        "",
        "cms.example.com, evil.example",
    ] {
        for url in ["/private", "/public/a", "/auth/sign-in", "/auth/sign-out", "/api/me", "/auth/session"] {
            let answer = fixture.ask(Ask::page(url).instead("Host", host).cookies(&cookies));
            assert_eq!(answer.assert_refused().status(), 400, "{host:?} {url}");
            assert!(answer.set_cookies().is_empty());
        }
    }
    fixture.ask(Ask::page("/private").without("Host").cookies(&cookies)).assert_refused().assert_status(400);
    let twice = Ask::page("/private").header("Host", "evil.example").cookies(&cookies);
    fixture.ask(twice).assert_refused().assert_status(400);
}

#[test]
fn case_35_letters_of_the_host_count_as_equal_and_links_use_the_listed_ones() {
    let answer = Fixture::new().ask(Ask::page("/private").instead("Host", "CMS.Example.COM"));
    assert_eq!(answer.assert_sign_in().parameter("redirect_uri"), "https://cms.example.com/auth/callback");
}

#[test]
fn case_35_forwarded_hosts_are_never_read() {
    let mut fixture = Fixture::new();
    for name in ["X-Forwarded-Host", "X-Host", "Forwarded", "X-Forwarded-Server", "X-Original-Host"] {
        let answer = fixture.ask(Ask::page("/private").header(name, "evil.example"));
        assert!(!answer.assert_sign_in().location().contains("evil"));
        let ask = Ask::page("/private").instead("Host", "evil.example").header(name, HOST);
        fixture.ask(ask).assert_refused().assert_status(400);
    }
}

#[test]
fn case_36_an_unsafe_method_without_a_session_is_401_and_never_a_redirect() {
    let mut fixture = Fixture::new();
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"] {
        for url in ["/private", "/api/me", "/admin/", "/"] {
            for ask in [Ask::new(method, url).navigating(), Ask::fetch(method, url), Ask::new(method, url)] {
                let answer = fixture.ask(ask.body("a=b"));
                assert_eq!(answer.assert_refused().status(), 401, "{method} {url}");
                assert!(answer.set_cookies().is_empty());
            }
        }
    }
}

#[test]
fn case_36_a_form_is_posted_again_to_the_same_url_after_a_renewal_and_nowhere_else() {
    for layout in LAYOUTS {
        let mut fixture = Fixture::with_layout(layout);
        let cookies = fixture.session(&ada(), NOW - LIFETIME);
        let answer = fixture.ask(Ask::fetch("POST", "/api/entries?a=%20b").body("text").cookies(&cookies));
        assert_eq!((answer.status(), answer.location()), (307, "/api/entries?a=%20b"));
    }
}

#[test]
fn case_37_a_target_of_9000_characters_signs_in_all_the_same() {
    let mut fixture = Fixture::new();
    let long = "x".repeat(9_000);
    for url in [
        format!("/private?q={long}"),
        format!("/{long}"),
        format!("/auth/sign-in?to=/private%3Fq%3D{long}"),
        format!("/private?q={}", "%22".repeat(3_000)),
        format!("/private?q={}", "\"".repeat(2_700)),
    ] {
        let answer = fixture.ask(Ask::page(&url));
        assert!(answer.assert_sign_in().location().len() < 8_192, "{}", answer.location().len());
        let location = landing(&mut fixture, &answer);
        stays_on_the_host(&location, &url);
        assert!(location == "/private" || location == "/", "{location}");
    }
}

#[test]
fn case_37_the_longest_target_that_is_kept_fits_into_every_url() {
    let mut fixture = Fixture::new();
    for path in [format!("/{}", "a".repeat(2_800)), format!("/a?q={}", "%2F".repeat(900))] {
        let answer = fixture.ask(Ask::page(&path));
        assert!(answer.location().len() < 6_144, "{}", answer.location().len());
        assert_eq!(landing(&mut fixture, &answer), path);
    }
}

#[test]
fn a_query_is_kept_whatever_stands_in_it() {
    let mut fixture = Fixture::new();
    for (asked, kept) in [
        ("/a?path=C:\\x", "/a?path=C:%5Cx"),
        ("/a?q=\"<>{}|^`", "/a?q=%22%3C%3E%7B%7D%7C%5E%60"),
        ("/tags/c%23/?x=1", "/tags/c%23/?x=1"),
    ] {
        let answer = fixture.ask(Ask::page(asked));
        assert_eq!(landing(&mut fixture, &answer), kept);
    }
}
