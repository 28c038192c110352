//! Authorization codes (RFC 6749 section 4.1.2) with their code challenges (RFC 7636).

use std::collections::HashMap;

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use super::authorization_request::AuthorizationRequest;
use super::random;
use super::token::Grant;

/// Cognito's.
const CODE_SECONDS: u64 = 300;

struct AuthorizationCode {
    grant: Grant,
    redirect_uri: String,
    code_challenge: String,
    nonce: Option<String>,
    expires_at: u64,
}

/// The codes that are out.
#[derive(Default)]
pub(crate) struct AuthorizationCodes(HashMap<String, AuthorizationCode>);

impl AuthorizationCodes {
    pub(crate) fn issue(&mut self, request: &AuthorizationRequest, grant: Grant, now: u64) -> String {
        self.0.retain(|_, code| now < code.expires_at);
        let code = random::uuid();
        let issued = AuthorizationCode {
            grant,
            redirect_uri: request.redirect_uri.clone(),
            code_challenge: request.code_challenge.clone(),
            nonce: request.nonce.clone(),
            expires_at: now + CODE_SECONDS,
        };
        self.0.insert(code.clone(), issued);
        code
    }

    /// The grant and nonce behind a code. Any attempt uses the code up, also a wrong one.
    pub(crate) fn redeem(
        &mut self,
        code: &str,
        client_id: &str,
        redirect_uri: &str,
        code_verifier: &str,
        now: u64,
    ) -> Option<(Grant, Option<String>)> {
        let code = self.0.remove(code)?;
        let challenge =
            BASE64_URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, code_verifier.as_bytes()));
        let fits = now < code.expires_at
            && code.grant.client_id == client_id
            && code.redirect_uri == redirect_uri
            && verify_slices_are_equal(challenge.as_bytes(), code.code_challenge.as_bytes()).is_ok();
        fits.then_some((code.grant, code.nonce))
    }
}
