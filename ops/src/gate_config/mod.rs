//! The gate's configuration, `edge-auth.json`: made from the project file and from what is known only once the other
//! stacks stand.
//!
//! The same arguments give the same bytes, whatever order the user pool lists its keys in, so that a deploy can tell
//! from a hash whether there is anything to deploy. The gate's own reader has accepted what is returned.

mod document;
mod jwks;

use std::fmt;

use gate::config::{Config, ConfigError};

use crate::failure::{Exit, NextStep};
use crate::project::Project;
use document::Document;
use jwks::JwkSet;

/// What the project file does not say.
#[derive(Clone, PartialEq, Eq)]
pub struct GateFacts {
    /// The hosts to answer for: the project's domains, or the distribution's own name.
    pub hosts: Vec<String>,
    /// The user pool's issuer; the pool's other issuer is derived from it ([`issuers`]).
    pub issuer: String,
    /// Where the user pool publishes its keys.
    pub jwks_uri: String,
    /// The hosted UI, without a path: `https://cms.auth.eu-central-1.amazoncognito.com`.
    pub hosted_ui_url: String,
    /// The app client.
    pub client_id: String,
    /// Its secret, if it has one.
    pub client_secret: Option<String>,
    /// The document at `jwks_uri`.
    pub jwks: String,
    /// The sealing keys, base64url, the one that seals first.
    pub sealing_keys: Vec<String>,
}

/// Secrets stay out of logs.
impl fmt::Debug for GateFacts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GateFacts")
            .field("hosts", &self.hosts)
            .field("issuer", &self.issuer)
            .field("hosted_ui_url", &self.hosted_ui_url)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

/// Why there is no configuration.
#[derive(Debug, thiserror::Error)]
pub enum GateConfigError {
    /// What the user pool publishes is no JWKS.
    #[error("{uri} holds no JWKS (RFC 7517 section 5): {reason}")]
    NoJwks {
        /// Where it was fetched.
        uri: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Without a key that can be used, nobody would be let in before the gate has fetched the keys itself.
    #[error("{uri} holds no key that verifies tokens, expected an RSA key of 2048 to 4096 bits for RS256")]
    NoUsableKey {
        /// Where it was fetched.
        uri: String,
    },
    /// The gate would not start with it.
    #[error("the gate refuses its configuration:\n{0}")]
    Refused(ConfigError),
}

impl NextStep for GateConfigError {
    fn next_step(&self) -> String {
        match self {
            GateConfigError::NoJwks { .. } | GateConfigError::NoUsableKey { .. } => {
                "check that the user pool of the project file is the right one: parapet doctor".to_owned()
            }
            GateConfigError::Refused(_) => {
                "mend what it names in parapet.toml, or in the stack whose output it is (parapet status)"
                    .to_owned()
            }
        }
    }

    fn exit(&self) -> Exit {
        Exit::Config
    }
}

/// Makes the text of `edge-auth.json`.
///
/// # Errors
///
/// When the JWKS holds no usable key, or the gate would refuse to start with the result.
pub fn edge_auth_json(project: &Project, facts: &GateFacts) -> Result<String, GateConfigError> {
    let no_jwks = |reason: serde_json::Error| GateConfigError::NoJwks {
        uri: facts.jwks_uri.clone(),
        reason: reason.to_string(),
    };
    let jwks = jwks::read(&facts.jwks).map_err(no_jwks)?;
    let document = Document::new(project, facts, jwks);
    let mut text = serde_json::to_string_pretty(&document).map_err(no_jwks)?;
    text.push('\n');
    let config = Config::parse(&text).map_err(GateConfigError::Refused)?;
    if config.jwks.is_empty() {
        return Err(GateConfigError::NoUsableKey { uri: facts.jwks_uri.clone() });
    }
    Ok(text)
}

/// The gate's routes as a JSON array, as short as it gets: the API is told them, too.
#[must_use]
pub fn routes_json(project: &Project) -> String {
    // Texts and lists are always JSON.
    serde_json::to_string(&document::routes(project)).unwrap_or_default()
}

/// A user pool's keys, fetched from `uri`, as short as they get and in an order of their own.
///
/// # Errors
///
/// When they are no JWKS.
pub fn compact_jwks(uri: &str, text: &str) -> Result<String, GateConfigError> {
    let compact = jwks::read(text).and_then(|set| serde_json::to_string(&set));
    compact.map_err(|reason| GateConfigError::NoJwks { uri: uri.to_owned(), reason: reason.to_string() })
}

/// What [`edge_auth_json`] makes, without the user pool's keys: for asking the gate what it would do before there is a user pool.
///
/// # Errors
///
/// When the gate would refuse to start with it.
pub fn without_keys(project: &Project, facts: &GateFacts) -> Result<Config, ConfigError> {
    let document = Document::new(project, facts, JwkSet::default());
    // A document of texts and numbers is always JSON; null is refused.
    Config::read(serde_json::to_value(&document).unwrap_or_default())
}

/// Both values of `iss` that a user pool's tokens may hold, the given one first. Cognito has an older and a newer one
/// and changes from one to the other by itself; an issuer of another kind is the only one.
#[must_use]
pub fn issuers(issuer: &str) -> Vec<String> {
    const OLDER: &str = "https://cognito-idp.";
    const NEWER: &str = "https://issuer-cognito-idp.";
    let is_cognito = |rest: &&str| rest.contains(".amazonaws.com/");
    let other = if let Some(rest) = issuer.strip_prefix(OLDER).filter(is_cognito) {
        Some(format!("{NEWER}{rest}"))
    } else {
        issuer.strip_prefix(NEWER).filter(is_cognito).map(|rest| format!("{OLDER}{rest}"))
    };
    std::iter::once(issuer.to_owned()).chain(other).collect()
}

#[cfg(test)]
mod tests;
