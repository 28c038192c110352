//! The callback: somebody comes back from the user pool (RFC 6749 section 4.1.2, OpenID Connect Core 3.1.3).

use http::StatusCode;

use super::callback_problem::CallbackProblem;
use super::exchange::{Exchange, Landing, Purpose, Step};
use super::fresh_tokens;
use super::refusal::Refusal;
use super::sign_in::{SECOND_PARAMETER, redirect_uri};
use super::visit::Visit;
use crate::asker::is_prefetch;
use crate::attempt::{ReturnedState, SignInAttempt};
use crate::cookie::{Pair, sign_in_slot};
use crate::decision::{Decision, Outcome};
use crate::log::{Event, Who};
use crate::memory::Memory;
use crate::moment::Moment;
use crate::page::{Action, Language, Message, Page};
use crate::query::Query;
use crate::reason::Reason;
use crate::response::Response;
use crate::return_path::ReturnPath;
use crate::session::{self, TokenState};
use crate::token_endpoint::{TokenEndpointError, UnverifiedTokens};
use crate::trace::{Observation, Trace};

/// The longest authorization code that is handed on, in bytes. Cognito's are UUIDs.
const MAX_CODE: usize = 2_048;

pub(super) fn step<'g, 'a, T: Trace>(
    visit: Visit<'g, 'a, T>,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Step<'g, 'a, T> {
    if is_prefetch(&visit.request) {
        return Step::Decided(visit.refuse(Refusal::NoSession(Reason::Prefetch)));
    }
    match read(&visit, memory, moment) {
        CallbackStep::Decided(decision) => Step::Decided(*decision),
        CallbackStep::Code { code, attempt, landing } => {
            let endpoint = &visit.config.user_pool.token_endpoint;
            let call = endpoint.access_token_request(&code, attempt.verifier(), &redirect_uri(&visit));
            Exchange::begin(call, visit, Purpose::Code { attempt, landing })
        }
    }
}

/// What comes of a callback at first: a decision, or a code to redeem.
enum CallbackStep<'a> {
    Decided(Box<Decision<'a>>),
    Code { code: String, attempt: SignInAttempt, landing: Landing },
}

fn read<'a>(
    visit: &Visit<'_, 'a, impl Trace>,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> CallbackStep<'a> {
    let query = Query::new(&visit.request.querystring);
    let pairs = visit.pairs();
    let keys = &visit.config.sealing_keys;
    let state = query.single("state").and_then(|state| ReturnedState::open(&state, keys, visit.host));
    visit.trace.note(Observation::State(state.as_ref()));
    if let Some(error) = query.single("error") {
        return CallbackStep::Decided(Box::new(provider_error(visit, &error, state.as_ref(), &pairs)));
    }
    let refuse = |problem, state: Option<&ReturnedState>| {
        CallbackStep::Decided(Box::new(refuse(visit, problem, state)))
    };
    let code = query.single("code").filter(|code| is_code(code));
    let (Some(code), Some(state)) = (code, state) else {
        return refuse(CallbackProblem::IncompleteCallback, None);
    };
    let attempt = SignInAttempt::find(&state, &pairs, keys, visit.host);
    let age = attempt.as_ref().map(|attempt| attempt.check_age(moment.now));
    visit.trace.note(Observation::Attempt(age));
    let problem = match age {
        Some(Ok(())) => None,
        Some(Err(_)) => Some(CallbackProblem::ExpiredAttempt),
        // Only of a second attempt it is certain that this browser was given its cookie a moment ago.
        None if state.is_second && !has_attempts(&pairs) => Some(CallbackProblem::CookiesOff),
        None => Some(CallbackProblem::UnknownAttempt),
    };
    match (problem, attempt) {
        (None, Some(attempt)) => {
            let landing = Landing { return_path: state.return_path, is_cut: state.is_cut };
            CallbackStep::Code { code: code.into_owned(), attempt, landing }
        }
        // The callback is loaded again, or another tab has finished a sign-in meanwhile: who is signed in already
        // wants only the page.
        _ if is_signed_in(visit, &pairs, memory, moment) => {
            let response = Response::redirect(StatusCode::SEE_OTHER, state.return_path.as_str());
            CallbackStep::Decided(Box::new(Decision::answer(response, None)))
        }
        (problem, _) => refuse(problem.unwrap_or(CallbackProblem::UnknownAttempt), Some(&state)),
    }
}

/// Takes the token endpoint's answer.
pub(super) fn finish<'a>(
    visit: &Visit<'_, 'a, impl Trace>,
    attempt: &SignInAttempt,
    landing: &Landing,
    answer: Result<UnverifiedTokens, TokenEndpointError>,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    match answer {
        Ok(tokens) => sign_in(visit, attempt, landing, tokens, memory, moment),
        Err(error) => {
            let refusal = match &error {
                TokenEndpointError::InvalidGrant => Refusal::Callback(CallbackProblem::InvalidGrant),
                TokenEndpointError::ClientRefused(_) => Refusal::ClientRefused,
                TokenEndpointError::UnexpectedAnswer { .. } => Refusal::Pool(Reason::UnexpectedAnswer),
                TokenEndpointError::Failed(failure) => Refusal::Pool((*failure).into()),
            };
            let mut decision = rejected(visit, refusal, &landing.return_path);
            decision.record = decision.record.map(|record| record.with_detail(error.to_string()));
            decision
        }
    }
}

