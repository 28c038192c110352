//! Where people sign in to a site: told by its gate, which sends them there.

use http::{HeaderMap, header};
use url::Url;

use super::error::SignInError;
use crate::web_client::WebClient;

/// Where people sign in to a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discovered {
    /// The authorization endpoint.
    pub authorization_endpoint: Url,
    /// The app client.
    pub client_id: String,
    /// The scopes.
    pub scope: String,
}

impl Discovered {
    /// Asks the gate of a site; `auth_prefix` is where its own endpoints are.
    ///
    /// # Errors
    ///
    /// When it does not answer, or sends nobody to sign in.
    pub async fn ask(web: &WebClient, site: &str, auth_prefix: &str) -> Result<Discovered, SignInError> {
        let address = format!("{site}{auth_prefix}/sign-in");
        let answer = web.get(&address, HeaderMap::new()).await?;
        let location = answer.headers.get(header::LOCATION).and_then(|location| location.to_str().ok());
        let no_gate = |reason| SignInError::NoGate { site: site.to_owned(), reason };
        let Some(location) = location.filter(|_| answer.status.is_redirection()) else {
            return Err(no_gate(format!("{address} answered {}", answer.status)));
        };
        Discovered::read(location)
            .ok_or_else(|| no_gate(format!("{address} leads to no authorization endpoint")))
    }

    fn read(location: &str) -> Option<Discovered> {
        let mut url = Url::parse(location).ok()?;
        let member = |name: &str| {
            url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
        };
        let (client_id, scope) = (member("client_id")?, member("scope")?);
        let is_secure = url.scheme() == "https" || is_loopback(&url);
        url.set_query(None);
        is_secure.then_some(Discovered { authorization_endpoint: url, client_id, scope })
    }

    /// An endpoint beside the authorization endpoint, such as `token`.
    pub(super) fn endpoint(&self, name: &str) -> Option<Url> {
        self.authorization_endpoint.join(name).ok()
    }
}

fn is_loopback(url: &Url) -> bool {
    matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gate_says_where_people_sign_in() {
        let location = "https://login.example.com/oauth2/authorize?response_type=code&client_id=1abc&scope=openid+email&state=x";
        let read = Discovered::read(location).unwrap();
        assert_eq!(read.authorization_endpoint.as_str(), "https://login.example.com/oauth2/authorize");
        assert_eq!((read.client_id.as_str(), read.scope.as_str()), ("1abc", "openid email"));
        assert_eq!(read.endpoint("token").unwrap().as_str(), "https://login.example.com/oauth2/token");
        for wrong in [
            "/guide/",
            "https://a.example/x",
            "http://login.example.com/oauth2/authorize?client_id=1&scope=a",
        ] {
            assert_eq!(Discovered::read(wrong), None, "{wrong}");
        }
    }
}
