//! The user pool's token and revocation endpoints: the only module that knows their forms and answers.
//!
//! RFC 6749 sections 4.1.3, 5 and 6; RFC 7009; Cognito's `/oauth2/token` and `/oauth2/revoke`.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use form_urlencoded::Serializer;
use serde::Deserialize;

use crate::endpoint_url::EndpointUrl;
use crate::pkce::CodeVerifier;
use crate::pool_call::{CallFailure, PoolAnswer, PoolCall};

/// The endpoints, with what authenticates the client there.
#[derive(Debug, Clone)]
pub struct TokenEndpoint {
    token_url: EndpointUrl,
    revocation_url: EndpointUrl,
    client_id: String,
    authorization: Option<String>,
}

/// Tokens as the endpoint gave them. Nothing of them is verified.
#[derive(Clone, PartialEq, Eq, Deserialize)]
pub struct UnverifiedTokens {
    /// The ID token.
    pub id_token: String,
    /// The access token.
    pub access_token: String,
    /// The refresh token: on a renewal, only where the pool rotates them.
    #[serde(default)]
    pub refresh_token: Option<String>,
}

/// Why there are no tokens.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TokenEndpointError {
    /// The code or refresh token was used, revoked, expired or never valid (RFC 6749 section 5.2).
    #[error("the user pool answered invalid_grant")]
    InvalidGrant,
    /// The client is set up wrongly: `invalid_client`, `unauthorized_client` and their like.
    #[error("the user pool refused the client: {0}")]
    ClientRefused(String),
    /// The endpoint answered something that is no answer of a token endpoint.
    #[error("the token endpoint answered status {status}")]
    UnexpectedAnswer {
        /// The status code.
        status: u16,
    },
    /// There was no whole answer.
    #[error("the token endpoint: {0}")]
    Failed(CallFailure),
}

impl TokenEndpoint {
    /// Takes the pool's domain and what authenticates the client.
    ///
    /// # Errors
    ///
    /// Says what was expected when the domain leads to no URL.
    pub fn new(
        domain: &EndpointUrl,
        client_id: &str,
        client_secret: Option<&str>,
    ) -> Result<TokenEndpoint, &'static str> {
        // RFC 6749 section 2.3.1 with the encoding that Cognito documents: no percent-encoding inside.
        let authorization =
            client_secret.map(|secret| format!("Basic {}", STANDARD.encode(format!("{client_id}:{secret}"))));
        Ok(TokenEndpoint {
            token_url: domain.join("/oauth2/token")?,
            revocation_url: domain.join("/oauth2/revoke")?,
            client_id: client_id.to_owned(),
            authorization,
        })
    }

    /// The access token request of RFC 6749 section 4.1.3 with RFC 7636 section 4.5.
    #[must_use]
    pub fn access_token_request(&self, code: &str, verifier: &CodeVerifier, redirect_uri: &str) -> PoolCall {
        self.post(&self.token_url, |form| {
            form.append_pair("grant_type", "authorization_code")
                .append_pair("code", code)
                .append_pair("redirect_uri", redirect_uri)
                .append_pair("code_verifier", &verifier.secret_text());
        })
    }

    /// The refresh request of RFC 6749 section 6.
    #[must_use]
    pub fn refresh_request(&self, refresh_token: &str) -> PoolCall {
        self.post(&self.token_url, |form| {
            form.append_pair("grant_type", "refresh_token").append_pair("refresh_token", refresh_token);
        })
    }

    /// The revocation request of RFC 7009 section 2.1.
    #[must_use]
    pub fn revocation_request(&self, refresh_token: &str) -> PoolCall {
        self.post(&self.revocation_url, |form| {
            form.append_pair("token", refresh_token);
        })
    }

    fn post(&self, url: &EndpointUrl, fill: impl FnOnce(&mut Serializer<'_, String>)) -> PoolCall {
        let mut form = Serializer::new(String::new());
        form.append_pair("client_id", &self.client_id);
        fill(&mut form);
        PoolCall { url: url.clone(), authorization: self.authorization.clone(), form: Some(form.finish()) }
    }
}

