//! A client for what is on the web and no AWS API: a user pool's JWKS, the site itself, the CMS's API.
//!
//! It follows no redirect, waits for at most 15 seconds, and reads at most eight mebibytes.

use std::time::Duration;

use bytes::Bytes;
use http::header::USER_AGENT;
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, Uri};
use http_body_util::{BodyExt, Full, Limited};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

use crate::failure::{NextStep, chain};

/// The longest body that is read, in bytes: a page of the API's longest entries.
const LIMIT: usize = 8 * 1_048_576;
/// How long an answer may take, as a whole.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Gets pages and documents, and sends some.
#[derive(Clone)]
pub struct WebClient(Client<HttpsConnector<HttpConnector>, Full<Bytes>>);

/// What came back, whatever its status.
#[derive(Debug, Clone)]
pub struct WebAnswer {
    /// The status.
    pub status: StatusCode,
    /// The header fields.
    pub headers: HeaderMap,
    /// The body, decoded as UTF-8.
    pub body: String,
    /// The body as it came.
    pub bytes: Bytes,
}

/// Why nothing came back.
#[derive(Debug, thiserror::Error)]
#[error("cannot reach {url}: {reason}")]
pub struct WebError {
    url: String,
    reason: String,
}

impl NextStep for WebError {
    fn next_step(&self) -> String {
        format!("check that {} can be reached from here, then run the command again", self.url)
    }
}

impl WebClient {
    /// A client that trusts what this machine trusts.
    ///
    /// # Errors
    ///
    /// When TLS cannot be set up.
    pub fn new() -> Result<WebClient, WebError> {
        let connector = HttpsConnectorBuilder::new()
            .with_provider_and_native_roots(rustls::crypto::ring::default_provider())
            .map_err(|error| WebError { url: "anything".to_owned(), reason: chain(&error) })?;
        let connector = connector.https_or_http().enable_http1().build();
        Ok(WebClient(Client::builder(TokioExecutor::new()).build(connector)))
    }

    /// Gets `url` with these header fields.
    ///
    /// # Errors
    ///
    /// When no answer comes within 15 seconds, or it is too long.
    pub async fn get(&self, url: &str, headers: HeaderMap) -> Result<WebAnswer, WebError> {
        self.send(Method::GET, url, headers, Bytes::new()).await
    }

    /// Sends `body` to `url` with these header fields.
    ///
    /// # Errors
    ///
    /// When no answer comes within 15 seconds, or it is too long.
    pub async fn send(
        &self,
        method: Method,
        url: &str,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<WebAnswer, WebError> {
        let answer = tokio::time::timeout(TIMEOUT, self.answer(method, url, headers, body)).await;
        let answer =
            answer.unwrap_or_else(|_| Err(format!("no answer within {} seconds", TIMEOUT.as_secs())));
        answer.map_err(|reason| WebError { url: url.to_owned(), reason })
    }

    async fn answer(
        &self,
        method: Method,
        url: &str,
        headers: HeaderMap,
        body: Bytes,
    ) -> Result<WebAnswer, String> {
        let uri: Uri =
            url.parse().map_err(|error: http::uri::InvalidUri| format!("it is no URL: {error}"))?;
        let mut request = Request::new(Full::new(body));
        *request.method_mut() = method;
        *request.uri_mut() = uri;
        *request.headers_mut() = headers;
        let agent = HeaderValue::from_static(concat!("parapet/", env!("CARGO_PKG_VERSION")));
        request.headers_mut().entry(USER_AGENT).or_insert(agent);
        let answer = self.0.request(request).await.map_err(|error| chain(&error))?;
        let (head, body) = answer.into_parts();
        let body = Limited::new(body, LIMIT).collect().await.map_err(|error| chain(&*error))?.to_bytes();
        Ok(WebAnswer {
            status: head.status,
            headers: head.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
            bytes: body,
        })
    }
}
