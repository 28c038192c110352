//! The site whose API is used, and who uses it.

use std::path::PathBuf;

use clap::Args;
use url::Url;

use super::Session;
use crate::api::{Api, Credentials};
use crate::failure::{Exit, Failure, NextStep};
use crate::sign_in::Store;
use crate::web_client::WebClient;

/// An access token of a build, which has no browser to sign in with.
const TOKEN: &str = "PARAPET_TOKEN";

/// Which site.
#[derive(Debug, Clone, Args)]
pub(super) struct SiteAddress {
    /// The site's address, such as https://www.example.com; without it, the project's first domain
    #[arg(long, value_name = "URL")]
    site: Option<String>,
}

/// A site that cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum WrongSite {
    /// It is no address.
    #[error("the site {0:?} is wrong: expected an address such as https://www.example.com")]
    NoAddress(String),
    /// Tokens would go over the network in the clear.
    #[error("the site {0} is wrong: expected https, because the API gets an access token")]
    NotSecure(String),
    /// None is named.
    #[error("no site is named, and the project file has no domain")]
    None,
}

impl NextStep for WrongSite {
    fn next_step(&self) -> String {
        "name it: --site https://www.example.com, or --site http://localhost:8080 for the one of make up"
            .to_owned()
    }

    fn exit(&self) -> Exit {
        Exit::Usage
    }
}

impl SiteAddress {
    /// The address, without a slash at its end.
    ///
    /// # Errors
    ///
    /// When it is none, or neither it nor a domain is named.
    pub(super) fn origin(&self, session: &Session) -> Result<String, Failure> {
        match &self.site {
            Some(site) => Ok(origin(site)?),
            None => {
                let project = session.project()?;
                let domain = project.site.domains.first().ok_or(WrongSite::None)?;
                Ok(format!("https://{domain}"))
            }
        }
    }

    /// The API of the site, as whoever is signed in on this machine.
    ///
    /// # Errors
    ///
    /// When nobody is.
    pub(super) fn api(&self, session: &Session) -> Result<Api, Failure> {
        let site = self.origin(session)?;
        let credentials = match std::env::var(TOKEN).ok().filter(|token| !token.is_empty()) {
            Some(token) => Credentials::Fixed(token),
            None => Credentials::of_session(&site, store()?)?,
        };
        Ok(Api::new(WebClient::new()?, &site, credentials))
    }
}

/// The sessions of whoever runs this.
pub(super) fn store() -> Result<Store, Failure> {
    Ok(Store::of_person(|name| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from))?)
}

fn origin(text: &str) -> Result<String, WrongSite> {
    let url = Url::parse(text).map_err(|_| WrongSite::NoAddress(text.to_owned()))?;
    let is_here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    match url.scheme() {
        "https" => Ok(url.origin().ascii_serialization()),
        "http" if is_here => Ok(url.origin().ascii_serialization()),
        "http" => Err(WrongSite::NotSecure(text.to_owned())),
        _ => Err(WrongSite::NoAddress(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_go_nowhere_in_the_clear() {
        assert_eq!(origin("https://www.example.com/").unwrap(), "https://www.example.com");
        assert_eq!(origin("http://localhost:8080/admin/").unwrap(), "http://localhost:8080");
        assert!(matches!(origin("http://www.example.com"), Err(WrongSite::NotSecure(_))));
        assert!(matches!(origin("www.example.com"), Err(WrongSite::NoAddress(_))));
        assert!(matches!(origin("ftp://a.example"), Err(WrongSite::NoAddress(_))));
    }
}
