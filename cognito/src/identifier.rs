//! Identifiers in tokens, each a newtype so that none is taken for another.

use std::fmt;

macro_rules! identifier {
    ($(#[$doc:meta])+ $name:ident) => {
        $(#[$doc])+
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Takes the text as it is; comparisons are exact, byte for byte.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text as the token or the configuration has it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

identifier! {
    /// `sub`: the user, unique and never reassigned within the user pool (OpenID Connect Core 2).
    Subject
}
identifier! {
    /// `cognito:username` of an ID token, `username` of an access token.
    Username
}
identifier! {
    /// One entry of `cognito:groups`. Groups differ if their case differs.
    Group
}
identifier! {
    /// An app client of the user pool: `aud` of an ID token, `client_id` of an access token.
    ClientId
}
identifier! {
    /// `iss`: the user pool's URL, without a trailing slash. Compared as text, not as a URL (RFC 7519 4.1.1).
    Issuer
}
identifier! {
    /// `nonce`: ties an ID token to one authorization request (OpenID Connect Core 3.1.2.1).
    Nonce
}
identifier! {
    /// `kid`: which key of the JWKS signed a token (RFC 7515 section 4.1.4).
    KeyId
}
