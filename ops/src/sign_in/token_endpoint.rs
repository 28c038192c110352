//! The user pool's token endpoint (RFC 6749 sections 4.1.3 and 6).

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Method, header};
use serde::Deserialize;

use crate::web_client::{WebClient, WebError};

/// The tokens that a grant gave.
#[derive(Deserialize)]
pub(super) struct Tokens {
    pub(super) access_token: String,
    /// None where the one that was sent goes on.
    #[serde(default)]
    pub(super) refresh_token: Option<String>,
    #[serde(default)]
    pub(super) expires_in: i64,
}

/// The endpoint's refusal.
#[derive(Debug, Deserialize)]
struct Refusal {
    error: String,
    #[serde(default)]
    error_description: Option<String>,
}

/// What the endpoint answered.
pub(super) enum Answer {
    Tokens(Tokens),
    /// In its own words.
    Refused(String),
}

/// Asks for tokens with these parameters.
pub(super) async fn ask(
    web: &WebClient,
    endpoint: &str,
    parameters: &[(&str, &str)],
) -> Result<Answer, WebError> {
    let form = form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish();
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    let answer = web.send(Method::POST, endpoint, headers, Bytes::from(form)).await?;
    if answer.status.is_success()
        && let Ok(tokens) = serde_json::from_str(&answer.body)
    {
        return Ok(Answer::Tokens(tokens));
    }
    Ok(Answer::Refused(match serde_json::from_str::<Refusal>(&answer.body) {
        Ok(Refusal { error, error_description: Some(description) }) => format!("{error} ({description})"),
        Ok(Refusal { error, .. }) => error,
        Err(_) => format!("{endpoint} answered {}", answer.status),
    }))
}
