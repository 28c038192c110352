//! The sign-in page.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use super::destination::Destination;
use super::field::{self, Field, Kind, Problem};
use super::halt::Halt;
use super::page::Page;
use super::sign_in::{after_password, check_password};
use super::submission::Submission;
use super::visit::Visit;
use crate::pool::server::Pool;

/// The form, unless the browser is signed in already and that is enough.
pub(super) async fn show(State(pool): State<Pool>, visit: Visit) -> Result<Response, Halt> {
    let destination = Destination::of(&visit, &pool)?;
    if let Some(session) = visit.session(&pool).filter(|_| !destination.asks_again()) {
        return Ok(destination.reach(&pool, &session));
    }
    let login = visit.whole_query().field("login_hint").to_owned();
    let content = form(&visit, &destination, &login, &[]);
    Ok(Page::new(visit.texts().sign_in, content).answer(&visit, &pool))
}

/// One answer for every wrong pair, so that nobody learns who exists.
pub(super) async fn submit(
    State(pool): State<Pool>,
    Submission { visit, form }: Submission,
) -> Result<Response, Halt> {
    let destination = Destination::of(&visit, &pool)?;
    let (login, password) = (form.field("username").trim(), form.field("password"));
    let texts = visit.texts();
    let mut problems: Vec<Problem> = Vec::new();
    if login.is_empty() {
        problems.push(("username", texts.enter_login.to_owned()));
    }
    if password.is_empty() {
        problems.push(("password", texts.enter_password.to_owned()));
    }
    if !problems.is_empty() {
        return Ok(again(&pool, &visit, &destination, login, &problems));
    }

    let subject = format!("password:{}", login.to_lowercase());
    Halt::if_throttled(&visit, &pool, texts.sign_in, &subject)?;
    match check_password(&pool, login, password).await {
        Some(user) => {
            pool.state().throttle.succeeded(&subject);
            after_password(&pool, &visit, &destination, &user).await
        }
        None => {
            pool.state().throttle.failed(&subject, pool.now());
            let problems = [("password", texts.wrong_password.to_owned())];
            Ok(again(&pool, &visit, &destination, login, &problems))
        }
    }
}

fn again(
    pool: &Pool,
    visit: &Visit,
    destination: &Destination,
    login: &str,
    problems: &[Problem],
) -> Response {
    let content = form(visit, destination, login, problems);
    Page::failed(visit.texts().sign_in, StatusCode::BAD_REQUEST, content).answer(visit, pool)
}

fn form(visit: &Visit, destination: &Destination, login: &str, problems: &[Problem]) -> Markup {
    let texts = visit.texts();
    let username = Field { focus: login.is_empty(), ..Field::login(texts, login, problems) };
    let password = Field {
        name: "password",
        label: texts.password,
        kind: Kind::Password,
        autocomplete: "current-password",
        value: "",
        hint: None,
        problems,
        focus: !login.is_empty(),
    };
    html! {
        h1 { (texts.sign_in) }
        @if let Some(host) = destination.host() { p .lead { (texts.to_continue_to) " " strong { (host) } } }
        @if visit.whole_query().field("notice") == "password-changed" {
            p .note role="status" { (texts.password_changed) }
        }
        (field::summary(visit, problems))
        form method="post" action=(visit.link("/login")) {
            (field::token(visit))
            (username)
            (password)
            p .aside { a href=(visit.link("/forgotPassword")) { (texts.forgot_password) } }
            button type="submit" { (texts.sign_in) }
        }
        p .other { (texts.no_account) " " a href=(visit.link("/signup")) { (texts.create_account) } }
    }
}
