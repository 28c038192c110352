//! What comes of a request, without the secrets in it.

use std::collections::BTreeSet;

use gate::cookie::pairs;
use gate::decision::{self, Decision};
use gate::log::Record;
use gate::reason::Reason;
use gate::request::Request;
use gate::response::Response;
use serde::Serialize;

use super::{ExchangePlan, redaction};

/// What comes of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It goes on to the cache and the origin.
    Forward(Forwarded),
    /// The viewer gets an answer of the gate's.
    Answer(Answered),
    /// The user pool is asked first.
    Exchange(ExchangePlan),
}

/// A request on its way to the origin.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Forwarded {
    /// The path that the origin is asked for.
    pub path: String,
    /// Header fields that the gate put in, without their values.
    pub added: Vec<String>,
    /// Header fields that the gate took away.
    pub removed: Vec<String>,
    /// Cookies that the gate took away.
    pub removed_cookies: Vec<String>,
}

/// An answer of the gate's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Answered {
    /// The status.
    pub status: u16,
    /// Why, as the log names it; nothing where the log says nothing.
    pub reason: Option<Reason>,
    /// Why, in words.
    pub because: Option<&'static str>,
    /// Where it leads, without the values of its query.
    pub location: Option<String>,
    /// Cookies that it sets.
    pub set_cookies: Vec<String>,
    /// Cookies that it takes away.
    pub deleted_cookies: Vec<String>,
    /// The names of its other header fields.
    pub headers: Vec<String>,
}

/// What becomes of `before` by a decision.
pub(super) fn of(decision: &Decision<'_>, before: &Request<'_>) -> Outcome {
    match &decision.outcome {
        decision::Outcome::Forward(after) => Outcome::Forward(forwarded(before, after)),
        decision::Outcome::Answer(response) => {
            let reason = decision.record.as_ref().map(Record::reason);
            Outcome::Answer(answered(response, reason))
        }
    }
}

fn forwarded(before: &Request<'_>, after: &Request<'_>) -> Forwarded {
    let names = |request: &Request<'_>| -> BTreeSet<String> {
        request.headers.lines().iter().map(|line| line.name.to_ascii_lowercase()).collect()
    };
    let cookies = |request: &Request<'_>| -> BTreeSet<String> {
        pairs(&request.headers).map(|pair| redaction::line(pair.name)).collect()
    };
    let (had, has) = (names(before), names(after));
    // The gate's own takes the place of the viewer's.
    let replaced = |name: &str| name == "authorization" && has.contains(name);
    Forwarded {
        path: redaction::line(&after.uri),
        added: has.iter().filter(|name| !had.contains(*name) || replaced(name)).cloned().collect(),
        removed: had.iter().filter(|name| !has.contains(*name) && *name != "cookie").cloned().collect(),
        removed_cookies: cookies(before).difference(&cookies(after)).cloned().collect(),
    }
}

fn answered(response: &Response, reason: Option<Reason>) -> Answered {
    let all = |name: &'static str| response.headers().iter().filter(move |(listed, _)| listed == name);
    let cookie_name = |line: &str| line.split('=').next().unwrap_or_default().to_owned();
    let is_deletion = |line: &str| line.contains("Max-Age=0");
    let lines: Vec<&str> = all("set-cookie").map(|(_, value)| value.as_str()).collect();
    let others: BTreeSet<&str> = response
        .headers()
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| !matches!(*name, "set-cookie" | "location"))
        .collect();
    Answered {
        status: response.status().as_u16(),
        because: reason.map(Reason::sentence),
        reason,
        location: all("location").map(|(_, value)| redaction::line(&redaction::url(value))).next(),
        set_cookies: lines.iter().filter(|line| !is_deletion(line)).map(|line| cookie_name(line)).collect(),
        deleted_cookies: lines
            .iter()
            .filter(|line| is_deletion(line))
            .map(|line| cookie_name(line))
            .collect(),
        headers: others.into_iter().map(str::to_owned).collect(),
    }
}
