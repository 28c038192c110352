//! What each token of a request comes to.

use gate::config::Config;
use gate::cookie::FoundToken;
use gate::moment::UnixTime;
use gate::session::Claims;
use gate::trace::{TokenError, TokenKind, TokenVerdict};

use super::{Finding, token};
use crate::moment::Moment;
use crate::report::Count;

fn name(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Id => "ID token",
        TokenKind::Access => "access token",
        TokenKind::Bearer => "bearer token",
    }
}

/// Which token decides.
pub(super) fn decides(kind: TokenKind) -> Finding {
    let says = match kind {
        TokenKind::Id => "the ID token decides",
        TokenKind::Access => "the access token decides",
        TokenKind::Bearer => "the client's own bearer token decides alone",
    };
    Finding::new("session", says)
}

/// How many tokens of a kind there are; nothing where it is one.
pub(super) fn candidates(kind: TokenKind, count: usize) -> Option<Finding> {
    match count {
        0 => Some(Finding::new(name(kind), "none")),
        1 => None,
        _ => Some(Finding::new(name(kind), format!("{count} cookies of this name; the best one counts"))),
    }
}

/// What is the case with a token.
pub(super) fn verdict(
    kind: TokenKind,
    candidate: &FoundToken<'_>,
    verdict: TokenVerdict<'_>,
    config: &Config,
    now: UnixTime,
) -> Finding {
    let says = match verdict {
        TokenVerdict::Alive(claims) => alive(claims, config, now),
        TokenVerdict::OfAnotherUser => "it is of another user than its cookie's name says".to_owned(),
        TokenVerdict::Refused(TokenError::Expired { expired_at, .. }) => {
            format!("expired since {}; everything else about it is right", time(*expired_at))
        }
        TokenVerdict::Refused(error) => error.to_string(),
    };
    let claims = match verdict {
        TokenVerdict::Refused(_) => token::claims(&candidate.token),
        TokenVerdict::Alive(_) | TokenVerdict::OfAnotherUser => Vec::new(),
    };
    let bytes = Count::of(candidate.token.len(), "byte");
    Finding::new(name(kind), format!("{bytes}: {says}")).with(claims)
}

/// The refresh token that would be used.
pub(super) fn refresh(usable: Option<&FoundToken<'_>>, count: usize) -> Finding {
    let says = match usable {
        Some(refresh) => {
            let bytes = Count::of(refresh.token.len(), "byte");
            format!("there, {bytes}; only the user pool can tell whether it is good")
        }
        None if count == 0 => "none: the session cannot be renewed".to_owned(),
        None => "there, and nothing that the user pool ever issued".to_owned(),
    };
    Finding::new("refresh token", says)
}

fn alive(claims: &Claims, config: &Config, now: UnixTime) -> String {
    let ends = claims.expires_at();
    let left = ends.since(now);
    let groups: Vec<&str> = claims.groups().iter().map(|group| group.as_str()).collect();
    let groups =
        if groups.is_empty() { "in no group".to_owned() } else { format!("in {}", groups.join(", ")) };
    let due = if claims.renewal_is_due(config.renew_within, now) { ", to be renewed now" } else { "" };
    let username = claims.who().username.unwrap_or_default();
    format!("good for {left} s more (until {}){due}; user {username}, {groups}", time(ends))
}

fn time(time: UnixTime) -> String {
    Moment::from_unix(i64::try_from(time.seconds()).unwrap_or(i64::MAX)).rfc3339()
}
