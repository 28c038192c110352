//! ID tokens as Cognito writes them, each another one, signed with the key that tests sign with.

use std::thread;

use anyhow::{Context, anyhow};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rsa::PublicKeyComponents;
use ring::signature::{RSA_PKCS1_SHA256, RsaKeyPair};
use serde_json::{Value, json};

/// The issuer of every token.
pub(crate) const ISSUER: &str = "https://cognito-idp.ap-southeast-1.amazonaws.com/ap-southeast-1_EXAMPLE";
/// The app client that they are for.
pub(crate) const CLIENT: &str = "1example23456789";

const KID: &str = "id=";
const LIFETIME: u64 = 24 * 3_600;

/// Signs tokens.
pub(crate) struct Mint {
    pair: RsaKeyPair,
    now: u64,
}

impl Mint {
    /// A mint whose tokens were issued at `now`, in seconds since 1970.
    pub(crate) fn new(now: u64) -> anyhow::Result<Mint> {
        let pair = RsaKeyPair::from_pkcs8(include_bytes!("../../cognito/tests/keys/id.pk8.der"))
            .map_err(|rejected| anyhow!("the signing key is not one: {rejected}"))?;
        Ok(Mint { pair, now })
    }

    /// The keys that verify them.
    pub(crate) fn jwks(&self) -> Value {
        let public = PublicKeyComponents::<Vec<u8>>::from(self.pair.public());
        let encode = |octets: Vec<u8>| URL_SAFE_NO_PAD.encode(octets);
        json!({ "keys": [{
            "kid": KID, "kty": "RSA", "alg": "RS256", "use": "sig", "n": encode(public.n), "e": encode(public.e),
        }] })
    }

    /// So many tokens, signed on two threads.
    pub(crate) fn tokens(&self, count: usize) -> anyhow::Result<Vec<String>> {
        let half = count / 2;
        let tokens =
            |range: std::ops::Range<usize>| range.map(|n| self.token(n)).collect::<Result<Vec<_>, _>>();
        thread::scope(|scope| {
            let rest = scope.spawn(move || tokens(half..count));
            let mut all = tokens(0..half)?;
            all.extend(rest.join().map_err(|_| anyhow!("the second signing thread panicked"))??);
            Ok(all)
        })
    }

    #[expect(clippy::disallowed_methods, reason = "blinding a private operation needs a random source")]
    fn token(&self, number: usize) -> anyhow::Result<String> {
        let header = json!({ "kid": KID, "alg": "RS256" }).to_string();
        let claims = self.claims(number).to_string();
        let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
        let mut signature = vec![0; self.pair.public().modulus_len()];
        self.pair
            .sign(&RSA_PKCS1_SHA256, &ring::rand::SystemRandom::new(), signed.as_bytes(), &mut signature)
            .ok()
            .context("the key does not sign")?;
        Ok(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// As long as the ones that are seen in the wild: 1.7 KB once signed.
    fn claims(&self, number: usize) -> Value {
        json!({
            "at_hash": "n1yX0nUf1wJ5c8hQ2mUJ5A", "sub": format!("5f0c2a9e-7d31-4b1c-9a55-{number:012}"),
            "cognito:groups": ["editors"], "email_verified": true, "iss": ISSUER,
            "cognito:username": "ada", "origin_jti": format!("0b6d3a52-1f0e-4c9b-8a7e-{number:012}"),
            "aud": CLIENT, "event_id": format!("c1f7a8de-0b34-4c55-9d0f-{number:012}"), "token_use": "id",
            "auth_time": self.now, "exp": self.now + LIFETIME, "iat": self.now,
            "jti": format!("77a0c9b1-3f5c-4d7e-8a4b-{number:012}"), "email": "ada@example.com",
            "custom:profile": "x".repeat(450),
        })
    }
}
