//! The tokens of a session, as cookies hold them.

use std::borrow::Cow;

/// A token that a request's cookies claim to hold. Nothing of it is verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundToken<'r> {
    /// The token.
    pub token: Cow<'r, str>,
    /// The user that the cookie's name says it is of, where the layout's names say so.
    pub owner: Option<Cow<'r, str>>,
}

impl FoundToken<'_> {
    /// Whether the cookie's name leaves it open whose the token is, or names this user.
    #[must_use]
    pub fn may_belong_to(&self, username: &str) -> bool {
        self.owner.as_deref().is_none_or(|owner| owner == username)
    }
}

/// The tokens that a request's cookies claim to hold. A browser may send a name twice, so each is a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoundTokens<'r> {
    /// Candidates for the ID token.
    pub id: Vec<FoundToken<'r>>,
    /// Candidates for the access token.
    pub access: Vec<FoundToken<'r>>,
    /// Candidates for the refresh token.
    pub refresh: Vec<FoundToken<'r>>,
}

/// Tokens that the user pool has just issued, verified.
#[derive(Clone)]
pub struct FreshTokens {
    /// The ID token.
    pub id: String,
    /// The access token.
    pub access: String,
    /// The refresh token, if the session can be renewed.
    pub refresh: Option<String>,
    /// Whose they are: the ID token's `cognito:username`.
    pub username: String,
}
