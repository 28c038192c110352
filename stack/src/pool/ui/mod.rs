//! The hosted UI: what people see of the pool. Server-rendered pages and forms that need no script.

mod account;
mod confirm;
mod destination;
mod field;
mod forgot_password;
mod halt;
mod home;
mod language;
mod login;
mod mailbox;
mod page;
mod second_factor;
mod sign_in;
mod sign_up;
mod submission;
mod texts;
mod visit;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};

use super::server::Pool;

pub(crate) use destination::Destination;
pub(crate) use halt::Halt;
pub(crate) use page::redirect;
pub(crate) use visit::Visit;

/// Cognito's paths, then those that only the double has.
pub(crate) fn router() -> Router<Pool> {
    Router::new()
        .route("/login", get(login::show).post(login::submit))
        .route("/signup", get(sign_up::show).post(sign_up::submit))
        .route("/confirm", get(confirm::show).post(confirm::submit))
        .route("/resendcode", post(confirm::resend))
        .route("/forgotPassword", get(forgot_password::show).post(forgot_password::submit))
        .route("/confirmForgotPassword", get(forgot_password::show_reset).post(forgot_password::submit_reset))
        .route("/mfa", get(second_factor::show).post(second_factor::submit))
        .route("/mfa/setup", get(account::show_setup).post(account::submit_setup))
        .route("/mfa/off", post(account::turn_off))
        .route("/account", get(account::show))
        .route("/account/sign-out", post(account::sign_out))
        .route("/mailbox", get(mailbox::show))
        .route("/", get(home::show))
        .route("/style.css", get(style))
        .route("/icon.svg", get(icon))
}

/// For every other path.
pub(crate) async fn not_found(State(pool): State<Pool>, visit: Visit) -> Response {
    Halt::not_found(&visit, &pool).into_response()
}

async fn style() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
    (headers, include_str!("style.css"))
}

async fn icon() -> impl IntoResponse {
    let headers = [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "no-cache")];
    (headers, include_str!("icon.svg"))
}
