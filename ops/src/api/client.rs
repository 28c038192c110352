//! Calls to the API: tokens renewed, passing trouble waited out, problem documents read.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use content::wire::Problem;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::sleep;

use super::credentials::Credentials;
use super::error::ApiError;
use crate::web_client::{WebAnswer, WebClient};

/// How often a call is made until passing trouble is no longer waited out.
const ATTEMPTS: u32 = 6;
/// The longest time between two of them.
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// The API of one site, as somebody.
#[derive(Clone)]
pub struct Api {
    web: WebClient,
    base: String,
    credentials: Arc<Credentials>,
}

/// What the API answered to a call that it carried out.
#[derive(Debug)]
pub struct Reply<T> {
    /// The status.
    pub status: StatusCode,
    /// The document.
    pub document: T,
}

impl Api {
    /// The API of the site at this address, which has no slash at its end.
    #[must_use]
    pub fn new(web: WebClient, site: &str, credentials: Credentials) -> Api {
        Api { web, base: format!("{site}/api/v1"), credentials: Arc::new(credentials) }
    }

    /// The client that it calls with.
    #[must_use]
    pub fn web(&self) -> &WebClient {
        &self.web
    }

    /// Reads a document.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn read<T: DeserializeOwned>(&self, path: &str) -> Result<T, ApiError> {
        let reply = self.call(Method::GET, path, None, None).await?;
        document(&format!("reading {path}"), &reply)
    }

    /// Sends a document with POST.
    ///
    /// # Errors
    ///
    /// When the call fails.
    pub async fn post<T: DeserializeOwned>(
        &self,
        path: &str,
        body: &(impl Serialize + Sync),
    ) -> Result<Reply<T>, ApiError> {
        let doing = format!("POST {path}");
        let body = serde_json::to_value(body).unwrap_or_default();
        let reply = self.call(Method::POST, path, Some(&body), None).await?;
        Ok(Reply { status: reply.status, document: document(&doing, &reply)? })
    }

    /// Sends a document with PUT over the version that is known.
    ///
    /// # Errors
    ///
    /// When the call fails, or there is a later version.
    pub async fn put<T: DeserializeOwned>(
        &self,
        path: &str,
        version: i64,
        body: &(impl Serialize + Sync),
    ) -> Result<T, ApiError> {
        let body = serde_json::to_value(body).unwrap_or_default();
        let reply = self.call(Method::PUT, path, Some(&body), Some(version)).await?;
        document(&format!("PUT {path}"), &reply)
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        body: Option<&Value>,
        version: Option<i64>,
    ) -> Result<WebAnswer, ApiError> {
        let doing = format!("{method} {path}");
        let url = format!("{}{path}", self.base);
        let body = body.map(|body| Bytes::from(body.to_string())).unwrap_or_default();
        let mut refused = None;
        let mut attempt = 1;
        loop {
            let token = self.credentials.access_token(&self.web, refused.as_deref()).await?;
            let headers = headers(&token, !body.is_empty(), version);
            let answered = self.web.send(method.clone(), &url, headers, body.clone()).await;
            let answer = match answered {
                // A lost answer may have been carried out: only what may be repeated is.
                Err(error) if attempt < ATTEMPTS && method == Method::GET => {
                    drop(error);
                    None
                }
                answered => Some(answered?),
            };
            match answer {
                Some(answer) if answer.status.is_success() => return Ok(answer),
                Some(answer) if answer.status == StatusCode::UNAUTHORIZED && refused.is_none() => {
                    refused = Some(token);
                    continue;
                }
                Some(answer) if !is_passing(answer.status) || attempt == ATTEMPTS => {
                    return Err(error(doing, &answer));
                }
                _ => {}
            }
            sleep((Duration::from_millis(250) * 2_u32.pow(attempt)).min(LONGEST_PAUSE)).await;
            attempt += 1;
        }
    }
}

fn headers(token: &str, has_body: bool, version: Option<i64>) -> HeaderMap {
    let mut headers = HeaderMap::new();
    if let Ok(mut bearer) = HeaderValue::try_from(format!("Bearer {token}")) {
        bearer.set_sensitive(true);
        headers.insert(header::AUTHORIZATION, bearer);
    }
    if has_body {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    if let Some(version) = version.and_then(|version| HeaderValue::try_from(format!("\"{version}\"")).ok()) {
        headers.insert(header::IF_MATCH, version);
    }
    headers
}

/// Nothing was carried out, and later it may well be.
fn is_passing(status: StatusCode) -> bool {
    matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE)
}

fn error(doing: String, answer: &WebAnswer) -> ApiError {
    match serde_json::from_str::<Problem>(&answer.body) {
        Ok(problem) => ApiError::Problem { doing, problem: Box::new(problem) },
        Err(_) => ApiError::Unexpected { doing, status: answer.status.as_u16() },
    }
}

fn document<T: DeserializeOwned>(doing: &str, answer: &WebAnswer) -> Result<T, ApiError> {
    let text = if answer.body.is_empty() { "null" } else { &answer.body };
    let unexpected = |_| ApiError::Unexpected { doing: doing.to_owned(), status: answer.status.as_u16() };
    serde_json::from_str(text).map_err(unexpected)
}
