//! A user pool that is as strict as Cognito's: PKCE is checked, a code works once, the nonce is echoed.

use std::collections::HashMap;

use gate::pool_call::{PoolAnswer, PoolCall};
use ring::digest::{SHA256, digest};
use serde_json::{Value, json};
use url::Url;

use super::mint::*;

/// Answers a call in the pool's place, or leaves it to the pool.
pub(crate) type Script = Box<dyn FnMut(&PoolCall) -> Option<PoolAnswer>>;

/// Changes claims before they are signed.
pub(crate) type Forgery = fn(Value) -> Value;

/// What a code stands for.
struct Grant {
    person: Person,
    challenge: String,
    nonce: String,
    redirect_uri: String,
}

/// The user pool.
pub(crate) struct Pool {
    /// Who signs in next.
    pub(crate) person: Person,
    /// Whether a renewal brings a new refresh token and ends the old one.
    pub(crate) rotates: bool,
    /// Whether the old one still works for a while.
    pub(crate) has_grace: bool,
    /// Whether a sign-in brings a refresh token.
    pub(crate) gives_refresh_tokens: bool,
    /// The key that ID tokens are signed with.
    pub(crate) id_key: &'static Key,
    /// Changes the claims of each ID token before it is signed.
    pub(crate) forge: Option<Forgery>,
    /// What `/.well-known/jwks.json` holds.
    pub(crate) keys: Vec<Value>,
    pub(crate) script: Option<Script>,
    /// Every call, in order.
    pub(crate) calls: Vec<PoolCall>,
    /// Everything that was ever given out and must be told to nobody else.
    pub(crate) secrets: Vec<String>,
    grants: HashMap<String, Grant>,
    refresh_tokens: HashMap<String, Person>,
    issued: u32,
}

impl Pool {
    pub(crate) fn new() -> Pool {
        Pool {
            person: ada(),
            rotates: false,
            has_grace: false,
            gives_refresh_tokens: true,
            id_key: &ID_KEY,
            forge: None,
            keys: vec![ID_KEY.jwk(), ACCESS_KEY.jwk()],
            script: None,
            calls: Vec::new(),
            secrets: Vec::new(),
            grants: HashMap::new(),
            refresh_tokens: HashMap::new(),
            issued: 0,
        }
    }

    /// The person signs in at the hosted UI; the browser is sent to the address that this gives: a path on the site.
    pub(crate) fn authorize(&mut self, location: &str) -> String {
        let url = Url::parse(location).unwrap();
        let query: HashMap<_, _> = url.query_pairs().into_owned().collect();
        assert_eq!(query["response_type"], "code");
        assert_eq!(query["client_id"], CLIENT);
        assert_eq!(query["code_challenge_method"], "S256");
        let code = self.issue("code");
        let grant = Grant {
            person: self.person.clone(),
            challenge: query["code_challenge"].clone(),
            nonce: query["nonce"].clone(),
            redirect_uri: query["redirect_uri"].clone(),
        };
        let back = Url::parse(&grant.redirect_uri).unwrap();
        self.secrets.push(grant.nonce.clone());
        self.grants.insert(code.clone(), grant);
        format!("{}?code={code}&state={}", back.path(), query["state"])
    }

    /// A refresh token for somebody who signed in some time ago.
    pub(crate) fn refresh_token(&mut self, person: &Person) -> String {
        let token = self.issue("refresh");
        self.refresh_tokens.insert(token.clone(), person.clone());
        token
    }

    /// Ends a refresh token.
    pub(crate) fn revoke(&mut self, token: &str) {
        self.refresh_tokens.remove(token).unwrap();
    }

    /// Answers as the script says, else as the pool does.
    pub(crate) fn answer(&mut self, call: &PoolCall, now: u64) -> PoolAnswer {
        self.calls.push(call.clone());
        let form = form_of(call);
        self.secrets.extend(form.get("code_verifier").cloned());
        if let Some(answer) = self.script.as_mut().and_then(|script| script(call)) {
            return answer;
        }
        match call.url.path() {
            "/oauth2/token" if form["grant_type"] == "authorization_code" => self.exchange(&form, now),
            "/oauth2/token" => self.renew(&form, now),
            "/oauth2/revoke" => {
                self.refresh_tokens.remove(&form["token"]);
                answered(200, "")
            }
            path => {
                assert!(path.ends_with("/.well-known/jwks.json") && call.form.is_none(), "{path}");
                answered(200, &json!({ "keys": self.keys }).to_string())
            }
        }
    }

    /// How often the token endpoint was asked.
    pub(crate) fn token_calls(&self) -> usize {
        self.calls.iter().filter(|call| call.url.path() == "/oauth2/token").count()
    }

    /// How often the keys were asked for.
    pub(crate) fn key_calls(&self) -> usize {
        self.calls.iter().filter(|call| call.form.is_none()).count()
    }

    /// The form of the last call.
    pub(crate) fn last_form(&self) -> HashMap<String, String> {
        form_of(self.calls.last().unwrap())
    }

    fn exchange(&mut self, form: &HashMap<String, String>, now: u64) -> PoolAnswer {
        let Some(grant) = self.grants.remove(&form["code"]) else { return invalid_grant() };
        let verifier = encode(digest(&SHA256, form["code_verifier"].as_bytes()));
        if verifier != grant.challenge
            || form["redirect_uri"] != grant.redirect_uri
            || form["client_id"] != CLIENT
        {
            return invalid_grant();
        }
        let refresh = self.gives_refresh_tokens.then(|| self.refresh_token(&grant.person));
        self.tokens(&grant.person, Some(&grant.nonce), refresh, now)
    }

    fn renew(&mut self, form: &HashMap<String, String>, now: u64) -> PoolAnswer {
        let token = &form["refresh_token"];
        let Some(person) = self.refresh_tokens.get(token).cloned() else { return invalid_grant() };
        let rotated = self.rotates.then(|| self.refresh_token(&person));
        if rotated.is_some() && !self.has_grace {
            self.refresh_tokens.remove(token);
        }
        self.tokens(&person, None, rotated, now)
    }

    fn tokens(
        &mut self,
        person: &Person,
        nonce: Option<&str>,
        refresh: Option<String>,
        now: u64,
    ) -> PoolAnswer {
        let mut claims = id_claims(person, now);
        if let Some(nonce) = nonce {
            claims = with(claims, "nonce", nonce);
        }
        if let Some(forge) = self.forge {
            claims = forge(claims);
        }
        let mut body = json!({
            "id_token": self.id_key.token(&claims), "access_token": access_token(person, now),
            "expires_in": LIFETIME, "token_type": "Bearer",
        });
        if let Some(refresh) = refresh {
            body["refresh_token"] = refresh.into();
        }
        for token in ["id_token", "access_token"] {
            self.secrets.push(body[token].as_str().unwrap().to_owned());
        }
        answered(200, &body.to_string())
    }

    fn issue(&mut self, kind: &str) -> String {
        self.issued += 1;
        let secret =
            format!("{kind}-{}-{}", self.issued, encode(digest(&SHA256, &self.issued.to_be_bytes())));
        self.secrets.push(secret.clone());
        secret
    }
}

pub(crate) fn answered(status: u16, body: &str) -> PoolAnswer {
    PoolAnswer::Answered { status, body: body.as_bytes().to_vec() }
}

pub(crate) fn invalid_grant() -> PoolAnswer {
    answered(400, r#"{"error":"invalid_grant"}"#)
}

fn form_of(call: &PoolCall) -> HashMap<String, String> {
    let form = call.form.as_deref().unwrap_or_default();
    form_urlencoded::parse(form.as_bytes()).into_owned().collect()
}
