//! A mint for test tokens: signs whatever a test wants signed, right or wrong.

use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rsa::PublicKeyComponents;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};

pub(crate) const NOW: u64 = 1_800_000_000;
pub(crate) const ISSUER: &str = "https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_EXAMPLE";
pub(crate) const CLIENT: &str = "1example23456789";

/// How long the pool's tokens live, in seconds.
pub(crate) const LIFETIME: u64 = 3_600;

/// The key that the pool signs ID tokens with.
pub(crate) static ID_KEY: LazyLock<Key> =
    LazyLock::new(|| Key::load("id=", include_bytes!("../../../../cognito/tests/keys/id.pk8.der")));
/// The key that the pool signs access tokens with.
pub(crate) static ACCESS_KEY: LazyLock<Key> =
    LazyLock::new(|| Key::load("access=", include_bytes!("../../../../cognito/tests/keys/access.pk8.der")));
/// A key that is not the pool's, unless a test rotates it in.
pub(crate) static STRANGER: LazyLock<Key> = LazyLock::new(|| {
    Key::load("stranger=", include_bytes!("../../../../cognito/tests/keys/stranger.pk8.der"))
});

pub(crate) struct Key {
    pub(crate) kid: &'static str,
    pub(crate) pair: RsaKeyPair,
}

impl Key {
    fn load(kid: &'static str, pkcs8: &[u8]) -> Key {
        Key { kid, pair: RsaKeyPair::from_pkcs8(pkcs8).unwrap() }
    }

    pub(crate) fn jwk(&self) -> Value {
        let public = PublicKeyComponents::<Vec<u8>>::from(self.pair.public());
        json!({
            "kid": self.kid, "kty": "RSA", "alg": "RS256", "use": "sig",
            "n": encode(public.n), "e": encode(public.e),
        })
    }

    /// The header that Cognito writes.
    pub(crate) fn header(&self) -> Value {
        json!({ "kid": self.kid, "alg": "RS256" })
    }

    /// A token as Cognito writes it.
    pub(crate) fn token(&self, claims: &Value) -> String {
        self.sign(&self.header().to_string(), &claims.to_string())
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

/// Somebody with an account in the pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Person {
    pub(crate) sub: String,
    pub(crate) username: String,
    pub(crate) groups: Vec<String>,
}

impl Person {
    pub(crate) fn new(sub: &str, username: &str, groups: &[&str]) -> Person {
        let groups = groups.iter().map(|group| (*group).to_owned()).collect();
        Person { sub: sub.to_owned(), username: username.to_owned(), groups }
    }
}

/// An editor.
pub(crate) fn ada() -> Person {
    Person::new("sub-of-ada", "ada", &["editors"])
}

/// A reader.
pub(crate) fn bob() -> Person {
    Person::new("sub-of-bob", "bob", &["readers"])
}

/// An ID token's claims as Cognito writes them.
pub(crate) fn id_claims(person: &Person, now: u64) -> Value {
    json!({
        "sub": person.sub, "cognito:groups": person.groups, "email_verified": true, "iss": ISSUER,
        "cognito:username": person.username, "origin_jti": "o", "aud": CLIENT, "event_id": "e",
        "token_use": "id", "auth_time": now, "exp": now + LIFETIME, "iat": now, "jti": "j",
        "email": "somebody@example.com",
    })
}

/// An access token's claims as Cognito writes them.
pub(crate) fn access_claims(person: &Person, now: u64) -> Value {
    json!({
        "sub": person.sub, "cognito:groups": person.groups, "iss": ISSUER, "version": 2, "client_id": CLIENT,
        "origin_jti": "o", "event_id": "e", "token_use": "access", "scope": "openid email",
        "auth_time": now, "exp": now + LIFETIME, "iat": now, "jti": "j", "username": person.username,
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

/// A good ID token, issued at `now`.
pub(crate) fn id_token(person: &Person, now: u64) -> String {
    ID_KEY.token(&id_claims(person, now))
}

/// A good access token, issued at `now`.
pub(crate) fn access_token(person: &Person, now: u64) -> String {
    ACCESS_KEY.token(&access_claims(person, now))
}

/// A token that says it is the pool's and is not.
pub(crate) fn forged(claims: &Value) -> String {
    let key = if claims["token_use"] == "id" { &ID_KEY } else { &ACCESS_KEY };
    STRANGER.sign(&key.header().to_string(), &claims.to_string())
}
