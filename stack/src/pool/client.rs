//! App clients, and how they prove who they are at the token endpoint.

use std::fmt;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::http::{HeaderMap, header};
use base64::{Engine, prelude::BASE64_STANDARD};
use url::Url;

use super::parameters::Parameters;
use super::settings::PoolSettings;

/// A relying party that the pool knows.
#[derive(Clone)]
pub struct Client {
    /// The client id.
    pub client_id: String,
    /// The secret of a confidential client.
    pub client_secret: Option<String>,
    /// Where authorization codes may be sent; compared byte for byte.
    pub callback_urls: Vec<String>,
    /// Where a sign-out may land; compared byte for byte.
    pub logout_urls: Vec<String>,
    /// The scopes that it may ask for, and gets when it asks for none.
    pub allowed_scopes: Vec<String>,
}

impl Client {
    /// Authenticates the client of a request to the token or revocation endpoint: HTTP Basic or the form's
    /// `client_secret` where the client has a secret, its bare id where it has none (RFC 6749 section 2.3).
    pub(crate) fn authenticate<'a>(
        settings: &'a PoolSettings,
        headers: &HeaderMap,
        form: &Parameters,
    ) -> Option<&'a Self> {
        let basic = match headers.get(header::AUTHORIZATION) {
            Some(value) => Some(basic_credentials(value.to_str().ok()?)?),
            None => None,
        };
        let stated = form.one("client_id").ok()?;
        let (client_id, secret) = match &basic {
            Some((user, password)) => (stated.unwrap_or(user), Some(password.as_str())),
            None => (stated?, form.one("client_secret").ok()?),
        };
        if basic.as_ref().is_some_and(|(user, _)| user != client_id) {
            return None;
        }
        let client = settings.client(client_id)?;
        let proven = match (&client.client_secret, secret) {
            (None, None) => true,
            (Some(expected), Some(given)) => {
                verify_slices_are_equal(expected.as_bytes(), given.as_bytes()).is_ok()
            }
            _ => false,
        };
        proven.then_some(client)
    }

    /// The origins that a form on these pages may lead to: browsers apply `form-action` to redirects as well.
    pub(crate) fn origins(&self) -> impl Iterator<Item = String> {
        let urls = self.callback_urls.iter().chain(&self.logout_urls);
        urls.filter_map(|url| Url::parse(url).ok())
            .map(|url| url.origin())
            .filter(|origin| origin.is_tuple())
            .map(|origin| origin.ascii_serialization())
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Client")
            .field("client_id", &self.client_id)
            .field("callback_urls", &self.callback_urls)
            .field("logout_urls", &self.logout_urls)
            .field("allowed_scopes", &self.allowed_scopes)
            .finish_non_exhaustive()
    }
}

/// Each half is form-encoded before base64 (RFC 6749 section 2.3.1).
fn basic_credentials(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(BASE64_STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (user, password) = decoded.split_once(':')?;
    let plain = |text: &str| {
        percent_encoding::percent_decode_str(&text.replace('+', " ")).decode_utf8().ok().map(String::from)
    };
    Some((plain(user)?, plain(password)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> PoolSettings {
        let mut settings = PoolSettings::local("http://localhost:8080");
        let mut confidential = settings.clients[0].clone();
        confidential.client_id = "confidential".to_owned();
        confidential.client_secret = Some("s e+cret".to_owned());
        settings.clients.push(confidential);
        settings
    }

    fn authenticate(basic: Option<&str>, form: &str) -> Option<String> {
        let mut headers = HeaderMap::new();
        if let Some(basic) = basic {
            let value = format!("Basic {}", BASE64_STANDARD.encode(basic));
            headers.insert(header::AUTHORIZATION, value.parse().unwrap());
        }
        Client::authenticate(&settings(), &headers, &Parameters::parse(form.as_bytes()))
            .map(|client| client.client_id.clone())
    }

    #[test]
    fn a_public_client_needs_its_id_and_no_secret() {
        let public = format!("client_id={}", PoolSettings::LOCAL_CLIENT_ID);
        assert!(authenticate(None, &public).is_some());
        assert!(authenticate(None, "").is_none());
        assert!(authenticate(None, &format!("{public}&client_secret=x")).is_none());
        assert!(authenticate(Some(&format!("{}:x", PoolSettings::LOCAL_CLIENT_ID)), "").is_none());
    }

    #[test]
    fn a_confidential_client_needs_its_secret() {
        assert!(authenticate(Some("confidential:s+e%2Bcret"), "").is_some());
        assert!(authenticate(Some("confidential:s+e%2Bcret"), "client_id=confidential").is_some());
        assert!(authenticate(None, "client_id=confidential&client_secret=s+e%2Bcret").is_some());
        assert!(authenticate(None, "client_id=confidential").is_none());
        assert!(authenticate(Some("confidential:wrong"), "").is_none());
        assert!(authenticate(Some("confidential:s+e%2Bcret"), "client_id=other").is_none());
    }
}
