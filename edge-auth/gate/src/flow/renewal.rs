//! Renewal: a session that ends soon, or has ended, goes on with its refresh token (RFC 6749 section 6).
//!
//! The answer is a 307 to the same URL, so that method and body survive. The renewed ID token must be of the person
//! whose session it was (OpenID Connect Core 12.2): a refresh token of somebody else, left in the browser, never
//! continues this session.

use http::StatusCode;

use super::refusal::Refusal;
use super::renewal_plan::RenewalPlan;
use super::visit::Visit;
use super::{fresh_tokens, rule};
use crate::cookie::SetCookie;
use crate::decision::{Decision, Outcome};
use crate::log::{Event, Who};
use crate::memory::Memory;
use crate::moment::Moment;
use crate::reason::Reason;
use crate::response::Response;
use crate::return_path::ReturnPath;
use crate::token_endpoint::{TokenEndpointError, UnverifiedTokens};
use crate::trace::Trace;

/// Takes the token endpoint's answer.
pub(super) fn finish<'a>(
    visit: Visit<'_, 'a, impl Trace>,
    plan: RenewalPlan,
    answer: Result<UnverifiedTokens, TokenEndpointError>,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    match answer {
        Ok(tokens) => renew(visit, plan, tokens, memory, moment),
        Err(TokenEndpointError::InvalidGrant) => {
            memory.refuse_refresh_token(&plan.refresh_token);
            match plan.living {
                Some((claims, bearer)) => rule::with_session(visit, claims, bearer, moment),
                // The cookies stay: another tab, which came first with this refresh token, may have put a new session
                // in their place meanwhile. Signing in replaces whatever is there.
                None => rule::without_session(visit, Reason::InvalidGrant, moment),
            }
        }
        Err(error) => {
            let refusal = match &error {
                TokenEndpointError::ClientRefused(_) => Refusal::ClientRefused,
                TokenEndpointError::Failed(failure) => Refusal::Pool((*failure).into()),
                _ => Refusal::Pool(Reason::UnexpectedAnswer),
            };
            go_on_or_refuse(visit, plan, refusal, &error.to_string(), memory, moment)
        }
    }
}

fn renew<'a>(
    visit: Visit<'_, 'a, impl Trace>,
    plan: RenewalPlan,
    tokens: UnverifiedTokens,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    let claims = match fresh_tokens::verify(visit.config, &tokens, memory, moment) {
        Ok(claims) => claims,
        Err(refusal) => {
            let detail = "the renewed tokens are not valid";
            return go_on_or_refuse(visit, plan, refusal, detail, memory, moment);
        }
    };
    if !plan.is_of(&claims.id) {
        memory.refuse_refresh_token(&plan.refresh_token);
        return of_another(visit, moment);
    }
    // The redirect would lead here again, and again.
    if plan.living.is_some() && claims.are_nearly_over(visit.config, moment.now) {
        let detail = "the renewed tokens are nearly over";
        return go_on_or_refuse(visit, plan, Refusal::ClockWrong, detail, memory, moment);
    }
    let who = Who::new(claims.id.subject(), claims.id.username());
    match fresh_tokens::cookies(&visit, tokens, &claims, Some(&plan.refresh_token)) {
        Ok(cookies) => renewed(&visit, cookies, who),
        Err(refusal) => {
            let detail = "the renewed tokens are too long";
            go_on_or_refuse(visit, plan, refusal, detail, memory, moment)
        }
    }
}

/// 307 to the same URL, with the new session's cookies.
fn renewed<'a>(visit: &Visit<'_, 'a, impl Trace>, cookies: Vec<SetCookie>, who: Who) -> Decision<'a> {
    let again = ReturnPath::same_url(&visit.request.uri, &visit.request.querystring);
    let response = Response::redirect(StatusCode::TEMPORARY_REDIRECT, &again).with_cookies(cookies);
    let record = visit
        .record(Event::Renewal, Reason::Renewed)
        .about(Some(who))
        .with_status(StatusCode::TEMPORARY_REDIRECT);
    Decision::answer(response, Some(record))
}

/// Decides with the session while it is alive; else refuses. The cookies stay, so that the next try can renew.
fn go_on_or_refuse<'a>(
    visit: Visit<'_, 'a, impl Trace>,
    plan: RenewalPlan,
    refusal: Refusal,
    detail: &str,
    memory: &mut Memory,
    moment: &mut Moment<'_>,
) -> Decision<'a> {
    let mut refused = visit.refuse(refusal);
    refused.record = refused.record.map(|record| record.with_detail(detail));
    match plan.living {
        Some((claims, bearer)) => {
            memory.pause_renewals(moment.now);
            let decision = rule::with_session(visit, claims, bearer, moment);
            let record = decision.record.or_else(|| refused.record.map(|record| record.with_status(None)));
            Decision { record, outcome: decision.outcome }
        }
        // The calls of a public API need no session, and so no user pool.
        None if rule::is_open_api(&visit) => {
            let decision = rule::without_session(visit, Reason::SessionEnded, moment);
            Decision { record: refused.record.map(|record| record.with_status(None)), ..decision }
        }
        None => refused,
    }
}

/// Decides without a session where the renewed tokens are another user's. A redirect to sign in also clears the cookies,
/// so that it happens once.
fn of_another<'a>(visit: Visit<'_, 'a, impl Trace>, moment: &mut Moment<'_>) -> Decision<'a> {
    let pairs = visit.pairs();
    let cookies = visit.config.cookies.clear(&pairs, visit.host);
    drop(pairs);
    let decision = rule::without_session(visit, Reason::RefreshTokenOfAnotherUser, moment);
    match decision.outcome {
        Outcome::Answer(response) if response.status().is_redirection() => {
            Decision { outcome: Outcome::Answer(response.with_cookies(cookies)), ..decision }
        }
        outcome => Decision { outcome, ..decision },
    }
}
