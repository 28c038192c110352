//! Where a session's tokens lie on this machine: a file for each site, for its owner's eyes alone.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::SignInError;
use super::token_endpoint::{self, Answer};
use crate::moment::Moment;
use crate::web_client::WebClient;

/// How long before its end an access token is renewed, in seconds.
const EARLY: i64 = 60;

/// Somebody's session at a site.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedIn {
    /// The site's address, without a slash at its end.
    pub site: String,
    pub(super) client_id: String,
    pub(super) token_endpoint: String,
    pub(super) revocation_endpoint: String,
    pub(super) access_token: String,
    pub(super) refresh_token: Option<String>,
    pub(super) expires_at: Moment,
}

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedIn")
            .field("site", &self.site)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

impl SignedIn {
    /// The access token.
    #[must_use]
    pub fn access_token(&self) -> &str {
        &self.access_token
    }

    /// Whether the access token has to be renewed first.
    #[must_use]
    pub fn has_ended(&self, now: Moment) -> bool {
        self.expires_at.plus(-EARLY) <= now
    }

    /// Renews the access token.
    ///
    /// # Errors
    ///
    /// When the user pool refuses or does not answer.
    pub async fn renewed(&self, web: &WebClient) -> Result<SignedIn, SignInError> {
        let ended = |reason: String| SignInError::Ended { site: self.site.clone(), reason };
        let Some(refresh_token) = &self.refresh_token else {
            return Err(ended("there is no refresh token".to_owned()));
        };
        let parameters = [
            ("grant_type", "refresh_token"),
            ("client_id", &self.client_id),
            ("refresh_token", refresh_token),
        ];
        match token_endpoint::ask(web, &self.token_endpoint, &parameters).await? {
            Answer::Refused(reason) => Err(ended(reason)),
            Answer::Tokens(tokens) => Ok(SignedIn {
                access_token: tokens.access_token,
                refresh_token: tokens.refresh_token.or_else(|| self.refresh_token.clone()),
                expires_at: Moment::now().plus(tokens.expires_in),
                ..self.clone()
            }),
        }
    }

    /// Revokes the refresh token and what was made of it (RFC 7009). Whatever the user pool answers, the session is
    /// forgotten here.
    pub async fn revoke(&self, web: &WebClient) {
        if let Some(token) = &self.refresh_token {
            let parameters = [("token", token.as_str()), ("client_id", &self.client_id)];
            let _ = token_endpoint::ask(web, &self.revocation_endpoint, &parameters).await;
        }
    }
}

/// The sessions of one person.
#[derive(Debug, Clone)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// Where the person's own programs keep their state (XDG base directories).
    ///
    /// # Errors
    ///
    /// When the environment names no such place.
    pub fn of_person(variable: impl Fn(&str) -> Option<PathBuf>) -> Result<Store, SignInError> {
        let state = variable("XDG_STATE_HOME").or_else(|| Some(variable("HOME")?.join(".local/state")));
        let folder = state.ok_or(SignInError::NoHome)?.join("parapet/sessions");
        Ok(Store { folder })
    }

    /// The session at a site.
    ///
    /// # Errors
    ///
    /// When there is none, or others could read it, too.
    pub fn read(&self, site: &str) -> Result<SignedIn, SignInError> {
        let path = self.path(site);
        let text = match self.read_private(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Err(SignInError::NotSignedIn { site: site.to_owned() });
            }
            Err(source) => return Err(SignInError::Store { path, source }),
        };
        serde_json::from_str(&text).map_err(|error| SignInError::Store { path, source: error.into() })
    }

    /// Keeps a session.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn write(&self, session: &SignedIn) -> Result<(), SignInError> {
        let path = self.path(&session.site);
        self.write_private(&path, session).map_err(|source| SignInError::Store { path, source })
    }

    /// Forgets a session.
    ///
    /// # Errors
    ///
    /// When its file stays.
    pub fn forget(&self, site: &str) -> Result<(), SignInError> {
        let path = self.path(site);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Err(SignInError::Store { path, source: error })
            }
            _ => Ok(()),
        }
    }

    fn path(&self, site: &str) -> PathBuf {
        let name: String = site
            .chars()
            .map(|next| if next.is_ascii_alphanumeric() || next == '.' { next } else { '-' })
            .collect();
        self.folder.join(format!("{name}.json"))
    }

    fn read_private(&self, path: &Path) -> io::Result<String> {
        if fs::metadata(path)?.mode() & 0o077 != 0 {
            return Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "others may read it, expected mode 600",
            ));
        }
        fs::read_to_string(path)
    }

    /// In one step, so that a run beside this one never reads half of it.
    fn write_private(&self, path: &Path, session: &SignedIn) -> io::Result<()> {
        DirBuilder::new().recursive(true).mode(0o700).create(&self.folder)?;
        let unfinished = path.with_extension(format!("{}.unfinished", std::process::id()));
        let _ = fs::remove_file(&unfinished);
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&unfinished)?;
        file.write_all(&serde_json::to_vec_pretty(session)?)?;
        fs::rename(unfinished, path)
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn session() -> SignedIn {
        SignedIn {
            site: "https://www.example.com".into(),
            client_id: "c".into(),
            token_endpoint: "t".into(),
            revocation_endpoint: "r".into(),
            access_token: "secret".into(),
            refresh_token: Some("secret".into()),
            expires_at: Moment::from_unix(1_000),
        }
    }

    #[test]
    fn tokens_are_for_their_owner_s_eyes() {
        let home = tempfile::tempdir().unwrap();
        let store = Store::of_person(|name| (name == "HOME").then(|| home.path().to_owned())).unwrap();
        let site = "https://www.example.com";
        assert!(matches!(store.read(site), Err(SignInError::NotSignedIn { .. })));
        store.write(&session()).unwrap();
        store.write(&session()).unwrap();
        assert_eq!(store.read(site).unwrap(), session());
        let path = store.path(site);
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(path.parent().unwrap()).unwrap().mode() & 0o777, 0o700);
        fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
        assert!(matches!(store.read(site), Err(SignInError::Store { .. })));
        store.forget(site).unwrap();
        store.forget(site).unwrap();
        assert!(!path.exists());
        assert!(matches!(Store::of_person(|_| None), Err(SignInError::NoHome)));
    }

    #[test]
    fn nothing_secret_is_printed_and_a_token_is_renewed_early() {
        assert!(!format!("{:?}", session()).contains("secret"));
        assert!(session().has_ended(Moment::from_unix(940)) && !session().has_ended(Moment::from_unix(939)));
    }
}
