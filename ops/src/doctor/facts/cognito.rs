//! The user pool, its app client and its hosted UI, as Cognito describes them.

use super::SecretPrint;
use crate::doctor::Fact;

/// A user pool.
#[derive(Debug, Clone)]
pub struct UserPool {
    /// Its id, which begins with its region.
    pub id: String,
    /// The prefix of its hosted UI in Cognito's own domain.
    pub prefix: Option<String>,
    /// Its hosted UI's own host name.
    pub domain: Option<String>,
    /// Whether a trigger adds claims to tokens, of which nobody knows how many.
    pub adds_claims: bool,
    /// Its groups.
    pub groups: Fact<Vec<Group>>,
}

/// A group of a user pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// The length of its role's ARN, which stands in ID tokens, too; 0 without a role.
    pub role_length: usize,
}

impl UserPool {
    /// Its region.
    #[must_use]
    pub fn region(&self) -> &str {
        self.id.split_once('_').map_or("", |(region, _)| region)
    }
}

/// An app client.
#[derive(Debug, Clone)]
pub struct AppClient {
    /// Its id.
    pub id: String,
    /// Where people may be sent after signing in.
    pub callback_urls: Vec<String>,
    /// Where people may be sent after signing out.
    pub logout_urls: Vec<String>,
    /// Whether it may use OAuth 2.0 at all.
    pub may_use_oauth: bool,
    /// The flows it may use: `code`, `implicit`, `client_credentials`.
    pub flows: Vec<String>,
    /// The scopes it may ask for.
    pub scopes: Vec<String>,
    /// Where people may sign in: `COGNITO` and names of providers.
    pub identity_providers: Vec<String>,
    /// Its secret, if it has one.
    pub secret: Option<SecretPrint>,
    /// Whether refresh tokens can be revoked.
    pub revokes_tokens: bool,
    /// Whether refresh tokens are rotated, and how long the old one works after that, in seconds.
    pub rotation_grace: Option<i32>,
    /// How long refresh tokens live, in seconds.
    pub refresh_seconds: i64,
    /// How long ID tokens live, in seconds.
    pub id_seconds: i64,
    /// Whether sign-in says the same of people who are there and of those who are not.
    pub hides_who_exists: bool,
    /// How many attributes stand in ID tokens.
    pub attributes: usize,
}

/// The hosted UI's domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostedUi {
    /// Its host name.
    pub host: String,
    /// `ACTIVE`, `CREATING`, `FAILED` and so on.
    pub status: String,
    /// The pool it belongs to.
    pub pool: String,
}
