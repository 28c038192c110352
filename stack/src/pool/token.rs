//! ID and access tokens with Cognito's claims.

use std::fmt;

use aws_lc_rs::digest;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::random;
use super::settings::TokenLifetimes;
use super::signing_key::{KeyError, KeyRing};
use super::user::User;

/// What a user has let a client have; it outlives single tokens.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Grant {
    pub(crate) client_id: String,
    pub(crate) username: String,
    pub(crate) scopes: Vec<String>,
    pub(crate) auth_time: u64,
    /// The same in every token that descends from one sign-in; revocation goes by it.
    pub(crate) origin_jti: String,
    event_id: String,
}

impl Grant {
    pub(crate) fn new(client_id: &str, username: &str, scopes: Vec<String>, auth_time: u64) -> Self {
        Self {
            client_id: client_id.to_owned(),
            username: username.to_owned(),
            scopes,
            auth_time,
            origin_jti: random::uuid(),
            event_id: random::uuid(),
        }
    }

    pub(crate) fn has(&self, scope: &str) -> bool {
        self.scopes.iter().any(|granted| granted == scope)
    }

    /// Attribute scopes narrow the claims down; `openid` alone opens all of them.
    pub(crate) fn shows(&self, scope: &str) -> bool {
        let narrowed = ["email", "phone", "profile"].iter().any(|narrow| self.has(narrow));
        self.has("openid") && (!narrowed || self.has(scope))
    }
}

/// What the token endpoint answers (RFC 6749 section 5.1).
#[derive(Clone, Serialize)]
pub struct TokenSet {
    /// The ID token; none without the scope `openid`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id_token: Option<String>,
    /// The access token.
    pub access_token: String,
    /// The refresh token: after a code, or when tokens rotate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_token: Option<String>,
    /// The access token's lifetime in seconds.
    pub expires_in: u64,
    /// Always `Bearer`.
    pub token_type: &'static str,
}

impl fmt::Debug for TokenSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("TokenSet").field("expires_in", &self.expires_in).finish_non_exhaustive()
    }
}

/// Everything that a token says beside its grant and user.
pub(crate) struct Mint<'a> {
    pub(crate) keys: &'a KeyRing,
    pub(crate) issuer: &'a str,
    pub(crate) lifetimes: TokenLifetimes,
    pub(crate) now: u64,
}

impl Mint<'_> {
    /// Signs fresh tokens. Cognito echoes the nonce after a code and leaves it out after a refresh.
    pub(crate) fn tokens(
        &self,
        grant: &Grant,
        user: &User,
        nonce: Option<&str>,
    ) -> Result<TokenSet, KeyError> {
        let access_token = self.keys.access.sign(&self.access_claims(grant, user))?;
        let id_token = if grant.has("openid") {
            Some(self.keys.id.sign(&self.id_claims(grant, user, nonce, &access_token))?)
        } else {
            None
        };
        let expires_in = self.lifetimes.access_seconds;
        Ok(TokenSet { id_token, access_token, refresh_token: None, expires_in, token_type: "Bearer" })
    }

    fn access_claims(&self, grant: &Grant, user: &User) -> Value {
        let mut claims = json!({
            "sub": user.sub,
            "iss": self.issuer,
            "version": 2,
            "client_id": grant.client_id,
            "origin_jti": grant.origin_jti,
            "event_id": grant.event_id,
            "token_use": "access",
            "scope": grant.scopes.join(" "),
            "auth_time": grant.auth_time,
            "exp": self.now + self.lifetimes.access_seconds,
            "iat": self.now,
            "jti": random::uuid(),
            "username": user.username,
        });
        add_groups(&mut claims, user);
        claims
    }

    fn id_claims(&self, grant: &Grant, user: &User, nonce: Option<&str>, access_token: &str) -> Value {
        let mut claims = json!({
            "at_hash": at_hash(access_token),
            "sub": user.sub,
            "iss": self.issuer,
            "cognito:username": user.username,
            "origin_jti": grant.origin_jti,
            "aud": grant.client_id,
            "event_id": grant.event_id,
            "token_use": "id",
            "auth_time": grant.auth_time,
            "exp": self.now + self.lifetimes.id_seconds,
            "iat": self.now,
            "jti": random::uuid(),
        });
        add_groups(&mut claims, user);
        if let Some(claims) = claims.as_object_mut() {
            if let Some(nonce) = nonce {
                claims.insert("nonce".to_owned(), nonce.into());
            }
            if grant.shows("email") {
                claims.insert("email".to_owned(), user.email.as_str().into());
                claims.insert("email_verified".to_owned(), user.confirmed.into());
            }
            if let Some(name) = user.name.as_deref().filter(|_| grant.shows("profile")) {
                claims.insert("name".to_owned(), name.into());
            }
        }
        claims
    }
}

fn add_groups(claims: &mut Value, user: &User) {
    if let Some(claims) = claims.as_object_mut().filter(|_| !user.groups.is_empty()) {
        claims.insert("cognito:groups".to_owned(), json!(user.groups));
    }
}

/// The left half of the access token's hash (OpenID Connect Core 3.1.3.6).
fn at_hash(access_token: &str) -> String {
    let hash = digest::digest(&digest::SHA256, access_token.as_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(hash.as_ref().split_at(16).0)
}
