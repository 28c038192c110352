//! Any text as a configuration: it is refused with at least one problem, or there is a gate that answers.

use std::collections::HashSet;

use ::gate::config::Config;
use ::gate::flow::Gate;
use ::gate::pool_call::{CallFailure, PoolAnswer};
use ::gate::request::{Header, Headers, Request};

use super::gate::{decide, written};

/// Holds a configuration that is accepted against what the gate relies on.
pub fn check(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    match Config::parse(text) {
        Err(error) => {
            assert!(!error.problems.is_empty());
            assert!(error.problems.iter().all(|problem| !problem.message.is_empty()), "{error}");
        }
        Ok(config) => check_config(config),
    }
}

fn check_config(config: Config) {
    assert!(!config.hosts.is_empty() && !config.user_pool.tokens.issuers.is_empty());
    assert!(!config.user_pool.tokens.client_id.as_str().is_empty());
    let names: HashSet<&str> = config.response_headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names.len(), config.response_headers.len());
    for (name, value) in &config.response_headers {
        assert!(!name.is_empty() && !name.bytes().any(|b| b.is_ascii_uppercase() || b.is_ascii_whitespace()));
        assert!(!value.chars().any(|c| c.is_control() && c != '\t'), "{name}: {value:?}");
    }
    let gate = Gate::new(config);
    for host in &gate.config().hosts {
        for uri in ["/", "/auth/session", "/auth/sign-in", "/auth/sign-out", "/..", "/api/me"] {
            check_answer(&gate, host.as_str(), uri);
        }
    }
    check_answer(&gate, "not.listed.example", "/");
}

fn check_answer(gate: &Gate, host: &str, uri: &str) {
    let lines = [("host", host), ("accept", "text/html")];
    let header = |(name, value): (&'static str, &str)| Header {
        name: name.into(),
        key: None,
        value: value.to_owned().into(),
    };
    let request = Request {
        uri: uri.to_owned().into(),
        method: "GET".into(),
        headers: Headers::new(lines.map(header).to_vec()),
        ..Request::none()
    };
    let (decision, _) = decide(gate, request, &PoolAnswer::Failed(CallFailure::Connection));
    let json = written(&decision);
    if json.get("status").is_some() {
        let caching = &json["headers"]["cache-control"][0]["value"];
        assert_eq!(caching, "no-store", "{json}");
        assert!(json.to_string().len() < 40_960);
    } else {
        assert_eq!(json["headers"]["host"][0]["value"], host, "{json}");
    }
}
