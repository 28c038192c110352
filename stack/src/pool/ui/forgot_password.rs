//! The two pages of a forgotten password: ask for a code, then choose a new password with it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::destination::Destination;
use super::field::{self, Field, Problem};
use super::halt::Halt;
use super::page::{Page, redirect};
use super::sign_in::hash_password;
use super::sign_up::password_problem;
use super::submission::Submission;
use super::visit::Visit;
use crate::pool::attempt::{Attempt, Step};
use crate::pool::one_time_code::Purpose;
use crate::pool::password::PasswordHash;
use crate::pool::server::Pool;

/// Asks whose password it is.
pub(super) async fn show(State(pool): State<Pool>, visit: Visit) -> Result<Response, Halt> {
    Destination::of(&visit, &pool)?;
    let login = visit.whole_query().field("login_hint").to_owned();
    Ok(Page::new(visit.texts().reset_password, form(&visit, &login, &[])).answer(&visit, &pool))
}

/// Sends a code if there is such a user, and goes on in the same way if there is none.
pub(super) async fn submit(
    State(pool): State<Pool>,
    Submission { visit, form: fields }: Submission,
) -> Result<Response, Halt> {
    Destination::of(&visit, &pool)?;
    let texts = visit.texts();
    let login = fields.field("username").trim();
    if login.is_empty() {
        let content = form(&visit, login, &[("username", texts.enter_login.to_owned())]);
        return Ok(Page::failed(texts.reset_password, StatusCode::BAD_REQUEST, content).answer(&visit, &pool));
    }
    let (subject, now) = (format!("forgot:{}", login.to_lowercase()), pool.now());
    let mut state = pool.state();
    if let Some(seconds) = state.throttle.wait(&subject, now) {
        drop(state);
        return Err(Halt::throttled(&visit, &pool, texts.reset_password, seconds));
    }
    state.throttle.failed(&subject, now);
    let user = state.users.known_as(login).cloned();
    if let Some(user) = &user {
        state.mail_code(user, Purpose::Reset, now);
    }
    drop(state);
    let answer = redirect(StatusCode::SEE_OTHER, &visit.link("/confirmForgotPassword"));
    let username = user.as_ref().map(|user| user.username.as_str());
    Ok(visit.start_attempt(&pool, (username, login), Step::Reset, answer))
}

/// Asks for the code and the new password.
pub(super) async fn show_reset(State(pool): State<Pool>, visit: Visit) -> Result<Response, Halt> {
    Destination::of(&visit, &pool)?;
    let attempt = under_way(&visit, &pool)?;
    Ok(Page::new(visit.texts().reset_password, reset_form(&visit, &attempt, "", &[])).answer(&visit, &pool))
}

/// Changes the password, then leads to the sign-in page.
pub(super) async fn submit_reset(
    State(pool): State<Pool>,
    Submission { visit, form: fields }: Submission,
) -> Result<Response, Halt> {
    Destination::of(&visit, &pool)?;
    let attempt = under_way(&visit, &pool)?;
    let texts = visit.texts();
    let (code, password) = (fields.field("code"), fields.field("password"));
    let again = |problem: Problem| {
        let content = reset_form(&visit, &attempt, code, &[problem]);
        Page::failed(texts.reset_password, StatusCode::BAD_REQUEST, content).answer(&visit, &pool)
    };
    if let Some(problem) = password_problem(texts, password) {
        return Ok(again(problem));
    }
    let subject = format!("reset:{}", attempt.login.to_lowercase());
    Halt::if_throttled(&visit, &pool, texts.reset_password, &subject)?;
    let Some(hash) = hash_password(&pool, password).await else {
        return Err(Halt::stopping());
    };
    if !change_password(&pool, &attempt, code, hash, &subject) {
        return Ok(again(("code", texts.wrong_code.to_owned())));
    }
    pool.keep();
    let answer = redirect(StatusCode::SEE_OTHER, &visit.link_with_notice("/login", "password-changed"));
    Ok(visit.end_attempt(&pool, answer))
}

fn under_way(visit: &Visit, pool: &Pool) -> Result<Attempt, Halt> {
    let back = || redirect(StatusCode::SEE_OTHER, &visit.link("/forgotPassword")).into();
    visit.attempt(pool, Step::Reset).ok_or_else(back)
}

/// The code came by mail, so it also confirms the address.
fn change_password(pool: &Pool, attempt: &Attempt, code: &str, hash: PasswordHash, subject: &str) -> bool {
    let now = pool.now();
    let mut state = pool.state();
    let username = attempt.username.as_deref().unwrap_or_default();
    let redeemed = state.redeem_code(username, Purpose::Reset, code, subject, now);
    let Some(user) = redeemed else { return false };
    user.password = hash;
    user.confirmed = true;
    true
}

fn form(visit: &Visit, login: &str, problems: &[Problem]) -> Markup {
    let texts = visit.texts();
    let username = Field::login(texts, login, problems);
    html! {
        h1 { (texts.reset_password) }
        p .lead { (texts.reset_intro) }
        (field::summary(visit, problems))
        form method="post" action=(visit.link("/forgotPassword")) {
            (field::token(visit))
            (username)
            button type="submit" { (texts.send_code) }
        }
        p .other { a href=(visit.link("/login")) { (texts.back_to_sign_in) } }
    }
}

fn reset_form(visit: &Visit, attempt: &Attempt, code: &str, problems: &[Problem]) -> Markup {
    let texts = visit.texts();
    let code = Field { value: code, focus: code.is_empty(), ..Field::code(texts.code, problems) };
    let password = Field::new_password(texts, texts.new_password, problems);
    html! {
        h1 { (texts.reset_password) }
        p .lead { (texts.reset_code_sent) " " strong { (attempt.login) } }
        (field::summary(visit, problems))
        form method="post" action=(visit.link("/confirmForgotPassword")) {
            (field::token(visit))
            (code)
            (password)
            button type="submit" { (texts.change_password) }
        }
        p .other { (texts.no_mail) " " a href=(visit.link("/forgotPassword")) { (texts.send_new_code) } }
        (field::mailbox_note(visit))
    }
}
