//! The gate's own endpoints, in one table: what is matched and what links lead to are the same texts.

use crate::path::RequestPath;

/// An endpoint of the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// Where the user pool sends the viewer back to (RFC 6749 section 3.1.2).
    Callback,
    /// Who is signed in, for scripts.
    Session,
    /// Begins a sign-in.
    SignIn,
    /// Ends the session.
    SignOut,
    /// Where the user pool sends the viewer after signing out.
    SignedOut,
}

const ENDPOINTS: [(Endpoint, &str); 5] = [
    (Endpoint::Callback, "/callback"),
    (Endpoint::Session, "/session"),
    (Endpoint::SignIn, "/sign-in"),
    (Endpoint::SignOut, "/sign-out"),
    (Endpoint::SignedOut, "/signed-out"),
];

/// The endpoints below the configured prefix. They match exactly: `/auth/sign-outs` is an ordinary path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthPaths {
    prefix: String,
}

impl AuthPaths {
    /// Reads the prefix.
    ///
    /// # Errors
    ///
    /// Says what was expected when it is not one.
    pub fn parse(prefix: &str) -> Result<AuthPaths, &'static str> {
        let plain = prefix
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.' | b'_' | b'~'));
        let has_one_reading = RequestPath::parse(prefix).is_ok_and(|path| path.has_one_reading());
        if prefix.len() < 2 || prefix.ends_with('/') || !plain || !has_one_reading {
            return Err(
                "a path such as /auth: letters, digits, - . _ ~ between slashes, no slash at the end",
            );
        }
        Ok(AuthPaths { prefix: prefix.to_owned() })
    }

    /// The prefix.
    #[must_use]
    pub fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The endpoint that a path is, if it is one.
    #[must_use]
    pub fn endpoint(&self, path: &RequestPath<'_>) -> Option<Endpoint> {
        let rest = path.as_str().strip_prefix(&self.prefix)?;
        ENDPOINTS.iter().find(|(_, suffix)| rest == *suffix).map(|(endpoint, _)| *endpoint)
    }

    /// The path of an endpoint.
    #[must_use]
    pub fn path(&self, endpoint: Endpoint) -> String {
        let suffix =
            ENDPOINTS.iter().find(|(listed, _)| *listed == endpoint).map_or("", |(_, suffix)| suffix);
        format!("{}{suffix}", self.prefix)
    }

    /// Whether a path lies below the prefix: no page to come back to.
    #[must_use]
    pub fn covers(&self, path: &str) -> bool {
        path.strip_prefix(&self.prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_path_is_an_endpoint() {
        let paths = AuthPaths::parse("/auth").unwrap();
        let endpoint = |path: &str| paths.endpoint(&RequestPath::parse(path).unwrap());
        assert_eq!(endpoint("/auth/sign-out"), Some(Endpoint::SignOut));
        for path in [
            "/auth/sign-outs",
            "/AUTH/sign-out",
            "/auth/callback/x",
            "/auth/callback/",
            "/auth",
            "/x/auth/session",
        ] {
            assert_eq!(endpoint(path), None, "{path}");
        }
    }

    #[test]
    fn a_link_leads_to_its_endpoint() {
        let paths = AuthPaths::parse("/a/b").unwrap();
        for (endpoint, _) in ENDPOINTS {
            assert_eq!(paths.endpoint(&RequestPath::parse(&paths.path(endpoint)).unwrap()), Some(endpoint));
        }
    }

    #[test]
    fn a_prefix_that_is_none_is_refused() {
        for prefix in ["", "/", "auth", "/auth/", "/a//b", "/a*", "/a/../b", "/a b"] {
            assert!(AuthPaths::parse(prefix).is_err(), "{prefix:?}");
        }
    }
}
