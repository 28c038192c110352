//! The exchange with the user pool that the gate would make, without the secrets in it.

use gate::flow::Exchange;
use gate::memory::Memory;
use gate::moment::Moment as GateMoment;
use gate::pool_call::{CallFailure, PoolAnswer, PoolCall};
use gate::request::Request;
use gate::trace::Trace;
use serde::Serialize;

use super::{Outcome, outcome, redaction};

/// An exchange with the user pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExchangePlan {
    /// What for, in words.
    pub purpose: &'static str,
    /// `GET` or `POST`.
    pub method: &'static str,
    /// Where to.
    pub url: String,
    /// The names of what is sent.
    pub sends: Vec<String>,
    /// Whether the app client's secret is sent, too.
    pub with_client_secret: bool,
    /// What comes of it when the user pool answers as it should.
    pub then: &'static str,
    /// What comes of it when the user pool does not answer.
    pub otherwise: Box<Outcome>,
}

/// What for, and what comes of it when all is well.
fn purpose(call: &PoolCall, grant_type: Option<&str>) -> (&'static str, &'static str) {
    match grant_type {
        None if call.form.is_none() => (
            "the keys: a token was signed with one that the package does not hold",
            "it is decided with the keys that the user pool publishes now",
        ),
        Some("authorization_code") => (
            "the tokens for the code that the viewer brought",
            "303 to the page that was first asked for, with a session's cookies, if the tokens are good",
        ),
        Some("refresh_token") => (
            "new tokens: the session ends soon, or has ended",
            "307 to the same URL with the new session's cookies; if the refresh token is refused, as without a session",
        ),
        _ => (
            "the end of the refresh token",
            "303 to the hosted UI's logout, and every cookie of the session is taken away",
        ),
    }
}

pub(super) fn plan(
    exchange: Exchange<'_, '_, impl Trace>,
    before: &Request<'_>,
    memory: &mut Memory,
    moment: &mut GateMoment<'_>,
) -> ExchangePlan {
    let call = exchange.call().clone();
    let form = call.form.as_deref().unwrap_or_default();
    let grant_type = redaction::single(form, "grant_type");
    let (purpose, then) = purpose(&call, grant_type.as_deref());
    let sends = form_urlencoded::parse(form.as_bytes()).map(|(name, value)| match &*name {
        "grant_type" => format!("{name}={value}"),
        _ => name.into_owned(),
    });
    let silence = PoolAnswer::Failed(CallFailure::TimedOut);
    let sends = sends.collect();
    let decision = exchange.finish_traced(&silence, None, memory, moment);
    ExchangePlan {
        purpose,
        method: if call.form.is_some() { "POST" } else { "GET" },
        url: call.url.as_str().to_owned(),
        sends,
        with_client_secret: call.authorization.is_some(),
        then,
        otherwise: Box::new(outcome::of(&decision, before)),
    }
}
