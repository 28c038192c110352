//! Security case 66: requests at CloudFront's limits work, and generated answers stay within theirs.

use super::cookies::Cookies;
use super::event::event;
use super::gate::Gate;
use super::hosted_ui;
use super::world::{CLIENT, World};

/// CloudFront's limits for a request, in bytes: URL with its query, and the header section.
const URL: usize = 8_192;
const HEADERS: usize = 20_480;

/// What CloudFront's own headers and the event's Host take of it.
const OTHER_HEADERS: usize = 600;

#[tokio::test]
async fn a_request_at_the_limits_goes_on_whole() {
    let world = World::start().await;
    let gate = Gate::start(&world.config()).await;
    let session = Cookies::of_session(&world.tokens("reader")).line();
    let filler = "f".repeat(HEADERS - OTHER_HEADERS - session.len());
    let query = "q".repeat(URL - "/guide/?".len());
    for cookie in [format!("{session}; filler={filler}"), format!("filler={filler}; {session}")] {
        let answer = gate.ask(&event("GET", &format!("/guide/?{query}"), &[("Cookie", &cookie)])).await;
        assert_eq!(answer.uri(), "/guide/index.html");
        assert_eq!(answer.headers("cookie"), [format!("filler={filler}")]);
    }
    let path = format!("/guide/{}", "p".repeat(URL - "/guide/".len()));
    assert_eq!(gate.ask(&event("GET", &path, &[("Cookie", &session)])).await.uri(), path);
}

/// `Answer::read` holds each answer to 40 KB.
#[tokio::test]
async fn answers_to_requests_at_the_limits_stay_within_theirs() {
    let world = World::start().await;
    let gate = Gate::start(&world.config()).await;
    let query = "q".repeat(URL - "/guide/?".len());
    for leftovers in [numbered_users, parts_of_a_token, attempts] {
        let session = Cookies::of_session(&world.ended_tokens("reader")).line();
        let leftovers = as_many_as_fit(HEADERS - OTHER_HEADERS - session.len(), leftovers);
        let cookie = format!("{session}; {leftovers}");
        for (method, target, status) in [
            ("GET", format!("/guide/?{query}"), 307),
            ("GET", format!("/auth/sign-in?to=/{query}"), 302),
            ("GET", format!("/auth/callback?code=a&state={query}"), 400),
            ("GET", format!("/{}", "%".repeat(URL - 1)), 400),
            ("POST", "/auth/sign-out".to_owned(), 303),
        ] {
            let headers = [("Cookie", cookie.as_str()), ("Accept", "text/html")];
            let answer = gate.ask(&event(method, &target, &headers)).await;
            assert_eq!(answer.status(), Some(status), "{} {}", target.split_at(14).0, gate.output());
        }
        // Characters that no URL holds become three each in a redirect: no answer that could be given is one that
        // CloudFront takes, so it is a page instead.
        let query = "\"".repeat(query.len());
        for target in [format!("/guide/?{query}"), format!("/auth/sign-in?to=/{query}")] {
            let answer = gate.ask(&event("GET", &target, &[("Cookie", &cookie)])).await;
            assert!(!answer.is_forwarded());
        }
    }
}

#[tokio::test]
async fn a_sign_in_to_a_long_address_works() {
    let world = World::start().await;
    let gate = Gate::start(&world.config()).await;
    for target in [format!("/guide/?{}", "q".repeat(URL - 8)), format!("/{}", "p".repeat(URL - 1))] {
        let mut browser = Cookies::default();
        let sign_in = gate.open(&target, &browser).await;
        browser.keep(&sign_in);
        let callback = hosted_ui::sign_in(sign_in.location(), "reader", "Reader-1234").await;
        // What no cookie has room for is left behind, and said on the way.
        assert_eq!(gate.open(&callback, &browser).await.status(), Some(200));
    }
}

/// Cookies of ours that an answer might want to take away.
fn as_many_as_fit(room: usize, name: fn(usize) -> String) -> String {
    let mut line = String::new();
    for number in 1.. {
        let next = format!("{}=x; ", name(number));
        if line.len() + next.len() > room {
            break;
        }
        line.push_str(&next);
    }
    line
}

fn numbered_users(number: usize) -> String {
    format!("CognitoIdentityServiceProvider.{CLIENT}.{number}.idToken")
}

fn parts_of_a_token(number: usize) -> String {
    format!("__Host-id-token-{}", number % 255 + 1)
}

fn attempts(number: usize) -> String {
    format!("__Host-sign-in-{}", number % 4)
}
