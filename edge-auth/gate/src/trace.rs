//! Trace: what the gate finds out on its way to a decision, told in the order in which it looks.
//!
//! `parapet explain` listens, so that it says what was decided and does not decide a second time. In the function nobody
//! does: [`Untraced`] takes no room, and what would be told is not even put together.

pub use cognito::TokenError;

use crate::asker::Asker;
use crate::attempt::{ReturnedState, Stale};
use crate::auth_paths::Endpoint;
use crate::cookie::{FoundToken, Pair};
use crate::host::Host;
use crate::path::{PathProblem, RequestPath};
use crate::route::Route;
use crate::session::Claims;

/// Somebody who is told what the gate finds out.
pub trait Trace: Copy {
    /// Takes one observation.
    fn note(self, observation: Observation<'_>);
}

/// Nobody.
#[derive(Debug, Clone, Copy)]
pub struct Untraced;

impl Trace for Untraced {
    #[inline(always)]
    fn note(self, _: Observation<'_>) {}
}

/// One thing that the gate finds out about a request.
#[derive(Clone, Copy)]
pub enum Observation<'o> {
    /// The path, as it is read first.
    Path(&'o RequestPath<'o>),
    /// The path has no safe reading, or is decided differently under another one.
    UnsafePath(PathProblem),
    /// The listed host that the Host header names, if it names one.
    Host(Option<&'o Host>),
    /// The path is one of the gate's own endpoints.
    Endpoint(Endpoint),
    /// The route whose pattern matches the path, if one does.
    Route(Option<&'o Route>),
    /// Who asks.
    Asker(Asker),
    /// Whether another site is behind the request.
    CrossSite(bool),
    /// Everybody may read this, so that no token is looked at.
    OpenToEverybody,
    /// The cookies, when tokens are looked for among them.
    Cookies(&'o [Pair<'o>]),
    /// A token of this kind decides.
    Decides(TokenKind),
    /// How many candidates there are for a token.
    Candidates(TokenKind, usize),
    /// What a candidate comes to.
    Token(TokenKind, &'o FoundToken<'o>, TokenVerdict<'o>),
    /// The refresh token that would be used, if any of so many candidates.
    RefreshToken(Option<&'o FoundToken<'o>>, usize),
    /// What `state` told, if it opened; of a repeated or missing one, nothing.
    State(Option<&'o ReturnedState>),
    /// Whether the attempt that `state` belongs to may be finished; nothing where this browser has none.
    Attempt(Option<Result<(), Stale>>),
}

/// Which token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// The ID token in a cookie.
    Id,
    /// The access token in a cookie.
    Access,
    /// A bearer token that an API client brought itself.
    Bearer,
}

/// What a token comes to.
#[derive(Debug, Clone, Copy)]
pub enum TokenVerdict<'o> {
    /// It is verified and alive.
    Alive(&'o Claims),
    /// It is verified, but of another user than its cookie's name says.
    OfAnotherUser,
    /// It is refused.
    Refused(&'o TokenError),
}
