//! Any text as an event: there is an answer, and nothing protected goes on without a session.

use std::collections::{BTreeMap, BTreeSet};

use ::gate::cookie::{Names, pairs};
use ::gate::decision::Outcome;
use ::gate::event::{self, Event};
use ::gate::flow::Gate;
use ::gate::memory::Memory;
use ::gate::origin_response::{OriginResponse, OriginStep};
use ::gate::path::RequestPath;
use ::gate::pool_call::{CallFailure, PoolAnswer};
use ::gate::request::Request;
use cognito::{Group, Unverified};
use serde_json::Value;

use super::answer;
use super::gate::{GATES, NOW, decide, written};

/// The header fields that CloudFront lets no function change.
const READ_ONLY: [&str; 5] = ["cdn-loop", "content-length", "host", "transfer-encoding", "via"];

/// Holds what is decided about an event against the gate's promises, in both layouts of cookies.
pub fn check(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    for gate in GATES.iter() {
        match event::read_any(text) {
            Ok(Event::ViewerRequest(request)) => check_request(gate, &request),
            Ok(Event::OriginResponse(response)) => check_origin_response(gate, &response),
            Err(error) => {
                let failed = written(&gate.fail(&error.to_string()));
                assert_eq!(failed["status"], "500");
                answer::check(&failed);
            }
        }
    }
}

