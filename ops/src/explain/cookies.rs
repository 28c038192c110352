//! The cookies of a request by their names and sizes, and the sign-in attempt that a callback needs.

use gate::attempt::{ReturnedState, Stale};
use gate::cookie::{Names, Pair, sign_in_slot};
use gate::request::Request;

use super::{Finding, redaction};
use crate::report::Count;

/// How many cookies are listed.
const MOST: usize = 20;

pub(super) fn finding(pairs: &[Pair<'_>]) -> Finding {
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

/// Whether the callback's `state` opens, and where it leads.
pub(super) fn state(request: &Request<'_>, state: Option<&ReturnedState>) -> Finding {
    let says = match state {
        Some(state) => format!("it opens, and leads to {}", redaction::url(state.return_path.as_str())),
        None if redaction::single(&request.querystring, "state").is_none() => {
            "there is not exactly one".to_owned()
        }
        None => "it was not sealed by these keys for this host, or was changed".to_owned(),
    };
    Finding::new("state", says)
}

/// Whether this browser has the attempt that `state` belongs to.
pub(super) fn attempt(age: Option<Result<(), Stale>>) -> Finding {
    let says = match age {
        Some(Ok(())) => "its cookie is here and young enough",
        Some(Err(Stale::TooOld)) => "its cookie is here, and older than ten minutes",
        Some(Err(Stale::FromTheFuture)) => "its cookie is here, from the future: a clock is wrong",
        None => "this browser has no cookie of it: begun elsewhere, finished already, or too long ago",
    };
    Finding::new("sign-in attempt", says)
}
