//! The account page of someone signed in, and the setting up of a second factor.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use qrcode::{Color, QrCode};

use super::field::{self, Field, Problem};
use super::halt::Halt;
use super::page::{Page, redirect};
use super::submission::Submission;
use super::visit::Visit;
use crate::pool::second_factor::SecondFactor;
use crate::pool::server::Pool;
use crate::pool::user::User;

/// Who is signed in, and what they can change.
pub(super) async fn show(State(pool): State<Pool>, visit: Visit) -> Result<Response, Halt> {
    let user = signed_in(&visit, &pool)?;
    let texts = visit.texts();
    let content = html! {
        h1 { (texts.account) }
        dl {
            dt { (texts.name) } dd { (user.name.as_deref().unwrap_or(&user.username)) }
            dt { (texts.email) } dd { (user.email) }
            dt { (texts.groups) }
            dd { @if user.groups.is_empty() { (texts.none) } @else { (user.groups.join(", ")) } }
            dt { (texts.second_factor) }
            dd { @if user.second_factor.is_some() { (texts.on) } @else { (texts.off) } }
        }
        @if user.second_factor.is_some() {
            form method="post" action=(visit.link("/mfa/off")) {
                (field::token(&visit))
                button .secondary type="submit" { (texts.turn_off_second_factor) }
            }
        } @else {
            p { a .button .secondary href=(visit.link("/mfa/setup")) { (texts.set_up_second_factor) } }
        }
        form method="post" action=(visit.link("/account/sign-out")) {
            (field::token(&visit))
            button type="submit" { (texts.sign_out) }
        }
    };
    Ok(Page::new(texts.account, content).answer(&visit, &pool))
}

/// Shows a fresh secret, until it is proven or shown again.
pub(super) async fn show_setup(State(pool): State<Pool>, visit: Visit) -> Result<Response, Halt> {
    let user = signed_in(&visit, &pool)?;
    let factor = SecondFactor::generate();
    visit.change_session(&pool, |session| session.enrolment = Some(factor.clone()));
    let content = setup_form(&visit, &pool, &user, &factor, &[]);
    Ok(Page::new(visit.texts().set_up_second_factor, content).answer(&visit, &pool))
}

/// The first code proves that the app has the secret; from then on it is asked for.
pub(super) async fn submit_setup(
    State(pool): State<Pool>,
    Submission { visit, form: fields }: Submission,
) -> Result<Response, Halt> {
    let user = signed_in(&visit, &pool)?;
    let enrolment = visit.session(&pool).and_then(|session| session.enrolment);
    let Some(mut factor) = enrolment else {
        return Ok(redirect(StatusCode::SEE_OTHER, &visit.link("/mfa/setup")));
    };
    if !factor.accept(fields.field("code"), pool.now()) {
        let problems = [("code", visit.texts().wrong_totp.to_owned())];
        let content = setup_form(&visit, &pool, &user, &factor, &problems);
        let page = Page::failed(visit.texts().set_up_second_factor, StatusCode::BAD_REQUEST, content);
        return Ok(page.answer(&visit, &pool));
    }
    visit.change_session(&pool, |session| session.enrolment = None);
    Ok(change_factor(&pool, &visit, &user, Some(factor)))
}

/// Signs in by password alone again.
pub(super) async fn turn_off(
    State(pool): State<Pool>,
    Submission { visit, .. }: Submission,
) -> Result<Response, Halt> {
    let user = signed_in(&visit, &pool)?;
    Ok(change_factor(&pool, &visit, &user, None))
}

/// Ends the hosted UI's session; what clients hold is theirs to end.
pub(super) async fn sign_out(State(pool): State<Pool>, Submission { visit, .. }: Submission) -> Response {
    visit.end_session(&pool, redirect(StatusCode::SEE_OTHER, &visit.link("/login")))
}

fn signed_in(visit: &Visit, pool: &Pool) -> Result<User, Halt> {
    let back = || redirect(StatusCode::SEE_OTHER, &visit.link("/login")).into();
    let session = visit.session(pool);
    session.and_then(|session| pool.state().users.named(&session.username).cloned()).ok_or_else(back)
}

fn change_factor(pool: &Pool, visit: &Visit, user: &User, factor: Option<SecondFactor>) -> Response {
    if let Some(user) = pool.state().users.named_mut(&user.username) {
        user.second_factor = factor;
    }
    pool.keep();
    redirect(StatusCode::SEE_OTHER, &visit.link("/account"))
}

fn setup_form(
    visit: &Visit,
    pool: &Pool,
    user: &User,
    factor: &SecondFactor,
    problems: &[Problem],
) -> Markup {
    let texts = visit.texts();
    let uri = factor.uri(&pool.settings().title, &user.email).unwrap_or_default();
    let code = Field { focus: false, ..Field::code(texts.totp, problems) };
    html! {
        h1 { (texts.set_up_second_factor) }
        p .lead { (texts.scan_code) }
        (field::summary(visit, problems))
        (qr_code(&uri, texts.qr_code))
        p .hint .centred { (texts.or_type_secret) }
        p .secret { code { (grouped(factor.secret())) } }
        p .hint .centred { a href=(uri) { (texts.open_in_app) } }
        form method="post" action=(visit.link("/mfa/setup")) {
            (field::token(visit))
            (code)
            button type="submit" { (texts.turn_on) }
        }
        p .other { a href=(visit.link("/account")) { (texts.cancel) } }
    }
}

/// Four characters at a time are easier to copy.
fn grouped(secret: &str) -> String {
    let characters: Vec<char> = secret.chars().collect();
    characters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// Inline SVG, one square a dark module, with the quiet zone of four that readers need.
fn qr_code(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::new(text) else { return html! {} };
    let width = code.width();
    let dark = code.to_colors().into_iter().enumerate().filter(|(_, color)| *color == Color::Dark);
    let path: String =
        dark.map(|(index, _)| format!("M{} {}h1v1h-1z", index % width + 4, index / width + 4)).collect();
    let side = width + 8;
    html! {
        svg .qr viewBox={ "0 0 " (side) " " (side) } role="img" aria-label=(label) shape-rendering="crispEdges" {
            rect width=(side) height=(side) fill="#fff" {}
            path d=(path) fill="#000" {}
        }
    }
}
