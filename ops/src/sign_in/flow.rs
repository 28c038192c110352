//! One sign-in: the authorization request, the browser's way back, and the code for tokens.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};
use url::Url;

use super::discovery::Discovered;
use super::error::SignInError;
use super::loopback::Loopback;
use super::store::SignedIn;
use super::token_endpoint::{self, Answer};
use crate::moment::Moment;
use crate::web_client::WebClient;

/// How long somebody has for signing in, in minutes.
const PATIENCE: u64 = 10;

/// A sign-in that has begun.
pub struct Attempt {
    discovered: Discovered,
    loopback: Loopback,
    code_verifier: String,
    state: String,
}

impl Attempt {
    /// Begins one with 64 random bytes.
    #[must_use]
    pub fn new(discovered: Discovered, loopback: Loopback, random: [u8; 64]) -> Attempt {
        let (verifier, state) = random.split_at(32);
        Attempt {
            discovered,
            loopback,
            code_verifier: URL_SAFE_NO_PAD.encode(verifier),
            state: URL_SAFE_NO_PAD.encode(state),
        }
    }

    /// The authorization request, which the browser opens (RFC 6749 section 4.1.1, RFC 7636 section 4.3).
    #[must_use]
    pub fn authorization_request(&self) -> Url {
        let mut url = self.discovered.authorization_endpoint.clone();
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(self.code_verifier.as_bytes()));
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.discovered.client_id)
            .append_pair("redirect_uri", self.loopback.redirect_uri())
            .append_pair("scope", &self.discovered.scope)
            .append_pair("state", &self.state)
            .append_pair("code_challenge", &challenge)
            .append_pair("code_challenge_method", "S256");
        url
    }

    /// Waits for the browser, and turns the code that it brings into tokens.
    ///
    /// # Errors
    ///
    /// When the user pool refuses, or nobody comes back.
    pub async fn finish(self, web: &WebClient, site: &str) -> Result<SignedIn, SignInError> {
        let wait = Duration::from_secs(PATIENCE * 60);
        let came_back = self.loopback.answer(|url| code(url, &self.state));
        let code =
            tokio::time::timeout(wait, came_back).await.map_err(|_| SignInError::Nobody(PATIENCE))??;
        let endpoint = |name| self.discovered.endpoint(name).map(String::from).unwrap_or_default();
        let token_endpoint = endpoint("token");
        let parameters = [
            ("grant_type", "authorization_code"),
            ("client_id", &self.discovered.client_id),
            ("code", &code),
            ("redirect_uri", self.loopback.redirect_uri()),
            ("code_verifier", &self.code_verifier),
        ];
        match token_endpoint::ask(web, &token_endpoint, &parameters).await? {
            Answer::Refused(reason) => Err(SignInError::Refused(reason)),
            Answer::Tokens(tokens) => Ok(SignedIn {
                site: site.to_owned(),
                revocation_endpoint: endpoint("revoke"),
                client_id: self.discovered.client_id.clone(),
                access_token: tokens.access_token,
                refresh_token: tokens.refresh_token,
                expires_at: Moment::now().plus(tokens.expires_in),
                token_endpoint,
            }),
        }
    }
}

/// The code that the browser brings; nothing where the state is another attempt's, which goes on waiting for its own.
fn code(url: &Url, state: &str) -> Option<Result<String, SignInError>> {
    let member =
        |name: &str| url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned());
    if member("state").as_deref() != Some(state) {
        return None;
    }
    if let Some(error) = member("error") {
        let description = member("error_description").map(|text| format!(" ({text})")).unwrap_or_default();
        return Some(Err(SignInError::Refused(format!("{error}{description}"))));
    }
    member("code").map(Ok)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_attempt_s_own_answer_counts() {
        let read = |query: &str| {
            let url = Url::parse(&format!("http://localhost:1/callback?{query}")).unwrap();
            code(&url, "s").map(|code| code.map_err(|error| error.to_string()))
        };
        assert_eq!(read("code=c&state=s"), Some(Ok("c".to_owned())));
        assert_eq!(read("code=c&state=other"), None);
        assert_eq!(read("code=c"), None);
        let refused = "the sign-in was refused: access_denied (no)".to_owned();
        assert_eq!(read("error=access_denied&error_description=no&state=s"), Some(Err(refused)));
    }
}
