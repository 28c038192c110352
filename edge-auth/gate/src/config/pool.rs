//! `user_pool`: the issuer of the tokens and its endpoints.

use cognito::{ClientId, Issuer, Jwks, UserPool};

use super::section::Section;
use crate::endpoint_url::EndpointUrl;
use crate::token_endpoint::TokenEndpoint;

/// The user pool, as the gate's relying party knows it.
#[derive(Debug, Clone)]
pub struct PoolConfig {
    /// What verifies tokens.
    pub tokens: UserPool,
    /// Where the keys are.
    pub jwks_uri: EndpointUrl,
    /// The authorization endpoint.
    pub authorization_url: EndpointUrl,
    /// Where the hosted UI ends its own session.
    pub logout_url: EndpointUrl,
    /// The token endpoint.
    pub token_endpoint: TokenEndpoint,
    /// The scopes to ask for, separated by spaces.
    pub scopes: String,
}

/// Reads the section; the keys stand apart, since they change while the gate runs.
pub(super) fn read(mut section: Section<'_>) -> (Option<PoolConfig>, Option<Jwks>) {
    let issuers = section.list("issuers", read_issuer);
    let default_jwks_uri = issuers
        .as_ref()
        .and_then(|issuers| issuers.first())
        .map(|issuer| format!("{issuer}/.well-known/jwks.json"));
    // Where the issuers are wrong, that was said already.
    let jwks_uri = match default_jwks_uri {
        Some(default) => section.text("jwks_uri", Some(&default), EndpointUrl::parse),
        None => section.text("jwks_uri", Some("https://jwks.invalid"), EndpointUrl::parse),
    };
    let jwks = read_jwks(&mut section);
    let domain = section.text("domain", None, EndpointUrl::parse);
    let client_id = section.text("client_id", None, read_client_id);
    let client_secret = section.optional_secret("client_secret");
    let scopes = read_scopes(&mut section);
    section.finish();
    let config = || {
        let (domain, client_id) = (domain?, client_id?);
        Some(PoolConfig {
            jwks_uri: jwks_uri?,
            authorization_url: domain.join("/oauth2/authorize").ok()?,
            logout_url: domain.join("/logout").ok()?,
            token_endpoint: TokenEndpoint::new(&domain, client_id.as_str(), client_secret?.as_deref())
                .ok()?,
            tokens: UserPool::new(issuers?, client_id),
            scopes: scopes?,
        })
    };
    (config(), jwks)
}

fn read_issuer(text: &str) -> Result<Issuer, String> {
    let url = EndpointUrl::parse(text).map_err(str::to_owned)?;
    if url.as_str() == text {
        Ok(Issuer::from(text))
    } else {
        Err("an issuer without a slash at its end".to_owned())
    }
}

fn read_jwks(section: &mut Section<'_>) -> Option<Jwks> {
    let Some(value) = section.take("jwks") else { return Some(Jwks::default()) };
    Jwks::parse(value.to_string().as_bytes())
        .map_err(|error| section.wrong("jwks", "a JWK Set (RFC 7517 section 5)", &error.to_string()))
        .ok()
}

/// Client ids become parts of cookie names.
fn read_client_id(text: &str) -> Result<ClientId, &'static str> {
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'+'));
    if text.is_empty() || text.len() > 128 || !plain {
        return Err("an app client id: 1 to 128 letters, digits, - _ +");
    }
    Ok(ClientId::from(text))
}

fn read_scopes(section: &mut Section<'_>) -> Option<String> {
    let scopes = section.optional_list("scopes", |scope| {
        // RFC 6749 section 3.3, scope-token.
        let plain = scope.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'"' | b'\\'));
        if plain { Ok(scope.to_owned()) } else { Err("a scope without spaces or quotes".to_owned()) }
    })?;
    if scopes.is_empty() {
        return Some("openid email profile".to_owned());
    }
    if !scopes.iter().any(|scope| scope == "openid") {
        section.wrong(
            "scopes",
            "\"openid\" among them, without which there is no ID token",
            &scopes.join(" "),
        );
        return None;
    }
    Some(scopes.join(" "))
}
