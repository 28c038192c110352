//! The access token of whoever calls.

use tokio::sync::Mutex;

use crate::moment::Moment;
use crate::sign_in::{SignInError, SignedIn, Store};
use crate::web_client::WebClient;

/// Where access tokens come from.
#[derive(Debug)]
pub enum Credentials {
    /// One that was handed in, as in a build without a browser.
    Fixed(String),
    /// A session of this machine, renewed while it is used.
    Session {
        /// As it is now.
        session: Mutex<SignedIn>,
        /// Where it is kept.
        store: Store,
    },
}

impl Credentials {
    /// The session at a site.
    ///
    /// # Errors
    ///
    /// When nobody is signed in there.
    pub fn of_session(site: &str, store: Store) -> Result<Credentials, SignInError> {
        Ok(Credentials::Session { session: Mutex::new(store.read(site)?), store })
    }

    /// An access token that is good for a while; another one than `refused`, which the API did not take.
    pub(super) async fn access_token(
        &self,
        web: &WebClient,
        refused: Option<&str>,
    ) -> Result<String, SignInError> {
        let (session, store) = match self {
            Credentials::Fixed(token) => return Ok(token.clone()),
            Credentials::Session { session, store } => (session, store),
        };
        // Held over the renewal: of many calls at once one renews, and the others wait for it.
        let mut session = session.lock().await;
        if session.has_ended(Moment::now()) || refused == Some(session.access_token()) {
            *session = session.renewed(web).await?;
            store.write(&session)?;
        }
        Ok(session.access_token().to_owned())
    }
}
