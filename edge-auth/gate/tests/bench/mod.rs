//! A bench for the gate: everything around it stands still, and everything asserted goes through the event's JSON.
//!
//! Every answer runs through [`rules::check`], so that CloudFront's rules are held by each test.

pub(crate) mod answer;
pub(crate) mod ask;
pub(crate) mod browser;
pub(crate) mod mint;
pub(crate) mod pool;
mod rules;

use cognito::UnixTime;
use gate::config::Config;
use gate::event;
use gate::flow::{Gate, Step};
use gate::memory::Memory;
use gate::moment::{Moment, Random};
use serde_json::{Value, json};

pub(crate) use answer::Answer;
pub(crate) use ask::{Ask, HOST, event_of};
pub(crate) use browser::Browser;
pub(crate) use mint::*;
pub(crate) use pool::{Forgery, Pool, answered, invalid_grant};

/// The prefix of the names of this client's cookies in the layout `amplify`.
pub(crate) const AMPLIFY: &str = "CognitoIdentityServiceProvider.1example23456789";

/// The two layouts of cookies.
pub(crate) const LAYOUTS: [&str; 2] = ["host", "amplify"];

/// A gate with everything around it.
pub(crate) struct Bench {
    pub(crate) gate: Gate,
    pub(crate) memory: Memory,
    /// The clock, in seconds since the Unix epoch.
    pub(crate) now: u64,
    pub(crate) pool: Pool,
    random: Splitmix,
    is_amplify: bool,
    keys: Value,
}

/// The configuration of the contract, with keys, and a public API besides.
pub(crate) fn config() -> Value {
    json!({
        "hosts": [HOST],
        "auth_prefix": "/auth",
        "user_pool": {
            "issuers": [ISSUER],
            "jwks_uri": format!("{ISSUER}/.well-known/jwks.json"),
            "jwks": { "keys": [ID_KEY.jwk(), ACCESS_KEY.jwk()] },
            "domain": "https://login.example.com",
            "client_id": CLIENT,
            "client_secret": null,
            "scopes": ["openid", "email", "profile"],
        },
        "cookies": { "layout": "host", "sealing_keys": [sealing_key(1)] },
        "session": { "renew_within_seconds": 300 },
        "routes": [
            { "path": "/public/*", "kind": "site", "access": "public" },
            { "path": "/open/*", "kind": "api", "access": "public" },
            { "path": "/api/*", "kind": "api", "access": "signed-in" },
            { "path": "/admin/*", "kind": "app", "access": { "groups": ["editors", "admins"] }, "entry": "/admin/index.html" },
            { "path": "/*", "kind": "site", "access": "signed-in" },
        ],
        "response_headers": { "strict-transport-security": "max-age=31536000" },
        "api_clients": ["another-client"],
        "log": "info",
    })
}

pub(crate) fn sealing_key(byte: u8) -> String {
    encode([byte; 32])
}

impl Bench {
    /// The gate of the contract, with cookies of its own layout.
    pub(crate) fn new() -> Bench {
        Bench::of(config())
    }

    /// The same with the cookies of a layout.
    pub(crate) fn with_layout(layout: &str) -> Bench {
        let mut config = config();
        config["cookies"]["layout"] = layout.into();
        Bench::of(config)
    }

    /// A gate for any configuration.
    pub(crate) fn of(document: Value) -> Bench {
        let config = Config::parse(&document.to_string()).unwrap();
        let memory = Memory::new(config.jwks.clone());
        Bench {
            gate: Gate::new(config),
            memory,
            now: NOW,
            pool: Pool::new(),
            random: Splitmix(1),
            is_amplify: document["cookies"]["layout"] == "amplify",
            keys: document["cookies"]["sealing_keys"].clone(),
        }
    }

    /// Another instance of the function takes over: it remembers nothing.
    pub(crate) fn restart(&mut self) {
        self.memory = Memory::new(self.gate.config().jwks.clone());
    }

    /// Sends a request through.
    #[track_caller]
    pub(crate) fn ask(&mut self, ask: Ask) -> Answer {
        self.ask_event(&ask.event())
    }

    /// Sends an event through.
    #[track_caller]
    pub(crate) fn ask_event(&mut self, event: &Value) -> Answer {
        let (text, log) = self.decide(&event.to_string());
        let json: Value = serde_json::from_str(&text).unwrap();
        let answer = Answer { json, log: log.as_deref().map(|line| serde_json::from_str(line).unwrap()) };
        rules::check(event, &text, &answer, log.as_deref(), &self.secrets(event));
        answer
    }