/// Verifies both tokens and the nonce, then sets the session's cookies in the place of an earlier session's.
fn sign_in<'a>(
    visit: &Visit<'_, 'a, impl Trace>,
    attempt: &SignInAttempt,
    landing: &Landing,
    tokens: UnverifiedTokens,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    let return_path = &landing.return_path;
    let claims = match fresh_tokens::verify(visit.config, &tokens, memory, moment) {
        Ok(claims) => claims,
        Err(refusal) => return rejected(visit, refusal, return_path),
    };
    // OpenID Connect Core 3.1.3.7, step 11.
    if !claims.id.nonce().is_some_and(|nonce| attempt.is_answered_by(nonce.as_str())) {
        return rejected(visit, Refusal::Callback(CallbackProblem::WrongNonce), return_path);
    }
    let who = Who::new(claims.id.subject(), claims.id.username());
    let cookies = match fresh_tokens::cookies(visit, tokens, &claims, None) {
        Ok(cookies) => cookies,
        Err(refusal) => return rejected(visit, refusal, return_path),
    };
    let done = attempt.clear(&visit.pairs(), &visit.config.sealing_keys, visit.host);
    let response = landed(visit, landing).with_cookies(cookies.into_iter().chain(done));
    let record =
        visit.record(Event::SignIn, Reason::SignedIn).about(Some(who)).with_status(response.status());
    Decision::answer(response, Some(record))
}

/// Redirects to the return path; a page in between says where a part of it could not be kept.
fn landed(visit: &Visit<'_, '_, impl Trace>, landing: &Landing) -> Response {
    let address = landing.return_path.as_str();
    if !landing.is_cut {
        return Response::redirect(StatusCode::SEE_OTHER, address);
    }
    let page = Page {
        message: Message::AddressCut,
        language: Language::of(&visit.request.headers),
        actions: vec![(Action::GoOn, address.to_owned())],
        goes_on_to: None,
        is_framed: false,
        request_id: "",
    };
    page.into_response(StatusCode::OK)
}

/// `?error=…` (RFC 6749 section 4.1.2.1). The browser is not sent back to the provider: it would only say it again.
fn provider_error<'a>(
    visit: &Visit<'_, 'a, impl Trace>,
    error: &str,
    state: Option<&ReturnedState>,
    pairs: &[Pair<'_>],
) -> Decision<'a> {
    let problem = match error {
        "access_denied" | "login_required" | "interaction_required" => CallbackProblem::AccessDenied,
        _ => CallbackProblem::ProviderError,
    };
    let decision = refuse(visit, problem, state);
    let attempt = state
        .and_then(|state| SignInAttempt::find(state, pairs, &visit.config.sealing_keys, visit.host))
        .and_then(|attempt| attempt.clear(pairs, &visit.config.sealing_keys, visit.host));
    let record = decision.record.map(|record| record.with_detail(printable(error)));
    match decision.outcome {
        Outcome::Answer(response) => Decision::answer(response.with_cookies(attempt), record),
        outcome => Decision { outcome, record },
    }
}

/// Refuses, with a link that begins again. Where this attempt's cookie is missing, the page goes on by itself, once: the
/// sign-in may have been begun by another program, or long ago from a bookmark.
fn refuse<'a>(
    visit: &Visit<'_, 'a, impl Trace>,
    problem: CallbackProblem,
    state: Option<&ReturnedState>,
) -> Decision<'a> {
    let root = ReturnPath::root();
    let return_path = state.map_or(&root, |state| &state.return_path);
    let again = visit.sign_in_address(return_path);
    let is_first = state.is_some_and(|state| !state.is_second);
    let replaced = problem == CallbackProblem::UnknownAttempt && is_first;
    visit
        .rejection(Refusal::Callback(problem))
        .with_actions(vec![(Action::SignIn, again.clone())])
        .going_on_to(replaced.then(|| format!("{again}&{SECOND_PARAMETER}=1")))
        .decide(&visit.request)
}

/// Refuses after the exchange, with a link that begins again.
fn rejected<'a>(
    visit: &Visit<'_, 'a, impl Trace>,
    refusal: Refusal,
    return_path: &ReturnPath,
) -> Decision<'a> {
    visit
        .rejection(refusal)
        .with_actions(vec![(Action::SignIn, visit.sign_in_address(return_path))])
        .decide(&visit.request)
}

fn has_attempts(pairs: &[Pair<'_>]) -> bool {
    pairs.iter().any(|pair| sign_in_slot(pair.name).is_some())
}

fn is_signed_in(
    visit: &Visit<'_, '_, impl Trace>,
    pairs: &[Pair<'_>],
    memory: &mut Memory,
    moment: &Moment<'_>,
) -> bool {
    let found = visit.tokens(pairs);
    matches!(
        session::id_token(&found, visit.config, memory, moment.now, visit.trace),
        TokenState::Alive { .. }
    )
}

/// RFC 6749 appendix A.11: visible ASCII and spaces.
fn is_code(code: &str) -> bool {
    !code.is_empty() && code.len() <= MAX_CODE && code.bytes().all(|b| (0x20..0x7f).contains(&b))
}

/// The error's name for the log, as far as it is one (RFC 6749 appendix A.7).
fn printable(error: &str) -> String {
    error.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')).take(64).collect()
}
