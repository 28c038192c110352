//! A browser, as far as cookies and redirects go (RFC 6265bis section 5).

use super::Bench;
use super::answer::Answer;
use super::ask::{Ask, HOST};

/// A cookie in the jar.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stored {
    name: String,
    value: String,
    /// The Domain attribute; without one, the cookie is this host's alone.
    domain: Option<String>,
    expires_at: u64,
}

/// A browser.
#[derive(Debug, Clone, Default)]
pub(crate) struct Browser {
    jar: Vec<Stored>,
    pub(crate) takes_no_cookies: bool,
    /// How often the hosted UI was visited.
    pub(crate) trips: usize,
}

impl Browser {
    /// The Cookie line for a request at `now`; the oldest cookie comes first.
    pub(crate) fn cookies(&self, now: u64) -> String {
        let alive = self.jar.iter().filter(|cookie| cookie.expires_at > now);
        alive.map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect::<Vec<_>>().join("; ")
    }

    /// The names of the cookies, in their order.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.jar.iter().map(|cookie| cookie.name.as_str()).collect()
    }

    /// The value of the cookie whose name ends so.
    #[track_caller]
    pub(crate) fn value(&self, name: &str) -> &str {
        &self.jar.iter().find(|cookie| cookie.name.ends_with(name)).unwrap().value
    }

    /// Puts a cookie into the jar by hand; one of the same name is replaced.
    pub(crate) fn plant(&mut self, name: &str, value: &str) {
        self.take(&format!("{name}={value}; HttpOnly; Secure; SameSite=Lax; Path=/; Max-Age=999999"), 0);
    }

    /// Puts a cookie into the jar as another gate, or a subdomain, has set it: with a Domain attribute.
    pub(crate) fn plant_with_domain(&mut self, name: &str, value: &str) {
        self.take(&format!("{name}={value}; Secure; Path=/; Max-Age=999999; Domain={HOST}"), 0);
    }

    /// Stores what an answer sets.
    pub(crate) fn store(&mut self, answer: &Answer, now: u64) {
        for line in answer.set_cookies() {
            self.take(line, now);
        }
    }

    /// Sends one request and stores what comes back.
    pub(crate) fn ask(&mut self, bench: &mut Bench, ask: Ask) -> Answer {
        let answer = bench.ask(ask.cookies(&self.cookies(bench.now)));
        self.store(&answer, bench.now);
        answer
    }

    /// Opens a page and follows every redirect, over the hosted UI where it leads there.
    #[track_caller]
    pub(crate) fn open(&mut self, bench: &mut Bench, url: &str) -> Answer {
        let answer = self.ask(bench, Ask::page(url));
        self.follow(bench, answer)
    }

    /// Begins a sign-in and comes back from the hosted UI: the callback's address, not yet opened.
    #[track_caller]
    pub(crate) fn callback(&mut self, bench: &mut Bench, url: &str) -> String {
        let answer = self.ask(bench, Ask::page(url));
        answer.assert_sign_in();
        bench.pool.authorize(answer.location())
    }

    /// Follows redirects to the end.
    #[track_caller]
    pub(crate) fn follow(&mut self, bench: &mut Bench, mut answer: Answer) -> Answer {
        for _ in 0..10 {
            let Some(url) = self.next_url(bench, &answer) else { return answer };
            answer = self.ask(bench, Ask::page(&url));
        }
        panic!("a loop: {}", answer.json);
    }

    /// Where a browser goes from an answer by itself, be it by redirect or by a page's refresh.
    pub(crate) fn next_url(&mut self, bench: &mut Bench, answer: &Answer) -> Option<String> {
        let location = answer.headers("location").first().map(|location| (*location).to_owned());
        let location = location.or_else(|| refresh(answer.body()))?;
        if location.starts_with("https://login.example.com/oauth2/authorize") {
            self.trips += 1;
            return Some(bench.pool.authorize(&location));
        }
        if location.starts_with("https://login.example.com/logout") {
            return Some("/auth/signed-out".to_owned());
        }
        Some(location)
    }

    fn take(&mut self, line: &str, now: u64) {
        let mut parts = line.split("; ");
        let (name, value) = parts.next().unwrap().split_once('=').unwrap();
        let attribute = |wanted: &str| {
            line.split("; ")
                .skip(1)
                .find_map(|part| part.strip_prefix(wanted)?.strip_prefix('='))
                .map(str::to_owned)
        };
        let domain = attribute("Domain");
        let too_long = name.len() + value.len() > 4_096;
        let breaks_prefix = name.starts_with("__Host-") && (domain.is_some() || !line.contains("; Secure"));
        if self.takes_no_cookies || too_long || breaks_prefix {
            return;
        }
        let max_age: u64 = attribute("Max-Age").unwrap().parse().unwrap();
        let stored = Stored {
            name: name.to_owned(),
            value: value.to_owned(),
            domain,
            expires_at: now.max(super::mint::NOW) + max_age,
        };
        let is_same = |other: &Stored| other.name == stored.name && other.domain == stored.domain;
        match self.jar.iter_mut().find(|other| is_same(other)) {
            Some(_) if max_age == 0 => self.jar.retain(|other| !is_same(other)),
            Some(other) => *other = stored,
            None if max_age == 0 => {}
            None => self.jar.push(stored),
        }
    }
}

fn refresh(body: &str) -> Option<String> {
    let (_, rest) = body.split_once("http-equiv=\"refresh\" content=\"0; url=")?;
    Some(rest.split('"').next()?.replace("&amp;", "&"))
}
