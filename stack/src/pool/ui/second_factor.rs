//! The page that asks for the authenticator app's code.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::destination::Destination;
use super::field::{self, Field, Problem};
use super::halt::Halt;
use super::page::{Page, redirect};
use super::sign_in::complete;
use super::submission::Submission;
use super::visit::Visit;
use crate::pool::attempt::Step;
use crate::pool::server::Pool;

/// The form; without an attempt under way one signs in first.
pub(super) async fn show(State(pool): State<Pool>, visit: Visit) -> Result<Response, Halt> {
    Destination::of(&visit, &pool)?;
    under_way(&visit, &pool)?;
    Ok(Page::new(visit.texts().second_factor, form(&visit, &[])).answer(&visit, &pool))
}

/// With the right code a session starts.
pub(super) async fn submit(
    State(pool): State<Pool>,
    Submission { visit, form: fields }: Submission,
) -> Result<Response, Halt> {
    let destination = Destination::of(&visit, &pool)?;
    let username = under_way(&visit, &pool)?;
    let subject = format!("second-factor:{username}");
    Halt::if_throttled(&visit, &pool, visit.texts().second_factor, &subject)?;
    if accepted(&pool, &username, fields.field("code"), &subject) {
        pool.keep();
        return complete(&pool, &visit, &destination, &username).await;
    }
    let content = form(&visit, &[("code", visit.texts().wrong_totp.to_owned())]);
    Ok(Page::failed(visit.texts().second_factor, StatusCode::BAD_REQUEST, content).answer(&visit, &pool))
}

fn under_way(visit: &Visit, pool: &Pool) -> Result<String, Halt> {
    let back = || redirect(StatusCode::SEE_OTHER, &visit.link("/login")).into();
    visit.attempt(pool, Step::SecondFactor).and_then(|attempt| attempt.username).ok_or_else(back)
}

fn accepted(pool: &Pool, username: &str, code: &str, subject: &str) -> bool {
    let now = pool.now();
    let mut state = pool.state();
    let factor = state.users.named_mut(username).and_then(|user| user.second_factor.as_mut());
    let accepted = factor.is_some_and(|factor| factor.accept(code, now));
    if accepted {
        state.throttle.succeeded(subject);
    } else {
        state.throttle.failed(subject, now);
    }
    accepted
}

fn form(visit: &Visit, problems: &[Problem]) -> Markup {
    let texts = visit.texts();
    let code = Field::code(texts.totp, problems);
    html! {
        h1 { (texts.second_factor) }
        p .lead { (texts.totp_intro) }
        (field::summary(visit, problems))
        form method="post" action=(visit.link("/mfa")) {
            (field::token(visit))
            (code)
            button type="submit" { (texts.sign_in) }
        }
        p .other { a href=(visit.link("/login")) { (texts.back_to_sign_in) } }
    }
}
