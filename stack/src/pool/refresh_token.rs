//! Refresh tokens: their rotation with a grace period, and their revocation (RFC 7009).

use std::collections::BTreeMap;

use aws_lc_rs::digest;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use super::random;
use super::token::Grant;

/// How one app client's refresh tokens rotate.
#[derive(Clone, Copy)]
pub(crate) struct Rotation {
    pub(crate) enabled: bool,
    pub(crate) grace_seconds: u64,
}

#[derive(Clone, Serialize, Deserialize)]
struct RefreshToken {
    grant: Grant,
    expires_at: u64,
    rotated_at: Option<u64>,
}

/// The refresh tokens that are out, by their hash, and what was revoked.
#[derive(Default, Serialize, Deserialize)]
pub(crate) struct RefreshTokens {
    live: BTreeMap<String, RefreshToken>,
    /// `origin_jti` and until when an access token of it may still be about.
    revoked: BTreeMap<String, u64>,
}

impl RefreshTokens {
    pub(crate) fn issue(&mut self, grant: Grant, expires_at: u64, now: u64) -> String {
        self.live.retain(|_, token| now < token.expires_at);
        let token = opaque();
        self.live.insert(hash(&token), RefreshToken { grant, expires_at, rotated_at: None });
        token
    }

    /// The grant behind a token and, where tokens rotate, the next token. That one expires when the first would have.
    /// A token that was rotated away works on for the grace period, then no more.
    pub(crate) fn redeem(
        &mut self,
        token: &str,
        client_id: &str,
        rotation: Rotation,
        now: u64,
    ) -> Option<(Grant, Option<String>)> {
        let found = self.live.get_mut(&hash(token))?;
        let in_time = found.rotated_at.is_none_or(|since| now < since + rotation.grace_seconds);
        if found.grant.client_id != client_id || now >= found.expires_at || !in_time {
            return None;
        }
        if !rotation.enabled {
            return Some((found.grant.clone(), None));
        }
        found.rotated_at.get_or_insert(now);
        let RefreshToken { grant, expires_at, .. } = found.clone();
        let next = self.issue(grant.clone(), expires_at, now);
        Some((grant, Some(next)))
    }

    /// Ends the token, all that rotation made of it, and its access tokens. Unknown tokens, and those of other
    /// clients, are no error.
    pub(crate) fn revoke(&mut self, token: &str, client_id: &str, access_seconds: u64, now: u64) {
        let Some(found) = self.live.get(&hash(token)).filter(|found| found.grant.client_id == client_id)
        else {
            return;
        };
        let origin = found.grant.origin_jti.clone();
        self.live.retain(|_, token| token.grant.origin_jti != origin);
        self.revoked.retain(|_, until| now < *until);
        self.revoked.insert(origin, now + access_seconds);
    }

    pub(crate) fn is_revoked(&self, origin_jti: &str) -> bool {
        self.revoked.contains_key(origin_jti)
    }
}

/// Random bytes in the shape and size of Cognito's: an encrypted token of five parts, about 1.8 KB.
fn opaque() -> String {
    let header = r#"{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}"#;
    let parts = [
        BASE64_URL_SAFE_NO_PAD.encode(header),
        BASE64_URL_SAFE_NO_PAD.encode(random::bytes::<256>()),
        BASE64_URL_SAFE_NO_PAD.encode(random::bytes::<12>()),
        BASE64_URL_SAFE_NO_PAD.encode(random::bytes::<1_000>()),
        BASE64_URL_SAFE_NO_PAD.encode(random::bytes::<16>()),
    ];
    parts.join(".")
}

fn hash(token: &str) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, token.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROTATING: Rotation = Rotation { enabled: true, grace_seconds: 10 };

    fn issued() -> (RefreshTokens, String) {
        let mut tokens = RefreshTokens::default();
        let token = tokens.issue(Grant::new("client", "reader", Vec::new(), 0), 1_000, 0);
        (tokens, token)
    }

    #[test]
    fn a_rotated_token_works_for_the_grace_only() {
        let (mut tokens, first) = issued();
        let (_, second) = tokens.redeem(&first, "client", ROTATING, 100).unwrap();
        assert!(tokens.redeem(&first, "client", ROTATING, 109).is_some());
        assert!(tokens.redeem(&first, "client", ROTATING, 110).is_none());
        assert!(tokens.redeem(&second.unwrap(), "client", ROTATING, 110).is_some());
    }

    #[test]
    fn without_grace_a_token_works_once() {
        let (mut tokens, first) = issued();
        let strict = Rotation { enabled: true, grace_seconds: 0 };
        assert!(tokens.redeem(&first, "client", strict, 100).is_some());
        assert!(tokens.redeem(&first, "client", strict, 100).is_none());
    }

    #[test]
    fn without_rotation_the_token_stays() {
        let (mut tokens, first) = issued();
        let fixed = Rotation { enabled: false, grace_seconds: 0 };
        assert!(tokens.redeem(&first, "client", fixed, 1).unwrap().1.is_none());
        assert!(tokens.redeem(&first, "client", fixed, 999).is_some());
        assert!(tokens.redeem(&first, "client", fixed, 1_000).is_none());
    }

    #[test]
    fn rotation_does_not_prolong() {
        let (mut tokens, first) = issued();
        let (_, second) = tokens.redeem(&first, "client", ROTATING, 999).unwrap();
        assert!(tokens.redeem(&second.unwrap(), "client", ROTATING, 1_000).is_none());
    }

    #[test]
    fn revocation_ends_the_whole_family_of_that_client() {
        let (mut tokens, first) = issued();
        let (grant, second) = tokens.redeem(&first, "client", ROTATING, 1).unwrap();
        tokens.revoke(&first, "another", 60, 2);
        assert!(!tokens.is_revoked(&grant.origin_jti));
        tokens.revoke(&first, "client", 60, 2);
        assert!(tokens.is_revoked(&grant.origin_jti));
        assert!(tokens.redeem(&second.unwrap(), "client", ROTATING, 3).is_none());
    }

    #[test]
    fn tokens_have_the_size_of_cognitos() {
        assert!((1_700..2_000).contains(&opaque().len()));
    }
}
