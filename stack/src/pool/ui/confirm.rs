//! The page that asks for the code which proves a new account's address.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::destination::Destination;
use super::field::{self, Field, Problem};
use super::halt::Halt;
use super::page::{Page, redirect};
use super::sign_in::after_password;
use super::submission::Submission;
use super::visit::Visit;
use crate::pool::attempt::{Attempt, Step};
use crate::pool::one_time_code::Purpose;
use crate::pool::server::Pool;
use crate::pool::user::User;

/// The form; without an attempt under way one signs in first.
pub(super) async fn show(State(pool): State<Pool>, visit: Visit) -> Result<Response, Halt> {
    Destination::of(&visit, &pool)?;
    let attempt = under_way(&visit, &pool)?;
    Ok(Page::new(visit.texts().confirm_email, form(&visit, &attempt, &[])).answer(&visit, &pool))
}

/// The password was right before: with the address proven, the sign-in goes on.
pub(super) async fn submit(
    State(pool): State<Pool>,
    Submission { visit, form: fields }: Submission,
) -> Result<Response, Halt> {
    let destination = Destination::of(&visit, &pool)?;
    let attempt = under_way(&visit, &pool)?;
    let username = attempt.username.clone().unwrap_or_default();
    let subject = format!("confirm:{username}");
    Halt::if_throttled(&visit, &pool, visit.texts().confirm_email, &subject)?;
    match confirmed(&pool, &username, fields.field("code"), &subject) {
        Some(user) => {
            pool.keep();
            after_password(&pool, &visit, &destination, &user).await
        }
        None => {
            let problems = [("code", visit.texts().wrong_code.to_owned())];
            let content = form(&visit, &attempt, &problems);
            let page = Page::failed(visit.texts().confirm_email, StatusCode::BAD_REQUEST, content);
            Ok(page.answer(&visit, &pool))
        }
    }
}

/// A new code; the earlier one ends.
pub(super) async fn resend(
    State(pool): State<Pool>,
    Submission { visit, .. }: Submission,
) -> Result<Response, Halt> {
    let attempt = under_way(&visit, &pool)?;
    let mut state = pool.state();
    let user = attempt.username.as_deref().and_then(|username| state.users.named(username)).cloned();
    if let Some(user) = user.filter(|user| !user.confirmed) {
        state.mail_code(&user, Purpose::Confirm, pool.now());
    }
    drop(state);
    Ok(redirect(StatusCode::SEE_OTHER, &visit.link_with_notice("/confirm", "code-sent")))
}

fn under_way(visit: &Visit, pool: &Pool) -> Result<Attempt, Halt> {
    let back = || redirect(StatusCode::SEE_OTHER, &visit.link("/login")).into();
    visit.attempt(pool, Step::Confirm).ok_or_else(back)
}

fn confirmed(pool: &Pool, username: &str, code: &str, subject: &str) -> Option<User> {
    let now = pool.now();
    let mut state = pool.state();
    let user = state.redeem_code(username, Purpose::Confirm, code, subject, now)?;
    user.confirmed = true;
    Some(user.clone())
}

fn form(visit: &Visit, attempt: &Attempt, problems: &[Problem]) -> Markup {
    let texts = visit.texts();
    let code = Field::code(texts.code, problems);
    html! {
        h1 { (texts.confirm_email) }
        p .lead { (texts.code_sent_to) " " strong { (attempt.login) } }
        @if visit.whole_query().field("notice") == "code-sent" && problems.is_empty() {
            p .note role="status" { (texts.new_code_sent) }
        }
        (field::summary(visit, problems))
        form method="post" action=(visit.link("/confirm")) {
            (field::token(visit))
            (code)
            button type="submit" { (texts.confirm) }
        }
        form .other method="post" action=(visit.link("/resendcode")) {
            (field::token(visit))
            (texts.no_mail) " "
            button .plain type="submit" { (texts.send_new_code) }
        }
        (field::mailbox_note(visit))
    }
}
