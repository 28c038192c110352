//! Signing out: the refresh token is revoked (RFC 7009), every cookie is cleared, and the hosted UI's own session
//! ends; it would sign the person straight back in otherwise.

use form_urlencoded::Serializer;
use http::StatusCode;

use super::exchange::{Exchange, Purpose, Step};
use super::refusal::Refusal;
use super::visit::Visit;
use crate::asker::is_prefetch;
use crate::auth_paths::Endpoint;
use crate::cookie::{SIGN_IN_SLOTS, SetCookie, sign_in_cookie_name};
use crate::decision::Decision;
use crate::log::{Event, Who};
use crate::memory::Memory;
use crate::moment::Moment;
use crate::page::{Action, Language, Message, Page};
use crate::pool_call::PoolAnswer;
use crate::query::Query;
use crate::reason::Reason;
use crate::response::Response;
use crate::session::{self, TokenState};
use crate::trace::Trace;

/// Whether `/auth/signed-out` was reached from itself.
const CLEARED_PARAMETER: &str = "cleared";

/// `/auth/sign-out`.
pub(super) fn step<'g, 'a, T: Trace>(
    visit: Visit<'g, 'a, T>,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Step<'g, 'a, T> {
    if is_prefetch(&visit.request) || visit.is_cross_site() {
        return Step::Decided(visit.refuse(Refusal::CrossSite));
    }
    let pairs = visit.pairs();
    let found = visit.tokens(&pairs);
    let call = session::refresh_token(&found, memory, visit.trace)
        .map(|refresh| visit.config.user_pool.token_endpoint.revocation_request(&refresh.token));
    drop(found);
    drop(pairs);
    match call {
        Some(call) => Exchange::begin(call, visit, Purpose::Revocation),
        None => Step::Decided(sign_out(&visit, None, memory, moment)),
    }
}

/// Takes the revocation endpoint's answer. Whatever it is, this browser is signed out; only the log tells that a
/// token may live on.
pub(super) fn finish<'a>(
    visit: &Visit<'_, 'a, impl Trace>,
    answer: &PoolAnswer,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    let failure = match answer {
        PoolAnswer::Answered { status: 200, .. } => None,
        PoolAnswer::Answered { .. } => Some(Reason::UnexpectedAnswer),
        PoolAnswer::Failed(failure) => Some(Reason::from(*failure)),
    };
    sign_out(visit, failure, memory, moment)
}

/// `/auth/signed-out`.
///
/// A browser keeps the page that was signed out from for its Back button, whatever the answers on the way here said:
/// it puts that page away only when it shows this one. So this one goes on to itself, once, and only then has what
/// was put away cleared.
pub(super) fn signed_out<'a>(
    visit: Visit<'_, 'a, impl Trace>,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    let is_signed_in = who(&visit, memory, moment).is_some();
    let (message, action) = if is_signed_in {
        (Message::StillSignedIn, (Action::SignOut, visit.config.auth_paths.path(Endpoint::SignOut)))
    } else {
        (Message::SignedOut, (Action::SignIn, visit.config.auth_paths.path(Endpoint::SignIn)))
    };
    let is_cleared = Query::new(&visit.request.querystring).single(CLEARED_PARAMETER).is_some();
    let here = visit.config.auth_paths.path(Endpoint::SignedOut);
    let page = Page {
        message,
        language: Language::of(&visit.request.headers),
        actions: vec![action, (Action::Home, "/".to_owned())],
        is_framed: false,
        goes_on_to: (!is_signed_in && !is_cleared).then(|| format!("{here}?{CLEARED_PARAMETER}=1")),
        request_id: "",
    };
    let response = page.into_response(StatusCode::OK);
    Decision::answer(if is_cleared { clearing(response) } else { response }, None)
}

fn sign_out<'a>(
    visit: &Visit<'_, 'a, impl Trace>,
    failure: Option<Reason>,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    let who = who(visit, memory, moment);
    let pairs = visit.pairs();
    // Each once: a browser may send a name many times over, and an answer is of limited length.
    let attempts =
        (0..SIGN_IN_SLOTS).map(sign_in_cookie_name).filter(|name| pairs.iter().any(|pair| pair.name == name));
    let cookies = visit.config.cookies.clear(&pairs, visit.host);
    let response = clearing(Response::redirect(StatusCode::SEE_OTHER, &logout_url(visit)))
        .with_cookies(cookies.into_iter().chain(attempts.map(|name| SetCookie::delete(&name))));
    let reason = if failure.is_some() { Reason::SignedOutWithoutRevocation } else { Reason::SignedOut };
    let record = visit.record(Event::SignOut, reason).about(who).with_status(StatusCode::SEE_OTHER);
    Decision::answer(
        response,
        Some(match failure {
            Some(failure) => record.with_detail(format!("revocation: {failure}")),
            None => record,
        }),
    )
}

/// Adds `Clear-Site-Data: "cache"` (W3C Clear Site Data, section 3.1), so that Back shows no page of the ended session.
fn clearing(response: Response) -> Response {
    response.with_header("clear-site-data", "\"cache\"")
}

/// Cognito's logout endpoint; `logout_uri` must be registered with the app client.
fn logout_url(visit: &Visit<'_, '_, impl Trace>) -> String {
    let logout_uri = visit.host.url(&visit.config.auth_paths.path(Endpoint::SignedOut));
    let query = Serializer::new(String::new())
        .append_pair("client_id", visit.config.user_pool.tokens.client_id.as_str())
        .append_pair("logout_uri", &logout_uri)
        .finish();
    format!("{}?{query}", visit.config.user_pool.logout_url)
}

fn who(visit: &Visit<'_, '_, impl Trace>, memory: &mut Memory, moment: &Moment<'_>) -> Option<Who> {
    let pairs = visit.pairs();
    match session::id_token(&visit.tokens(&pairs), visit.config, memory, moment.now, visit.trace) {
        TokenState::Alive { claims, .. } => Some(claims.who()),
        TokenState::Ended(subject) => Some(Who::subject_only(&subject)),
        _ => None,
    }
}
