//! The API, as an editor's program speaks to it.

use bytes::Bytes;
use http::{Method, Request, Uri, header};
use http_body_util::{BodyExt, Full};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde_json::Value;

/// The API did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum ApiError {
    /// It gave no answer.
    #[error("{0}: no answer")]
    NoAnswer(String, #[source] Box<dyn std::error::Error + Send + Sync>),
    /// It refused.
    #[error("{0}: {1}")]
    Refused(String, String),
}

impl ApiError {
    pub(super) fn refused(what: &str, answer: &Value) -> Self {
        Self::Refused(what.to_owned(), answer.to_string())
    }
}

/// A client with a token.
pub(super) struct Api {
    client: Client<HttpConnector, Full<Bytes>>,
    origin: Uri,
    bearer: String,
}

impl Api {
    pub(super) fn new(origin: Uri, token: &str) -> Self {
        let client = Client::builder(TokioExecutor::new()).build_http();
        Self { client, origin, bearer: format!("Bearer {token}") }
    }

    pub(super) async fn read(&self, path: &str) -> Result<Value, ApiError> {
        self.call(Method::GET, path, None, None).await
    }

    pub(super) async fn send(&self, method: Method, path: &str, body: &Value) -> Result<Value, ApiError> {
        self.call(method, path, None, Some(body)).await
    }

    /// Sends a change of what is of this version.
    pub(super) async fn send_if(
        &self,
        method: Method,
        path: &str,
        version: i64,
        body: &Value,
    ) -> Result<Value, ApiError> {
        self.call(method, path, Some(version), Some(body)).await
    }

    async fn call(
        &self,
        method: Method,
        path: &str,
        version: Option<i64>,
        body: Option<&Value>,
    ) -> Result<Value, ApiError> {
        let what = format!("{method} {path}");
        let address = format!("{}{path}", self.origin.to_string().trim_end_matches('/'));
        let mut request =
            Request::builder().method(method).uri(address).header(header::AUTHORIZATION, &self.bearer);
        if let Some(version) = version {
            request = request.header(header::IF_MATCH, format!("\"{version}\""));
        }
        if body.is_some() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = body.map(Value::to_string).unwrap_or_default();
        let (status, body) = self.exchange(&what, request.body(Full::from(body))).await?;
        let text = String::from_utf8_lossy(&body).into_owned();
        match status.is_success() {
            true if body.is_empty() => Ok(Value::Null),
            true => serde_json::from_slice(&body).map_err(|_| ApiError::Refused(what, text)),
            false => Err(ApiError::Refused(what, format!("{status} {text}"))),
        }
    }

    /// Puts a file where the API has said that it may go.
    pub(super) async fn upload(
        &self,
        method: &str,
        url: &str,
        headers: &[(String, String)],
        file: Bytes,
    ) -> Result<(), ApiError> {
        let what = format!("{method} {}", url.split('?').next().unwrap_or_default());
        let mut request = Request::builder().method(method).uri(url);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let (status, body) = self.exchange(&what, request.body(Full::from(file))).await?;
        match status.is_success() {
            true => Ok(()),
            false => Err(ApiError::Refused(what, format!("{status} {}", String::from_utf8_lossy(&body)))),
        }
    }

    async fn exchange(
        &self,
        what: &str,
        request: http::Result<Request<Full<Bytes>>>,
    ) -> Result<(http::StatusCode, Bytes), ApiError> {
        let no_answer =
            |error: Box<dyn std::error::Error + Send + Sync>| ApiError::NoAnswer(what.to_owned(), error);
        let request = request.map_err(|error| no_answer(error.into()))?;
        let response = self.client.request(request).await.map_err(|error| no_answer(error.into()))?;
        let status = response.status();
        let body = response.into_body().collect().await.map_err(|error| no_answer(error.into()))?;
        Ok((status, body.to_bytes()))
    }
}
