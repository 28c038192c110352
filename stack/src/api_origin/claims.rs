//! The claims of a bearer token, read without verifying anything: to be looked at, never to be believed.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::Value;

/// The payload of a compact JWS behind `Bearer `; `None` if it is anything else.
pub(super) fn unverified_claims(authorization: &str) -> Option<Value> {
    let (scheme, token) = authorization.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("bearer") {
        return None;
    }
    let payload = token.trim().split('.').nth(1)?;
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_read_and_anything_else_is_not() {
        let payload = URL_SAFE_NO_PAD.encode(r#"{"sub":"u"}"#);
        let claims = unverified_claims(&format!("Bearer h.{payload}.s")).unwrap();
        assert_eq!(claims["sub"], "u");
        for odd in ["", "Bearer", "Bearer x", "Bearer a.b.c", "Basic h.e30.s"] {
            assert_eq!(unverified_claims(odd), None, "{odd}");
        }
    }
}
