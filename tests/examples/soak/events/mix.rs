//! What a gate meets in its life, mixed: of every two hundred events so many of each kind.

use std::collections::BTreeMap;

use super::case::{Case, Expected};
use super::event::{call, open};
use super::ground::{Session, Sessions};

/// How many events make a round.
const ROUND: u64 = 200;
/// Coprime to the round: neighbours are of different kinds.
const STRIDE: u64 = 73;
/// Sessions that come again and again, as many as the gate remembers easily.
const FAMILIAR: usize = 40;

/// Paths by which somebody hopes to get past a route.
const HOSTILE: [&str; 16] = [
    "/public/../private/",
    "/public/%2e%2e/private/",
    "/public%2f..%2fprivate",
    "/public/..;/private",
    "//public/a",
    "/%252e%252e/private",
    "/public/%00",
    "/public\\..\\private",
    "/\"><script>alert(1)</script>",
    "/public/%c0%af",
    "/./public/../admin/",
    "/public/\u{0}",
    "/%2e/",
    "/public/a%0d%0aSet-Cookie:%20a=b",
    "/\u{202e}cilbup",
    "/public/%",
];

/// Makes the events, one after the other.
pub(super) struct Mix<'s> {
    sessions: &'s Sessions,
    fresh: usize,
    /// What the gate gave the last one whom it sent to sign in.
    attempt: Attempt,
    tally: BTreeMap<&'static str, u64>,
}

/// A sign-in that nobody finishes.
#[derive(Default)]
struct Attempt {
    state: String,
    cookie: String,
}

impl<'s> Mix<'s> {
    pub(super) fn new(sessions: &'s Sessions) -> Mix<'s> {
        Mix { sessions, fresh: FAMILIAR, attempt: Attempt::default(), tally: BTreeMap::new() }
    }

    /// The event of this number.
    pub(super) fn case(&mut self, number: u64) -> Case {
        let case = match number * STRIDE % ROUND {
            0..70 => page("a token that is new to the gate", self.unfamiliar()),
            70..110 => page("a token seen before", self.familiar(number)),
            110..125 => self.call(),
            125..140 => self.without_session(number),
            140..160 => self.hostile(number),
            160..180 => self.forged(number),
            180..196 => self.callback(number),
            rest => self.exchange(rest, number),
        };
        *self.tally.entry(case.kind).or_default() += 1;
        case
    }

    /// Remembers the attempt that an answer began.
    pub(super) fn learn(&mut self, answer: &[u8]) {
        if !answer.starts_with(br#"{"status":"302""#) {
            return;
        }
        let text = String::from_utf8_lossy(answer);
        let between = |start: &str, end: &str| Some(text.split_once(start)?.1.split_once(end)?.0.to_owned());
        if let (Some(state), Some(cookie)) = (between("&state=", "&"), between("__Host-sign-in-", ";")) {
            self.attempt = Attempt { state, cookie: format!("__Host-sign-in-{cookie}") };
        }
    }

    /// How many of each kind there were.
    pub(super) fn tally(&self) -> String {
        let counted: Vec<String> = self.tally.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
        counted.join(", ")
    }

    fn familiar(&self, number: u64) -> &'s Session {
        let position = usize::try_from(number).unwrap_or_default() % FAMILIAR;
        self.sessions.living.get(position).unwrap_or(&self.sessions.editor)
    }

    /// The next one of all the others.
    fn unfamiliar(&mut self) -> &'s Session {
        self.fresh += 1;
        if self.fresh >= self.sessions.living.len() {
            self.fresh = FAMILIAR;
        }
        self.sessions.living.get(self.fresh).unwrap_or(&self.sessions.editor)
    }

    fn call(&mut self) -> Case {
        let event = call("POST", "/api/entries?draft=1", &self.unfamiliar().cookies());
        Case { kind: "an API call", event, expected: Expected::Call }
    }

    fn without_session(&self, number: u64) -> Case {
        let (event, expected) = match number % 5 {
            0 => (open("/public/about/", "theme=dark"), Expected::Page("/public/about/index.html")),
            1 => (call("GET", "/api/entries", ""), Expected::Answer("401", "application/problem+json")),
            2 => (open("/admin/", &self.sessions.living_cookies()), Expected::Answer("403", "text/html")),
            3 => (
                call("GET", "/auth/session", &self.sessions.editor.cookies()),
                Expected::Answer("200", "editor@example.com"),
            ),
            _ => (open("/guide/?chapter=2", "theme=dark"), Expected::Answer("302", "/oauth2/authorize?")),
        };
        Case { kind: "no session, a public page, another's group, who am I", event, expected }
    }

    fn hostile(&self, number: u64) -> Case {
        let position = usize::try_from(number / 7).unwrap_or_default() % HOSTILE.len();
        let path = HOSTILE.get(position).copied().unwrap_or_default();
        Case { kind: "a hostile path", event: open(path, ""), expected: Expected::Refused }
    }

    fn forged(&mut self, number: u64) -> Case {
        let session = self.unfamiliar();
        let (signed, signature) = session.id.rsplit_once('.').unwrap_or_default();
        let (header, claims) = signed.split_once('.').unwrap_or_default();
        let forged = match number % 4 {
            0 => format!("{signed}.{}", signature.chars().rev().collect::<String>()),
            1 => format!("{signed}."),
            2 => format!("{header}.{}.{signature}", claims.to_uppercase()),
            _ => format!("eyJhbGciOiJub25lIn0.{claims}."),
        };
        let event = open("/guide/", &format!("__Host-id-token={forged}"));
        Case { kind: "a forged token", event, expected: Expected::Answer("302", "/oauth2/authorize?") }
    }

    /// Comings back that lead nowhere, none of them with an exchange.
    fn callback(&self, number: u64) -> Case {
        let Attempt { state, cookie } = &self.attempt;
        let (target, cookies, status) = match number % 5 {
            0 => (format!("/auth/callback?error=access_denied&state={state}"), cookie.as_str(), "403"),
            1 => (format!("/auth/callback?error=server_error&state={state}"), "theme=dark", "400"),
            2 => ("/auth/callback".to_owned(), "theme=dark", "400"),
            3 => (format!("/auth/callback?code=any&state={state}x"), cookie.as_str(), "400"),
            _ => (format!("/auth/callback?code=any&state={state}"), "theme=dark", "400"),
        };
        let expected = Expected::Answer(status, "text/html");
        Case { kind: "a callback with an error", event: open(&target, cookies), expected }
    }

    /// What needs the user pool.
    fn exchange(&self, which: u64, number: u64) -> Case {
        let Attempt { state, cookie } = &self.attempt;
        let (event, expected) = match which {
            196 => {
                let target = format!("/auth/callback?code=made-up&state={state}");
                (open(&target, cookie), Expected::Answer("400", "text/html"))
            }
            197 => {
                let session = &self.sessions.ended;
                (open("/guide/?a=b", &session.cookies()), Expected::Answer("307", "/guide/?a=b"))
            }
            198 => (
                open("/auth/sign-out", &format!("__Host-refresh-token=made-up-{number}; theme=dark")),
                Expected::Answer("303", "/logout?"),
            ),
            _ => (
                open("/guide/", &format!("__Host-refresh-token=made-up-{number}; theme=dark")),
                Expected::Answer("302", "/oauth2/authorize?"),
            ),
        };
        Case { kind: "an exchange with the user pool", event, expected }
    }
}

fn page(kind: &'static str, session: &Session) -> Case {
    let event = open("/guide/", &session.cookies());
    Case { kind, event, expected: Expected::Page("/guide/index.html") }
}