    /// What the function returns for any text at all, and the line in the log.
    pub(crate) fn decide(&mut self, event: &str) -> (String, Option<String>) {
        let mut moment = Moment { now: UnixTime(self.now), random: &mut self.random };
        let step = match event::read(event) {
            Ok(request) => self.gate.decide(request, &mut self.memory, &mut moment),
            Err(error) => Step::Decided(self.gate.fail(&error.to_string())),
        };
        let decision = match step {
            Step::Decided(decision) => decision,
            Step::Exchange(mut exchange) => {
                let answer = self.pool.answer(exchange.call(), self.now);
                let keys_call = exchange.keys_call(&answer, &self.memory);
                let keys = keys_call.map(|call| self.pool.answer(&call, self.now));
                exchange.finish(&answer, keys.as_ref(), &mut self.memory, &mut moment)
            }
        };
        let line = decision.record.as_ref().map(|record| record.line(None, self.now * 1_000));
        (event::write(&decision.outcome).unwrap().get().to_owned(), line)
    }

    /// The name of a session's cookie: `id`, `access` or `refresh`.
    pub(crate) fn cookie_name(&self, kind: &str, username: &str) -> String {
        if self.is_amplify {
            format!("CognitoIdentityServiceProvider.{CLIENT}.{username}.{kind}Token")
        } else {
            format!("__Host-{kind}-token")
        }
    }

    /// The Cookie line of a session with these tokens; the user name as the cookies' names hold it.
    pub(crate) fn session_of(&self, username: &str, tokens: &[(&str, &str)]) -> String {
        let mut pairs: Vec<String> = tokens
            .iter()
            .map(|(kind, token)| format!("{}={token}", self.cookie_name(kind, username)))
            .collect();
        if self.is_amplify {
            pairs.push(format!("CognitoIdentityServiceProvider.{CLIENT}.LastAuthUser={username}"));
        }
        pairs.join("; ")
    }

    /// The Cookie line of a person's session whose tokens were issued at `issued_at`.
    pub(crate) fn session(&mut self, person: &Person, issued_at: u64) -> String {
        let refresh = self.pool.refresh_token(person);
        let (id, access) = (id_token(person, issued_at), access_token(person, issued_at));
        self.session_of(&person.username, &[("id", &id), ("access", &access), ("refresh", &refresh)])
    }

    /// Signs somebody in, in a browser of their own.
    #[track_caller]
    pub(crate) fn signed_in(&mut self, person: &Person) -> Browser {
        let mut browser = Browser::default();
        self.pool.person = person.clone();
        browser.open(self, "/").assert_forwarded();
        browser
    }

    /// Who is signed in with these Cookie lines, according to `/auth/session`.
    #[track_caller]
    pub(crate) fn user_of(&mut self, cookies: &[&str]) -> Option<String> {
        let ask = cookies.iter().fold(Ask::fetch("GET", "/auth/session"), |ask, line| ask.cookies(line));
        let answer = self.ask(ask);
        (answer.status() == 200).then(|| answer.document()["user"]["username"].as_str().unwrap().to_owned())
    }

    /// Everything that must stand in no page and no log line.
    fn secrets(&self, event: &Value) -> Vec<String> {
        let mut secrets = self.pool.secrets.clone();
        secrets.extend(self.keys.as_array().unwrap().iter().map(|key| key.as_str().unwrap().to_owned()));
        let headers = &event["Records"][0]["cf"]["request"]["headers"];
        for line in headers["cookie"].as_array().into_iter().flatten() {
            let pairs = line["value"].as_str().unwrap_or_default().split(';');
            let tokens = pairs.filter(|pair| !pair.contains("LastAuthUser"));
            secrets.extend(tokens.filter_map(|pair| Some(pair.split_once('=')?.1.trim().to_owned())));
        }
        for line in headers["authorization"].as_array().into_iter().flatten() {
            secrets.extend(
                line["value"].as_str().and_then(|value| value.strip_prefix("Bearer ")).map(str::to_owned),
            );
        }
        secrets.retain(|secret| secret.len() >= 16);
        secrets
    }
}

/// Randomness that is the same in every run (Steele, Lea and Flood, 2014).
struct Splitmix(u64);

impl Random for Splitmix {
    fn fill(&mut self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut word = self.0;
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(word ^ (word >> 31)).to_be_bytes()[..chunk.len()]);
        }
    }
}
