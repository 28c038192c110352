//! What a user pool is made of, checked once before it starts.

use std::fmt;
use std::path::PathBuf;

use url::Url;

use super::client::Client;
use super::post_authentication::PostAuthentication;
use crate::clock::Clock;

/// How long tokens last, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenLifetimes {
    /// ID tokens; Cognito allows 300 to 86,400, the double anything, so that renewal can be watched.
    pub id_seconds: u64,
    /// Access tokens.
    pub access_seconds: u64,
    /// Refresh tokens; rotation does not prolong them.
    pub refresh_seconds: u64,
}

impl Default for TokenLifetimes {
    /// Cognito's own: one hour, one hour, thirty days.
    fn default() -> Self {
        Self { id_seconds: 3_600, access_seconds: 3_600, refresh_seconds: 30 * 86_400 }
    }
}

/// A user who exists, confirmed, from the start.
#[derive(Clone)]
pub struct SeedUser {
    /// The claim `cognito:username`.
    pub username: String,
    /// The verified address, also accepted at sign-in.
    pub email: String,
    /// The password in the clear: it is shown on the start page.
    pub password: String,
    /// The claim `name`.
    pub name: Option<String>,
    /// The claim `cognito:groups`, left out when empty.
    pub groups: Vec<String>,
    /// A TOTP secret in base32 that makes the second factor required.
    pub totp_secret: Option<String>,
}

impl SeedUser {
    /// A user without a second factor.
    #[must_use]
    pub fn new(username: &str, email: &str, password: &str, groups: &[&str]) -> Self {
        Self {
            username: username.to_owned(),
            email: email.to_owned(),
            password: password.to_owned(),
            name: None,
            groups: groups.iter().map(|&group| group.to_owned()).collect(),
            totp_secret: None,
        }
    }
}

impl fmt::Debug for SeedUser {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("SeedUser").field("username", &self.username).finish_non_exhaustive()
    }
}

/// A user pool and its app clients.
#[derive(Clone)]
pub struct PoolSettings {
    /// What the pages call the place that one signs in to.
    pub title: String,
    /// The region's name, the first half of the pool's id.
    pub region: String,
    /// The pool's id, `<region>_<letters and digits>`; the last part of the issuer.
    pub pool_id: String,
    /// The app clients (relying parties).
    pub clients: Vec<Client>,
    /// The users who exist from the start.
    pub users: Vec<SeedUser>,
    /// How long tokens last.
    pub token_lifetimes: TokenLifetimes,
    /// Whether each refresh returns a new refresh token.
    pub refresh_rotation: bool,
    /// How long a rotated refresh token still works, 0 to 60 seconds.
    pub rotation_grace_seconds: u64,
    /// PBKDF2-HMAC-SHA512 iterations for passwords; tests lower them.
    pub password_iterations: u32,
    /// What is told of every sign-in before it is done.
    pub post_authentication: Option<PostAuthentication>,
    /// Where users, refresh tokens and keys survive a restart; in memory only without it.
    pub state_file: Option<PathBuf>,
    /// The time.
    pub clock: Clock,
}

impl PoolSettings {
    /// The client id of [`PoolSettings::local`].
    pub const LOCAL_CLIENT_ID: &str = "1example23456789parapet";
    /// OWASP's figure for PBKDF2-HMAC-SHA512.
    pub const RECOMMENDED_ITERATIONS: u32 = 210_000;

