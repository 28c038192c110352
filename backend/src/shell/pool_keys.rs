//! The user pool's JWKS, fetched over the HTTP client that AWS's calls use.

use std::sync::Arc;
use std::time::Duration;

use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Connector, tls};
use aws_smithy_runtime_api::client::http::{HttpConnector, HttpConnectorSettings};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use backend::http::{Fetch, FetchError};
use cognito::Jwks;

/// The largest document that is read. User pools publish two keys, about a kilobyte.
const MAX_BYTES: usize = 256 * 1024;

/// Fetches the keys from an address.
pub(crate) fn fetch(uri: String) -> Fetch {
    let settings = HttpConnectorSettings::builder()
        .connect_timeout(Duration::from_secs(2))
        .read_timeout(Duration::from_secs(5))
        .build();
    let connector = Connector::builder()
        .connector_settings(settings)
        .tls_provider(tls::Provider::Rustls(CryptoMode::Ring))
        .build();
    let connector = Arc::new(connector);
    Arc::new(move || {
        let (connector, uri) = (Arc::clone(&connector), uri.clone());
        Box::pin(async move {
            let failed = |problem: &dyn std::fmt::Display| FetchError(format!("{uri}: {problem}"));
            let request = HttpRequest::get(uri.as_str()).map_err(|error| failed(&error))?;
            let response = connector.call(request).await;
            let response = response.map_err(|error| failed(&chain(&error)))?;
            if !response.status().is_success() {
                return Err(failed(&format!("it answered {}", response.status().as_u16())));
            }
            let body = axum::body::Body::new(response.into_body());
            let body = axum::body::to_bytes(body, MAX_BYTES).await.map_err(|error| failed(&error))?;
            Jwks::parse(&body).map_err(|error| failed(&error))
        })
    })
}

/// An error and its causes, of which the first alone hardly ever says what happened.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}
