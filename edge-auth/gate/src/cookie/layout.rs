//! Cookie layouts `host` and `amplify` behind one interface.

use cognito::ClientId;

use super::tokens::{FoundTokens, FreshTokens};
use super::{Pair, SetCookie, amplify, host, sign_in_slot};
use crate::host::Host;

/// How much of an answer may be deletions of cookies, in bytes.
const MAX_DELETIONS: usize = 8_000;

/// How the session's cookies are named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// `__Host-id-token` and its like.
    Host,
    /// `CognitoIdentityServiceProvider.*`, as Amplify and the gates before this one name them.
    Amplify,
}

impl Layout {
    /// Its name in the configuration.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Layout::Host => "host",
            Layout::Amplify => "amplify",
        }
    }
}

/// A layout with what its names depend on.
#[derive(Debug, Clone)]
pub struct Names {
    /// The layout.
    pub layout: Layout,
    /// The app client, which the names of the layout `amplify` hold.
    pub client_id: ClientId,
    /// The scopes that are asked for, separated by spaces, which that layout keeps in a cookie.
    pub scopes: String,
}

impl Names {
    /// Whether a cookie is the gate's and must reach no origin. Those of the other layout count: they may be left
    /// over from before a site changed its layout, and they hold tokens all the same.
    #[must_use]
    pub fn is_ours(name: &str) -> bool {
        host::is_ours(name) || amplify::is_ours(name) || sign_in_slot(name).is_some()
    }

    /// The tokens that the cookies claim to hold.
    #[must_use]
    pub fn read<'r>(&self, pairs: &[Pair<'r>]) -> FoundTokens<'r> {
        match self.layout {
            Layout::Host => host::read(pairs),
            Layout::Amplify => amplify::read(self.client_id.as_str(), pairs),
        }
    }

    /// Keeps fresh tokens, in the place of whatever session was there.
    #[must_use]
    pub fn write(&self, tokens: &FreshTokens, pairs: &[Pair<'_>], on: &Host) -> Vec<SetCookie> {
        let client_id = self.client_id.as_str();
        let (lines, leftovers) = match self.layout {
            Layout::Host => (host::write(tokens, pairs), amplify::clear(client_id, pairs, on.without_port())),
            Layout::Amplify => {
                let lines = amplify::write(client_id, &self.scopes, tokens, pairs, on.without_port());
                (lines, host::clear_present(pairs))
            }
        };
        bounded(lines.into_iter().chain(leftovers))
    }

    /// Takes the session away, and what is left of one in the other layout.
    #[must_use]
    pub fn clear(&self, pairs: &[Pair<'_>], on: &Host) -> Vec<SetCookie> {
        let others = amplify::clear(self.client_id.as_str(), pairs, on.without_port());
        bounded(match self.layout {
            Layout::Host => host::clear(pairs).into_iter().chain(others),
            Layout::Amplify => host::clear_present(pairs).into_iter().chain(others),
        })
    }
}

/// Keeps an answer within CloudFront's limit however many cookies a browser was made to keep: what cannot be taken
/// away now is taken away the next time.
fn bounded(lines: impl Iterator<Item = SetCookie>) -> Vec<SetCookie> {
    let mut room = MAX_DELETIONS;
    lines
        .filter(|line| {
            if !line.is_deletion() {
                return true;
            }
            let left = room.checked_sub(line.to_string().len());
            room = left.unwrap_or(room);
            left.is_some()
        })
        .collect()
}
