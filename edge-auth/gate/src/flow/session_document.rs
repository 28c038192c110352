//! Session document: the answer of `/auth/session`, user and expiry for scripts. It holds no token.

use cognito::{Group, IdClaims, UnixTime};
use http::StatusCode;
use serde::Serialize;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::decision::Decision;
use crate::response::Response;

#[derive(Serialize)]
struct SessionDocument<'c> {
    user: User<'c>,
    groups: Vec<&'c str>,
    /// RFC 3339, UTC.
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authenticated_at: Option<String>,
}

#[derive(Serialize)]
struct User<'c> {
    sub: &'c str,
    username: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'c str>,
}

pub(super) fn answer<'a>(claims: &IdClaims) -> Decision<'a> {
    let document = SessionDocument {
        user: User {
            sub: claims.subject().as_str(),
            username: claims.username().as_str(),
            email: claims.email(),
        },
        groups: claims.groups().iter().map(Group::as_str).collect(),
        expires_at: rfc_3339(claims.expires_at()),
        authenticated_at: claims.auth_time().and_then(rfc_3339),
    };
    let body = serde_json::to_string(&document).unwrap_or_default();
    Decision::answer(Response::document(StatusCode::OK, "application/json", body), None)
}

/// Nothing for a time after the year 9999.
fn rfc_3339(time: UnixTime) -> Option<String> {
    let seconds = i64::try_from(time.seconds()).ok()?;
    OffsetDateTime::from_unix_timestamp(seconds).ok()?.format(&Rfc3339).ok()
}