fn check_request(gate: &Gate, request: &Request<'_>) {
    let answers = [
        PoolAnswer::Failed(CallFailure::TimedOut),
        PoolAnswer::Answered { status: 400, body: br#"{"error":"invalid_grant"}"#.to_vec() },
        PoolAnswer::Answered { status: 200, body: b"<html>".to_vec() },
    ];
    for pool_answer in &answers {
        let (decision, has_asked) = decide(gate, request.clone(), pool_answer);
        let json = written(&decision);
        match &decision.outcome {
            Outcome::Forward(forwarded) => check_forwarded(gate, request, forwarded, &json),
            Outcome::Answer(_) => {
                answer::check(&json);
                assert!(!answer::sets_a_session(&json), "a session out of nothing: {json}");
            }
        }
        if let Some(record) = &decision.record {
            let line = record.line(None, NOW.0 * 1_000);
            assert!(!line.contains(['\n', '\r']), "{line}");
            serde_json::from_str::<Value>(&line).expect("a line of JSON");
        }
        if !has_asked {
            break;
        }
    }
}

/// Whatever an origin answers, what goes into the cache can be written, and leads to no other host but where the object
/// itself names one.
fn check_origin_response(gate: &Gate, response: &OriginResponse<'_>) {
    let mut memory = Memory::new(gate.config().jwks.clone());
    let answer = match gate.decide_origin_response(response.clone(), &memory, NOW) {
        OriginStep::Decided(answer) => answer,
        OriginStep::NotFoundPageNeeded(page) => {
            page.finish(&PoolAnswer::Failed(CallFailure::TimedOut), &mut memory, NOW)
        }
    };
    let text = event::write_origin_answer(&answer).expect("an answer that can be written");
    let json: Value = serde_json::from_str(text.get()).expect("JSON");
    assert!(json["status"].is_string() && json["headers"].is_object(), "{json}");
    for name in ["via", "transfer-encoding"] {
        assert!(response.headers.all(name).eq(answer.headers.all(name)), "{name} is read-only");
    }
    if answer.body.is_some() {
        for location in answer.headers.all("location") {
            let leads_away = location.starts_with("//") || location.contains('\\');
            assert!(!leads_away && location.bytes().all(|byte| byte.is_ascii_graphic()), "{location}");
        }
    }
}

fn check_forwarded(gate: &Gate, asked: &Request<'_>, forwarded: &Request<'_>, json: &Value) {
    let whole = [&asked.method, &asked.client_ip, &asked.querystring];
    assert_eq!(whole, [&forwarded.method, &forwarded.client_ip, &forwarded.querystring]);
    assert!(json["uri"].as_str().is_some_and(|uri| uri.starts_with('/')), "{json}");
    for name in READ_ONLY {
        assert!(asked.headers.all(name).eq(forwarded.headers.all(name)), "{name} is read-only");
    }
    assert!(pairs(&forwarded.headers).all(|pair| !Names::is_ours(pair.name.trim())), "{json}");
    let path = RequestPath::parse(&asked.uri).expect("only a path with one reading goes on");
    let path = path.as_str();
    let is_open = path.starts_with("/open/");
    let is_public = path.starts_with("/public/") && ["GET", "HEAD", "OPTIONS"].contains(&&*asked.method);
    let groups = groups_of_sessions(gate, asked);
    assert!(is_open || is_public || !groups.is_empty(), "without a session: {json}");
    if path.starts_with("/admin/") {
        let is_editor = |group: &Group| ["editors", "admins"].contains(&group.as_str());
        assert!(groups.iter().flatten().any(is_editor), "without the group: {json}");
    }
    let bearers: Vec<&str> = forwarded.headers.all("authorization").collect();
    assert!(bearers.len() <= 1, "{json}");
    for bearer in bearers {
        let token = bearer.strip_prefix("Bearer ").expect("a bearer token");
        assert!((path.starts_with("/api/") || is_open) && groups_of(gate, token).is_some(), "{json}");
    }
}

/// The groups of every token that verifies, wherever the request holds it. Read anew, without the gate's own reading
/// of cookies' names.
fn groups_of_sessions(gate: &Gate, request: &Request<'_>) -> Vec<Vec<Group>> {
    let values = pairs(&request.headers).map(|pair| pair.value.to_owned());
    let bearers = request
        .headers
        .all("authorization")
        .filter_map(|value| value.rsplit([' ', '\t']).find(|part| !part.is_empty()))
        .map(str::to_owned);
    let candidates = values.chain(joined(request)).chain(bearers);
    let decoded = |text: String| {
        let plain = text.replace('+', "%2B");
        let decoded = form_urlencoded::parse(plain.as_bytes()).next().map(|(key, _)| key.into_owned());
        [Some(text), decoded]
    };
    candidates.flat_map(decoded).flatten().filter_map(|token| groups_of(gate, &token)).collect()
}

/// Every token that the split cookies of a request can be put together to, from part 1 on: a part that is there several
/// times may be the first of them or the last.
fn joined(request: &Request<'_>) -> Vec<String> {
    let mut parts: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
    for pair in pairs(&request.headers) {
        if let Some((base, number)) = pair.name.trim().rsplit_once("-token-") {
            parts.entry((base, number)).or_default().push(pair.value);
        }
    }
    let bases: BTreeSet<&str> = parts.keys().map(|(base, _)| *base).collect();
    let mut tokens = Vec::new();
    for base in bases {
        let mut begun = vec![String::new()];
        // No token of the corpus can be cut into more parts that verify, and each part may double what there is.
        for number in 1..=10 {
            let number = number.to_string();
            let Some(values) = parts.get(&(base, number.as_str())) else { break };
            let ends = [values.first(), values.last()].into_iter().flatten();
            begun = ends.flat_map(|end| begun.iter().map(move |token| format!("{token}{end}"))).collect();
        }
        tokens.extend(begun);
    }
    tokens
}

fn groups_of(gate: &Gate, token: &str) -> Option<Vec<Group>> {
    let config = gate.config();
    let (pool, token) = (&config.user_pool.tokens, Unverified::parse(token).ok()?);
    let by_id = pool.verify_id_token(&token, &config.jwks, NOW).map(|claims| claims.groups().to_vec());
    let by_access = || {
        let claims = pool.verify_access_token(&token, &config.jwks, NOW, &config.api_clients).ok()?;
        Some(claims.groups().to_vec())
    };
    by_id.ok().or_else(by_access)
}
