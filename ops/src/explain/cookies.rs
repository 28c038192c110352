//! The cookies of a request by their names and sizes, and the sign-in attempt that a callback needs.

use gate::attempt::{ReturnedState, SignInAttempt, Stale};
use gate::auth_paths::Endpoint;
use gate::config::Config;
use gate::cookie::{Names, Pair, pairs, sign_in_slot};
use gate::moment::UnixTime;
use gate::request::Request;

use super::who_and_what::{Target, named_host};
use super::{Finding, redaction};
use crate::report::Count;

/// How many cookies are listed.
const MOST: usize = 20;

pub(super) fn finding(request: &Request<'_>) -> Finding {
    let pairs: Vec<Pair<'_>> = pairs(&request.headers).collect();
    let ours = pairs.iter().filter(|pair| Names::is_ours(pair.name));
    let listed: Vec<String> = ours
        .map(|pair| format!("{}, {}{}", pair.name, Count::of(pair.value.len(), "byte"), role(pair.name)))
        .collect();
    let others = pairs.len().saturating_sub(listed.len());
    let says = match (listed.len(), others) {
        (0, 0) => "none".to_owned(),
        (count, 0) => format!("{count} of the gate's"),
        (count, others) => format!("{count} of the gate's, {others} of others, which pass untouched"),
    };
    let more = listed.len().checked_sub(MOST).filter(|more| *more > 0).map(|more| format!("and {more} more"));
    Finding::new("cookies", says).with(listed.into_iter().take(MOST)).with(more)
}

fn role(name: &str) -> &'static str {
    if sign_in_slot(name).is_some() { " (a sign-in attempt)" } else { "" }
}

/// For the callback: whether `state` opens, and the attempt that it belongs to.
pub(super) fn attempt(
    config: &Config,
    request: &Request<'_>,
    target: &Target<'_>,
    now: UnixTime,
) -> Vec<Finding> {
    let (Target::Endpoint(Endpoint::Callback), Some(host)) = (target, named_host(config, request)) else {
        return Vec::new();
    };
    let about = |says: String| vec![Finding::new("sign-in attempt", says)];
    let Some(state) = redaction::single(&request.querystring, "state") else {
        return about("there is not exactly one state".to_owned());
    };
    let Some(state) = ReturnedState::open(&state, &config.sealing_keys, host) else {
        return about("state was not sealed by these keys for this host, or was changed".to_owned());
    };
    let pairs: Vec<Pair<'_>> = pairs(&request.headers).collect();
    let attempt = SignInAttempt::find(&state, &pairs, &config.sealing_keys, host);
    let says = match attempt.map(|attempt| attempt.check_age(now)) {
        Some(Ok(())) => "its cookie is here and young enough",
        Some(Err(Stale::TooOld)) => "its cookie is here, and older than ten minutes",
        Some(Err(Stale::FromTheFuture)) => "its cookie is here, from the future: a clock is wrong",
        None => "this browser has no cookie of it: begun elsewhere, finished already, or too long ago",
    };
    let page = format!("{says}; it leads to {}", redaction::url(state.return_path.as_str()));
    about(page)
}
