//! Beginning a sign-in: the authorization request (RFC 6749 section 4.1.1, RFC 7636 section 4.3, OpenID Connect
//! Core 3.1.2.1).

use std::borrow::Cow;

use form_urlencoded::Serializer;
use http::StatusCode;

use super::refusal::Refusal;
use super::visit::Visit;
use crate::asker::is_prefetch;
use crate::attempt::{SignInAttempt, StateFlags};
use crate::auth_paths::Endpoint;
use crate::decision::Decision;
use crate::log::Event;
use crate::moment::Moment;
use crate::query::Query;
use crate::reason::Reason;
use crate::response::Response;
use crate::return_path::ReturnPath;
use crate::seal::Unsealable;
use crate::trace::Trace;

/// Whether a sign-in was begun because an earlier one could not be found: the page that begins it says so, and a
/// third is not begun by itself.
pub(super) const SECOND_PARAMETER: &str = "second";

/// What `/auth/sign-in` may hand on to the hosted UI.
const HANDED_ON: [(&str, &str, usize); 3] =
    [("idp", "identity_provider", 128), ("lang", "lang", 16), ("login_hint", "login_hint", 256)];

/// `/auth/sign-in?to=&idp=&lang=&login_hint=`.
pub(super) fn asked_for<'a>(visit: Visit<'_, 'a, impl Trace>, moment: &mut Moment<'_>) -> Decision<'a> {
    if is_prefetch(&visit.request) {
        return visit.refuse(Refusal::NoSession(Reason::Prefetch));
    }
    let querystring = visit.request.querystring.clone();
    let query = Query::new(&querystring);
    let return_path = visit.asked_return_path(query.single("to"));
    let flags = StateFlags { is_second: query.single(SECOND_PARAMETER).is_some(), is_cut: false };
    let extras: Vec<(&str, Cow<'_, str>)> = HANDED_ON
        .iter()
        .filter_map(|(ours, theirs, most)| {
            let value = query.single(ours).filter(|value| !value.is_empty() && value.len() <= *most)?;
            (!value.chars().any(char::is_control)).then_some((*theirs, value))
        })
        .collect();
    let request = authorization_request(&visit, &return_path, flags, &extras, moment);
    begun(&visit, request, Reason::AskedFor)
}

/// A page was asked for without a session, for this reason.
pub(super) fn for_page<'a>(
    visit: &Visit<'_, 'a, impl Trace>,
    reason: Reason,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    let is_cut = !ReturnPath::keeps(&visit.request.uri, &visit.request.querystring);
    let flags = StateFlags { is_cut, ..StateFlags::default() };
    begun(visit, authorization_request(visit, &visit.return_path(), flags, &[], moment), reason)
}

/// The redirect with its record: `debug` for the usual reasons, `info` for others, such as a bad signature or a wrong
/// clock.
fn begun<'a>(
    visit: &Visit<'_, 'a, impl Trace>,
    request: Result<Response, Unsealable>,
    reason: Reason,
) -> Decision<'a> {
    let Ok(response) = request else { return visit.refuse(Refusal::Internal) };
    let record = visit.record(Event::SignInStarted, reason).with_status(StatusCode::FOUND);
    let is_ordinary = matches!(reason, Reason::AskedFor | Reason::NoSession | Reason::SessionEnded);
    Decision::answer(response, Some(if is_ordinary { record } else { record.at_info() }))
}

fn authorization_request(
    visit: &Visit<'_, '_, impl Trace>,
    return_path: &ReturnPath,
    flags: StateFlags,
    extras: &[(&str, Cow<'_, str>)],
    moment: &mut Moment<'_>,
) -> Result<Response, Unsealable> {
    let (config, host) = (visit.config, visit.host);
    let pairs = visit.pairs();
    let attempt = SignInAttempt::begin(moment);
    let state = attempt.state(return_path, flags, &config.sealing_keys, host, moment)?;
    let cookie = attempt.cookie(&pairs, &config.sealing_keys, host, moment)?;
    let mut query = Serializer::new(String::new());
    query
        .append_pair("response_type", "code")
        .append_pair("client_id", config.user_pool.tokens.client_id.as_str())
        .append_pair("redirect_uri", &redirect_uri(visit))
        .append_pair("scope", &config.user_pool.scopes)
        .append_pair("state", &state)
        .append_pair("nonce", &attempt.nonce())
        .append_pair("code_challenge", &attempt.verifier().challenge())
        .append_pair("code_challenge_method", "S256");
    for (name, value) in extras {
        query.append_pair(name, value);
    }
    let location = format!("{}?{}", config.user_pool.authorization_url, query.finish());
    Ok(Response::redirect(StatusCode::FOUND, &location).with_cookies([cookie]))
}

/// The redirect URI (RFC 6749 section 3.1.2), on the host that was asked.
pub(super) fn redirect_uri(visit: &Visit<'_, '_, impl Trace>) -> String {
    visit.host.url(&visit.config.auth_paths.path(Endpoint::Callback))
}