/// Reads the token endpoint's answer.
///
/// # Errors
///
/// A [`TokenEndpointError`] when there are no tokens in it.
pub fn read_tokens(answer: &PoolAnswer) -> Result<UnverifiedTokens, TokenEndpointError> {
    let (status, body) = match answer {
        PoolAnswer::Answered { status, body } => (*status, body),
        PoolAnswer::Failed(failure) => return Err(TokenEndpointError::Failed(*failure)),
    };
    let unexpected = TokenEndpointError::UnexpectedAnswer { status };
    if status == 200 {
        let tokens: UnverifiedTokens = serde_json::from_slice(body).map_err(|_| unexpected.clone())?;
        return if tokens.are_cookie_text() { Ok(tokens) } else { Err(unexpected) };
    }
    let error = match serde_json::from_slice::<ErrorAnswer>(body) {
        Ok(answer) if (400..500).contains(&status) => answer.error,
        _ => return Err(unexpected),
    };
    match error.as_str() {
        // The client's own members are always right, so a request is invalid only for the code or token in it.
        "invalid_grant" | "invalid_request" => Err(TokenEndpointError::InvalidGrant),
        "invalid_client" | "unauthorized_client" | "invalid_scope" | "unsupported_grant_type" => {
            Err(TokenEndpointError::ClientRefused(error))
        }
        _ => Err(unexpected),
    }
}

impl UnverifiedTokens {
    /// Whether every token can stand in a cookie as it is (RFC 6265 section 4.1.1, cookie-octet).
    fn are_cookie_text(&self) -> bool {
        [Some(&self.id_token), Some(&self.access_token), self.refresh_token.as_ref()]
            .into_iter()
            .flatten()
            .all(|token| !token.is_empty() && token.len() <= 16_384 && token.bytes().all(is_cookie_octet))
    }
}

fn is_cookie_octet(byte: u8) -> bool {
    byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\')
}

#[derive(Deserialize)]
struct ErrorAnswer {
    error: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answered(status: u16, body: &str) -> PoolAnswer {
        PoolAnswer::Answered { status, body: body.as_bytes().to_vec() }
    }

    #[test]
    fn requests_are_forms() {
        let domain = EndpointUrl::parse("https://login.example.com").unwrap();
        let endpoint = TokenEndpoint::new(&domain, "id", Some("s:ecret")).unwrap();
        let call = endpoint.access_token_request(
            "a b&c",
            &CodeVerifier::from_bytes([0; 32]),
            "https://x.example/auth/callback",
        );
        assert_eq!(call.url.as_str(), "https://login.example.com/oauth2/token");
        assert_eq!(call.authorization.as_deref(), Some("Basic aWQ6czplY3JldA=="));
        let form = call.form.unwrap();
        assert!(form.starts_with(
            "client_id=id&grant_type=authorization_code&code=a+b%26c&redirect_uri=https%3A%2F%2F"
        ));
        assert!(form.ends_with("&code_verifier=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
    }

    #[test]
    fn answers_are_told_apart() {
        for (status, body, expected) in [
            (400, r#"{"error":"invalid_grant"}"#, TokenEndpointError::InvalidGrant),
            (
                400,
                r#"{"error":"invalid_client"}"#,
                TokenEndpointError::ClientRefused("invalid_client".into()),
            ),
            (500, r#"{"error":"invalid_grant"}"#, TokenEndpointError::UnexpectedAnswer { status: 500 }),
            (200, "<html>", TokenEndpointError::UnexpectedAnswer { status: 200 }),
            (200, r#"{"id_token":"a"#, TokenEndpointError::UnexpectedAnswer { status: 200 }),
            (
                200,
                r#"{"id_token":"a;b","access_token":"b"}"#,
                TokenEndpointError::UnexpectedAnswer { status: 200 },
            ),
            (302, "", TokenEndpointError::UnexpectedAnswer { status: 302 }),
            (429, r#"{"error":"slow_down"}"#, TokenEndpointError::UnexpectedAnswer { status: 429 }),
        ] {
            assert_eq!(read_tokens(&answered(status, body)).err(), Some(expected), "{body}");
        }
        let tokens =
            read_tokens(&answered(200, r#"{"id_token":"a","access_token":"b","expires_in":3600}"#)).unwrap();
        assert_eq!((tokens.id_token.as_str(), tokens.refresh_token), ("a", None));
    }
}
