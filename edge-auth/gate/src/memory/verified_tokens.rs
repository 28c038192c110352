//! Cache of verified tokens with their claims, so that the next request with the same token costs no signature.

use std::collections::HashMap;
use std::sync::Arc;

use memchr::arch::all::is_equal;

/// The capacity of the cache: at most so many tokens of a kind; the older half goes first.
const CAPACITY: usize = 256;

/// The key of the cache: the last bytes of a token's signature. Only tokens that the user pool has signed are kept, so nobody can choose ends
/// that collide; and it is hashed in a tenth of the time that the whole token takes.
type Tail = [u8; 32];

/// Verified tokens with their claims, in two generations. The whole token is compared: another signature is another
/// token.
pub(super) struct VerifiedTokens<C> {
    recent: HashMap<Tail, Verified<C>>,
    older: HashMap<Tail, Verified<C>>,
}

struct Verified<C> {
    token: Box<str>,
    claims: Arc<C>,
}

impl<C> VerifiedTokens<C> {
    pub(super) fn new() -> VerifiedTokens<C> {
        VerifiedTokens { recent: HashMap::new(), older: HashMap::new() }
    }

    /// The claims of this very token, if it was verified.
    pub(super) fn find(&mut self, token: &str) -> Option<Arc<C>> {
        let tail = tail(token)?;
        if let Some(verified) = self.recent.get(tail) {
            return verified.claims_of(token);
        }
        let verified = self.older.remove(tail)?;
        let claims = verified.claims_of(token);
        self.recent.insert(*tail, verified);
        claims
    }

    /// Remembers a token that was verified.
    pub(super) fn keep(&mut self, token: &str, claims: &Arc<C>) {
        let Some(tail) = tail(token) else { return };
        if self.recent.len() >= CAPACITY / 2 {
            self.older = std::mem::take(&mut self.recent);
        }
        self.recent.insert(*tail, Verified { token: token.into(), claims: Arc::clone(claims) });
    }
}

impl<C> Verified<C> {
    /// Not `==`: musl compares byte by byte, which takes longer than everything else that is done with a known token.
    fn claims_of(&self, token: &str) -> Option<Arc<C>> {
        is_equal(self.token.as_bytes(), token.as_bytes()).then(|| Arc::clone(&self.claims))
    }
}

fn tail(token: &str) -> Option<&Tail> {
    token.as_bytes().last_chunk()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token(number: usize) -> String {
        format!("head.payload.{number:040}")
    }

    #[test]
    fn verified_tokens_are_bounded_and_the_latest_are_kept() {
        let mut tokens = VerifiedTokens::new();
        for number in 0..10_000 {
            tokens.keep(&token(number), &Arc::new(number));
        }
        assert!(tokens.recent.len() + tokens.older.len() <= CAPACITY);
        assert_eq!(tokens.find(&token(9_999)).as_deref(), Some(&9_999));
        assert_eq!(tokens.find(&token(0)), None);
    }

    #[test]
    fn what_is_asked_for_again_is_not_forgotten() {
        let mut tokens = VerifiedTokens::new();
        for number in 0..1_000 {
            tokens.keep(&token(number), &Arc::new(number));
            assert_eq!(tokens.find(&token(0)).as_deref(), Some(&0), "after {number}");
        }
    }

    #[test]
    fn the_whole_token_counts() {
        let mut tokens = VerifiedTokens::new();
        let known = token(7);
        tokens.keep(&known, &Arc::new(7));
        for other in [
            known.replacen('h', "H", 1),
            format!("x{known}"),
            known.replacen("head", "", 1),
            known.chars().skip(1).collect(),
        ] {
            assert_eq!(tokens.find(&other), None, "{other}");
        }
        assert_eq!(tokens.find(&known).as_deref(), Some(&7), "and asking for others takes nothing away");
    }

    #[test]
    fn a_token_too_short_for_a_signature_is_not_kept() {
        let mut tokens = VerifiedTokens::new();
        tokens.keep("a.b.c", &Arc::new(1));
        assert_eq!(tokens.find("a.b.c"), None);
    }
}
