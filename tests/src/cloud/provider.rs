//! The provider at which the cloud's people sign in: what journeys need of it, whichever it is.

use serde::Deserialize;
use serde_json::{Value, json};
use stack::pool::{Fault, PoolSettings, TokenSet};

use super::{Cloud, CloudError};
use crate::browser::{Browser, BrowserError};
use crate::hosted_ui::{self, Person};
use crate::strangers_provider::{self, StrangersProvider};

/// A session whose ID and access token have ended; its refresh token still works.
#[derive(Clone, Deserialize)]
pub struct EndedSession {
    /// The ID token.
    pub id_token: String,
    /// The access token.
    pub access_token: String,
    /// The refresh token: another one than before, if it was used up to get here.
    pub refresh_token: String,
}

impl Cloud {
    /// The address of a page of the hosted UI.
    #[must_use]
    pub fn hosted_ui(&self, path: &str) -> String {
        let domain = self.stranger.as_ref().map_or(self.pool().base_url(), StrangersProvider::domain);
        format!("{domain}{path}")
    }

    /// Waits until somebody is asked who they are.
    ///
    /// # Errors
    /// If they never are.
    pub async fn asks_who_is_there(&self, browser: &Browser) -> Result<(), BrowserError> {
        match &self.stranger {
            None => browser.sees_heading("Sign in").await,
            Some(_) => strangers_provider::asks_who_is_there(browser).await,
        }
    }

    /// Fills in the sign-in form that the browser shows, or is about to show, and sends it.
    ///
    /// # Errors
    /// If there is no such form.
    pub async fn sign_in(&self, browser: &Browser, person: Person) -> Result<(), BrowserError> {
        match &self.stranger {
            None => hosted_ui::sign_in(browser, person).await,
            Some(_) => strangers_provider::sign_in(browser, person).await,
        }
    }

    /// Presses what signs out, and whatever is asked then.
    ///
    /// # Errors
    /// If it is not there.
    pub async fn sign_out(&self, browser: &Browser) -> Result<(), BrowserError> {
        browser.press("Sign out").await?;
        match &self.stranger {
            None => Ok(()),
            Some(_) => browser.press("Yes, sign me out").await,
        }
    }

    /// Codes that were exchanged for tokens so far, whatever came of it.
    ///
    /// # Errors
    /// If the provider is gone.
    pub async fn code_requests(&self) -> Result<u64, CloudError> {
        match &self.stranger {
            None => Ok(self.pool().token_requests().authorization_code),
            Some(stranger) => Ok(stranger.count("authorization_code").await?),
        }
    }

    /// Renewals that were asked for so far, whatever came of it.
    ///
    /// # Errors
    /// If the provider is gone.
    pub async fn refresh_requests(&self) -> Result<u64, CloudError> {
        match &self.stranger {
            None => Ok(self.pool().token_requests().refresh_token),
            Some(stranger) => Ok(stranger.count("refresh_token").await?),
        }
    }

    /// Revocations that were asked for so far.
    ///
    /// # Errors
    /// If the provider is gone.
    pub async fn revoke_requests(&self) -> Result<u64, CloudError> {
        match &self.stranger {
            None => Ok(self.pool().revoke_requests()),
            Some(stranger) => Ok(stranger.count("revocation").await?),
        }
    }

    /// Has tokens signed with new keys from now on; the old ones stay published.
    ///
    /// # Errors
    /// If there are none.
    pub async fn rotate_keys(&self) -> Result<(), CloudError> {
        match &self.stranger {
            None => Ok(self.pool().rotate_keys().await?),
            Some(stranger) => Ok(stranger.rotate_keys().await?),
        }
    }

    /// Has the token endpoint answer 500, or work again.
    ///
    /// # Errors
    /// If the provider is gone.
    pub async fn set_down(&self, is_down: bool) -> Result<(), CloudError> {
        match &self.stranger {
            None => self.pool().set_fault(is_down.then_some(Fault::Status(500))),
            Some(stranger) => stranger.set_fault(is_down.then_some(500)).await?,
        }
        Ok(())
    }

    /// What a session is an hour after its tokens ended.
    ///
    /// # Errors
    /// If there is no such user or session.
    pub async fn ended_session(
        &self,
        person: Person,
        refresh_token: &str,
    ) -> Result<EndedSession, CloudError> {
        let Some(stranger) = &self.stranger else {
            let TokenSet { id_token, access_token, .. } = self.ended_tokens(person.username)?;
            let id_token = id_token.unwrap_or_default();
            return Ok(EndedSession { id_token, access_token, refresh_token: refresh_token.to_owned() });
        };
        stranger.set_behind(7_200).await?;
        let answer = self.ask_with("/oauth2/token", refresh_token).await;
        stranger.set_behind(0).await?;
        Ok(answer?.error_for_status()?.json().await?)
    }

    /// Asks an endpoint of the provider with a refresh token, as an app client would; returns the status.
    ///
    /// # Errors
    /// If it does not answer.
    pub async fn with_refresh_token(&self, endpoint: &str, token: &str) -> Result<u16, CloudError> {
        Ok(self.ask_with(endpoint, token).await?.status().as_u16())
    }

    async fn ask_with(&self, endpoint: &str, refresh_token: &str) -> Result<reqwest::Response, CloudError> {
        let client_id = match &self.stranger {
            None => PoolSettings::LOCAL_CLIENT_ID,
            Some(_) => strangers_provider::CLIENT,
        };
        let mut form = vec![("client_id", client_id)];
        if endpoint == "/oauth2/token" {
            form.extend([("grant_type", "refresh_token"), ("refresh_token", refresh_token)]);
        } else {
            form.push(("token", refresh_token));
        }
        Ok(reqwest::Client::new().post(self.hosted_ui(endpoint)).form(&form).send().await?)
    }
}

/// The member `user_pool` of a gate before the stranger's provider, with its keys baked in.
pub(super) async fn configuration(stranger: &StrangersProvider) -> Result<Value, CloudError> {
    let jwks_uri = format!("{}/.well-known/jwks.json", stranger.issuer());
    let jwks: Value = reqwest::get(&jwks_uri).await?.json().await?;
    Ok(json!({
        "issuers": [stranger.issuer()],
        "jwks_uri": jwks_uri,
        "jwks": jwks,
        "domain": stranger.domain(),
        "client_id": strangers_provider::CLIENT,
        "scopes": ["openid", "email", "profile"],
    }))
}