    /// A pool for one site at `site` (an origin such as `http://localhost:8080`) whose gate stands under `/auth`,
    /// with a public client, a reader, an editor, an admin and an author.
    #[must_use]
    pub fn local(site: &str) -> Self {
        let named = |name: &str, seed: SeedUser| SeedUser { name: Some(name.to_owned()), ..seed };
        Self {
            title: "Parapet".to_owned(),
            region: "local".to_owned(),
            pool_id: "local_EXAMPLE".to_owned(),
            clients: vec![Client {
                client_id: Self::LOCAL_CLIENT_ID.to_owned(),
                client_secret: None,
                // The last two are those of `parapet sign-in`, as the identity stack has them.
                callback_urls: vec![
                    format!("{site}/auth/callback"),
                    "http://localhost:8976/callback".to_owned(),
                    "http://localhost:8977/callback".to_owned(),
                ],
                logout_urls: vec![format!("{site}/auth/signed-out")],
                allowed_scopes: ["openid", "email", "profile"].map(str::to_owned).to_vec(),
            }],
            users: vec![
                named("Rae Reader", SeedUser::new("reader", "reader@example.com", "Reader-1234", &[])),
                named(
                    "Eddi Editor",
                    SeedUser::new("editor", "editor@example.com", "Editor-1234", &["editors"]),
                ),
                named("Ada Admin", SeedUser::new("admin", "admin@example.com", "Admin-1234", &["admins"])),
                named(
                    "Anton Author",
                    SeedUser::new("author", "author@example.com", "Author-1234", &["authors"]),
                ),
            ],
            token_lifetimes: TokenLifetimes::default(),
            refresh_rotation: true,
            rotation_grace_seconds: 60,
            password_iterations: PoolSettings::RECOMMENDED_ITERATIONS,
            post_authentication: None,
            state_file: None,
            clock: Clock::system(),
        }
    }

    pub(crate) fn client(&self, client_id: &str) -> Option<&Client> {
        self.clients.iter().find(|client| client.client_id == client_id)
    }

    /// Every problem at once.
    pub(crate) fn problems(&self) -> Vec<SettingsError> {
        let mut problems = Vec::new();
        let suffix = self.pool_id.strip_prefix(&self.region).and_then(|rest| rest.strip_prefix('_'));
        let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let region = |text: &str| text.split('-').all(plain);
        if !region(&self.region) || !suffix.is_some_and(plain) {
            problems.push(SettingsError::PoolId(self.pool_id.clone()));
        }
        if self.rotation_grace_seconds > 60 {
            problems.push(SettingsError::Grace(self.rotation_grace_seconds));
        }
        for url in
            self.clients.iter().flat_map(|client| client.callback_urls.iter().chain(&client.logout_urls))
        {
            if !Url::parse(url).is_ok_and(|parsed| parsed.fragment().is_none()) {
                problems.push(SettingsError::Url(url.clone()));
            }
        }
        problems
    }
}

impl fmt::Debug for PoolSettings {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PoolSettings")
            .field("pool_id", &self.pool_id)
            .field("clients", &self.clients)
            .field("users", &self.users)
            .field("token_lifetimes", &self.token_lifetimes)
            .field("refresh_rotation", &self.refresh_rotation)
            .field("rotation_grace_seconds", &self.rotation_grace_seconds)
            .field("state_file", &self.state_file)
            .finish_non_exhaustive()
    }
}

/// What is wrong with a [`PoolSettings`].
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum SettingsError {
    /// Not `<region>_<letters and digits>`.
    #[error("pool id {0:?}: expected the region, an underscore, then letters and digits")]
    PoolId(String),
    /// More than Cognito allows.
    #[error("rotation grace of {0} s: expected 0 to 60")]
    Grace(u64),
    /// Not an absolute URL, or one with a fragment.
    #[error("callback or sign-out URL {0:?}: expected an absolute URL without a fragment")]
    Url(String),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_local_pool_is_sound() {
        assert_eq!(PoolSettings::local("http://localhost:8080").problems(), []);
    }

    #[test]
    fn all_problems_are_told_at_once() {
        let mut settings = PoolSettings::local("localhost");
        settings.pool_id = "elsewhere_EXAMPLE".to_owned();
        settings.rotation_grace_seconds = 61;
        assert_eq!(settings.problems().len(), 4);
    }

    #[test]
    fn real_regions_are_accepted() {
        let mut settings = PoolSettings::local("http://localhost:8080");
        settings.region = "ap-southeast-1".to_owned();
        settings.pool_id = "ap-southeast-1_EXAMPLE".to_owned();
        assert_eq!(settings.problems(), []);
    }
}
