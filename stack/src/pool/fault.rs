//! Failures on request, so that what a relying party does then can be tested.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::body::Body;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use bytes::Bytes;
use http_body_util::{BodyExt, Full};

use super::server::Pool;

const HUGE_BYTES: usize = 10 * 1_024 * 1_024;

/// How the token, JWKS and revocation endpoints fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The right answer, late.
    Slow(Duration),
    /// This status and an empty body.
    Status(u16),
    /// 200 with a page instead of JSON.
    Html,
    /// A connection that closes in the middle of the JSON.
    HalfBody,
    /// 307 to another address of the pool, so that a client that follows would post its secrets again.
    Redirect,
    /// 200 with 10 MB of JSON.
    Huge,
    /// No answer until the pool stops.
    Hang,
}

impl Fault {
    /// The failure in place of an answer; `None` where the right answer is to follow.
    pub(crate) async fn strike(self, pool: &Pool) -> Option<Response> {
        match self {
            Self::Slow(delay) => {
                tokio::select! {
                    () = tokio::time::sleep(delay) => {}
                    () = pool.stopped() => {}
                }
                None
            }
            Self::Status(status) => Some(
                StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response(),
            ),
            Self::Html => {
                Some(Html("<!doctype html><title>Bad day</title><p>Not what you wanted").into_response())
            }
            Self::HalfBody => Some(half_a_body()),
            Self::Redirect => {
                let elsewhere = format!("{}/redirected", pool.base_url());
                Some((StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, elsewhere)]).into_response())
            }
            Self::Huge => {
                let body = format!("{{\"padding\":\"{}\"}}", "x".repeat(HUGE_BYTES));
                Some(([(header::CONTENT_TYPE, "application/json")], body).into_response())
            }
            Self::Hang => {
                pool.stopped().await;
                Some(StatusCode::SERVICE_UNAVAILABLE.into_response())
            }
        }
    }
}

fn half_a_body() -> Response {
    let half = Bytes::from_static(br#"{"access_token":"eyJ"#);
    let broken = async { Some(Err(io::Error::other("the answer was to be cut short"))) };
    let body = Full::new(half).map_err(|never: Infallible| match never {}).with_trailers(broken);
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_LENGTH, "1000")];
    (headers, Body::new(body)).into_response()
}
