//! A mint for test tokens: signs whatever a test wants signed, right or wrong.
//!
//! The keys under `tests/keys` were made once with `openssl genpkey -algorithm RSA` and protect nothing.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cognito::{AccessClaims, ClientId, IdClaims, Issuer, Jwks, TokenError, UnixTime, Unverified, UserPool};
use ring::rsa::PublicKeyComponents;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};

pub(crate) const NOW: UnixTime = UnixTime(1_800_000_000);
pub(crate) const ISSUER: &str = "https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_EXAMPLE";
pub(crate) const CLIENT: &str = "1example23456789";

/// The key that the pool signs ID tokens with.
pub(crate) static ID_KEY: LazyLock<Key> =
    LazyLock::new(|| Key::load("id=", include_bytes!("../keys/id.pk8.der")));
/// The key that the pool signs access tokens with.
pub(crate) static ACCESS_KEY: LazyLock<Key> =
    LazyLock::new(|| Key::load("access=", include_bytes!("../keys/access.pk8.der")));
/// A key that is not the pool's.
pub(crate) static STRANGER: LazyLock<Key> =
    LazyLock::new(|| Key::load("stranger=", include_bytes!("../keys/stranger.pk8.der")));

pub(crate) struct Key {
    pub(crate) kid: &'static str,
    pub(crate) pair: RsaKeyPair,
}

impl Key {
    pub(crate) fn load(kid: &'static str, pkcs8: &[u8]) -> Key {
        Key { kid, pair: RsaKeyPair::from_pkcs8(pkcs8).unwrap() }
    }

    pub(crate) fn jwk(&self) -> Value {
        let public = PublicKeyComponents::<Vec<u8>>::from(self.pair.public());
        json!({
            "kid": self.kid, "kty": "RSA", "alg": "RS256", "use": "sig",
            "n": URL_SAFE_NO_PAD.encode(public.n), "e": URL_SAFE_NO_PAD.encode(public.e),
        })
    }

    /// A token with the header that Cognito writes.
    pub(crate) fn token(&self, claims: &Value) -> String {
        self.sign(&json!({ "kid": self.kid, "alg": "RS256" }).to_string(), &claims.to_string())
    }

    /// A token of exactly these texts.
    pub(crate) fn sign(&self, header: &str, payload: &str) -> String {
        self.sign_input(&format!("{}.{}", encode(header), encode(payload)))
    }

    /// The signature for anything at all before the second dot, and it.
    #[expect(
        clippy::disallowed_methods,
        reason = "blinding a test key's private operation needs a random source"
    )]
    pub(crate) fn sign_input(&self, input: &str) -> String {
        let mut signature = vec![0; self.pair.public().modulus_len()];
        let random = ring::rand::SystemRandom::new();
        self.pair.sign(&RSA_PKCS1_SHA256, &random, input.as_bytes(), &mut signature).unwrap();
        format!("{input}.{}", encode(signature))
    }
}

pub(crate) fn encode(octets: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(octets)
}

/// An ID token's claims as Cognito writes them.
pub(crate) fn id_claims() -> Value {
    json!({
        "sub": "7a1b", "cognito:groups": ["editors", "readers"], "email_verified": true, "iss": ISSUER,
        "cognito:username": "ada", "nonce": "n-0S6", "origin_jti": "o", "aud": CLIENT, "event_id": "e",
        "token_use": "id", "auth_time": NOW.0 - 60, "exp": NOW.0 + 3_600, "iat": NOW.0 - 60, "jti": "j",
        "email": "ada@example.com",
    })
}

/// An access token's claims as Cognito writes them.
pub(crate) fn access_claims() -> Value {
    json!({
        "sub": "7a1b", "cognito:groups": ["editors"], "iss": ISSUER, "version": 2, "client_id": CLIENT,
        "origin_jti": "o", "event_id": "e", "token_use": "access", "scope": "openid email",
        "auth_time": NOW.0 - 60, "exp": NOW.0 + 3_600, "iat": NOW.0 - 60, "jti": "j", "username": "ada",
    })
}

/// The claims with one of them replaced or added.
pub(crate) fn with(mut claims: Value, name: &str, value: impl Into<Value>) -> Value {
    claims[name] = value.into();
    claims
}

/// The claims but for one.
pub(crate) fn without(mut claims: Value, name: &str) -> Value {
    claims.as_object_mut().unwrap().remove(name).unwrap();
    claims
}

pub(crate) fn pool() -> UserPool {
    UserPool::new([Issuer::from(ISSUER)], ClientId::from(CLIENT))
}

pub(crate) fn jwks(keys: &[Value]) -> Jwks {
    Jwks::parse(json!({ "keys": keys }).to_string().as_bytes()).unwrap()
}

/// The pool's two keys.
pub(crate) static KEYS: LazyLock<Jwks> = LazyLock::new(|| jwks(&[ID_KEY.jwk(), ACCESS_KEY.jwk()]));

/// Verifies an ID token with the pool's keys.
pub(crate) fn verify_id(token: &str) -> Result<IdClaims, TokenError> {
    pool().verify_id_token(&Unverified::parse(token)?, &KEYS, NOW)
}

/// Verifies an access token with the pool's keys.
pub(crate) fn verify_access(token: &str) -> Result<AccessClaims, TokenError> {
    pool().verify_access_token(&Unverified::parse(token)?, &KEYS, NOW, &[])
}
