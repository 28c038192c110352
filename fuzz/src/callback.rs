//! Any text as a callback: a code is redeemed only for this browser's own attempt, and a session begins only with
//! the tokens that answer it.
//!
//! The first line is the query, the second the Cookie line, the rest is the token endpoint's answer. `{state}` and
//! `{attempt}` in them stand for a sign-in that was really begun, on its way to [`PAGE`].

use std::sync::LazyLock;

use ::gate::pool_call::{CallFailure, PoolAnswer};
use ::gate::query::Query;
use serde_json::Value;

use super::answer;
use super::gate::{GATES, decide, page, written};

/// The page that was first asked for.
const PAGE: (&str, &str) = ("/private/page", "a=b");

/// A sign-in that was begun, as the browser and the user pool carry it.
struct Begun {
    state: String,
    /// The whole cookie, with its name.
    attempt: String,
}

static BEGUN: LazyLock<Begun> = LazyLock::new(|| {
    let failed = PoolAnswer::Failed(CallFailure::TimedOut);
    let (decision, _) = decide(&GATES[0], page(PAGE.0, PAGE.1, ""), &failed);
    let json = written(&decision);
    let location = answer::values(&json, "location")[0].to_owned();
    let (_, query) = location.split_once('?').expect("an authorization request");
    let state = Query::new(query).single("state").expect("a state").into_owned();
    let cookie = answer::values(&json, "set-cookie")[0];
    Begun { state, attempt: cookie.split(';').next().expect("a cookie").to_owned() }
});

/// Holds what comes of a callback against the flow.
pub fn check(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let text = text.replace("{state}", &BEGUN.state).replace("{attempt}", &BEGUN.attempt);
    let mut lines = text.splitn(3, '\n');
    let [query, cookies, body] = [(); 3].map(|()| lines.next().unwrap_or_default());
    let pool_answer = match body.split_once(' ') {
        Some((status, body)) if status.parse::<u16>().is_ok() => {
            PoolAnswer::Answered { status: status.parse().unwrap_or(200), body: body.as_bytes().to_vec() }
        }
        _ => PoolAnswer::Answered { status: 200, body: body.as_bytes().to_vec() },
    };
    let (decision, has_asked) = decide(&GATES[0], page("/auth/callback", query, cookies), &pool_answer);
    let json = written(&decision);
    assert!(json.get("status").is_some(), "a callback goes no further: {json}");
    answer::check(&json);
    check_flow(&json, query, cookies, has_asked);
}

fn check_flow(json: &Value, query: &str, cookies: &str, has_asked: bool) {
    let parameters = Query::new(query);
    let is_own = parameters.single("state").as_deref() == Some(BEGUN.state.as_str())
        && cookies.contains(value_of(&BEGUN.attempt));
    let has_code = parameters.single("code").is_some_and(|code| !code.is_empty());
    if has_asked {
        assert!(is_own && has_code && parameters.single("error").is_none(), "redeemed: {query}");
    }
    if answer::sets_a_session(json) {
        assert!(has_asked, "a session without an exchange: {json}");
        assert_eq!(json["status"], "303");
    }
    let location = format!("{}?{}", PAGE.0, PAGE.1);
    assert!(answer::values(json, "location").iter().all(|found| *found == location), "{json}");
    assert!(has_asked || json["status"] != "303" || cookies.contains("__Host-id-token"), "{json}");
    let text = json.to_string();
    assert!(!text.contains(value_of(&BEGUN.attempt)), "the attempt is shown: {text}");
}

fn value_of(cookie: &str) -> &str {
    cookie.split_once('=').map_or("", |(_, value)| value)
}
