//! What the web answers: the site, the hosted UI and the issuer, asked as a browser would.

use gate::route::{Access, Route, RouteKind};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use serde_json::Value;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use crate::doctor::facts::{Answer, ClockReading, CmsApi, GateSettings, key_ids, sample};
use crate::doctor::{Fact, Unknown};
use crate::moment::Moment;
use crate::web_client::{WebClient, WebError};

/// What the API looks for, and the distribution adds to each request.
const ORIGIN_SECRET: &str = "x-origin-secret";
/// A name that nobody gives to a file.
const NOWHERE: &str = "parapet-doctor-looks-for-nothing.txt";

/// Somebody who asks the web, and notes what it says about the time.
pub(super) struct Visitor<'a> {
    /// None: nobody is to be asked.
    web: Option<&'a WebClient>,
    cookie: Option<&'a str>,
    clocks: Vec<ClockReading>,
    tls_problems: Vec<String>,
    /// Who did not answer once is not waited for again.
    silent: Vec<(String, Unknown)>,
}

impl<'a> Visitor<'a> {
    pub(super) fn new(web: Option<&'a WebClient>, cookie: Option<&'a str>) -> Visitor<'a> {
        Visitor { web, cookie, clocks: Vec::new(), tls_problems: Vec::new(), silent: Vec::new() }
    }

    /// Opens a page; `signed_in` if there is a session at hand.
    pub(super) async fn open(&mut self, url: &str, signed_in: bool) -> Fact<Answer> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static("text/html"));
        headers.insert("sec-fetch-dest", HeaderValue::from_static("document"));
        headers.insert("sec-fetch-mode", HeaderValue::from_static("navigate"));
        let cookie = self.cookie.filter(|_| signed_in).and_then(|cookie| HeaderValue::from_str(cookie).ok());
        if let Some(mut cookie) = cookie {
            cookie.set_sensitive(true);
            headers.insert(header::COOKIE, cookie);
        }
        self.get(url, headers).await
    }

    /// Whether there is a session at hand.
    pub(super) fn is_signed_in(&self) -> bool {
        self.cookie.is_some()
    }

    async fn get(&mut self, url: &str, headers: HeaderMap) -> Fact<Answer> {
        let Some(web) = self.web else { return Fact::unknown("nothing on the web was asked (--no-web)") };
        let place = place(url);
        if let Some((_, why)) = self.silent.iter().find(|(silent, _)| *silent == place) {
            return Fact::Unknown(why.clone());
        }
        let answer = web.get(url, headers).await;
        let now = Moment::now();
        match answer {
            Ok(answer) => {
                let answer = Answer::to(url, answer);
                self.clocks.extend(clock(&answer, now));
                Fact::Known(answer)
            }
            Err(error) => {
                self.note_tls(&error);
                let why = Unknown::because(error);
                self.silent.push((place, why.clone()));
                Fact::Unknown(why)
            }
        }
    }

    fn note_tls(&mut self, error: &WebError) {
        let text = error.to_string();
        if text.contains("peer certificate") && !self.tls_problems.contains(&text) {
            self.tls_problems.push(text);
        }
    }

    /// What `/.well-known/openid-configuration` of the first issuer says.
    pub(super) async fn discovery(&mut self, gate: &GateSettings) -> Fact<Answer> {
        match gate.issuers.first() {
            Some(issuer) => {
                self.get(&format!("{issuer}/.well-known/openid-configuration"), HeaderMap::new()).await
            }
            None => Fact::unknown("the gate has no issuer"),
        }
    }

    /// The ids of the keys that can verify tokens.
    pub(super) async fn served_keys(&mut self, gate: &GateSettings) -> Fact<Vec<String>> {
        match self.get(&gate.jwks_uri, HeaderMap::new()).await {
            Fact::Known(answer) if answer.status.is_success() => {
                let document: Value = serde_json::from_str(&answer.body).unwrap_or_default();
                Fact::Known(key_ids(Some(&document), |_| true))
            }
            Fact::Known(answer) => Fact::unknown(format!("{} answers {}", answer.url, answer.status)),
            Fact::Unknown(why) => Fact::Unknown(why),
        }
    }

    /// A page that wants a session, without one.
    pub(super) async fn signed_out(&mut self, base: &str, gate: Option<&GateSettings>) -> Fact<Answer> {
        let path = match gate {
            Some(gate) => match gate.routes.routes().iter().find_map(|route| protected(gate, route)) {
                Some(path) => path,
                None => return Fact::unknown("every page is public"),
            },
            None => "/".to_owned(),
        };
        self.open(&format!("{base}{path}"), false).await
    }

    /// The authorization request that the gate sends people with, sent on.
    pub(super) async fn authorization(&mut self, signed_out: &Fact<Answer>) -> Fact<Answer> {
        match signed_out {
            Fact::Known(answer) if answer.is_authorization_request() => {
                let location = answer.header("location").unwrap_or_default().to_owned();
                self.open(&location, false).await
            }
            Fact::Known(answer) => Fact::unknown(format!("{} sends nobody to sign in", answer.url)),
            Fact::Unknown(why) => Fact::Unknown(why.clone()),
        }
    }

    /// An object that is not there, where everybody may look.
    pub(super) async fn missing(&mut self, base: &str, gate: Option<&GateSettings>) -> Fact<Answer> {
        let Some(gate) = gate else { return Fact::unknown("the gate's routes are not known") };
        let signed_in = self.is_signed_in();
        let path = gate.routes.routes().iter().find_map(|route| {
            let folder = route.pattern.as_str().strip_suffix("/*")?;
            let may = route.access == Access::Public || (signed_in && route.access == Access::SignedIn);
            let path = format!("{folder}/{NOWHERE}");
            let is_its = gate.route(&path).is_some_and(|found| found == route);
            (may && route.kind == RouteKind::Site && is_its).then_some(path)
        });
        match path {
            Some(path) => self.open(&format!("{base}{path}"), true).await,
            None => Fact::unknown("no folder of the site is public; give a session with --cookie-file"),
        }
    }

    /// What the CMS's API answers at its own address, with what the distribution shows to it and without.
    pub(super) async fn cms_api(&mut self, host: &str, secret: &str) -> Fact<CmsApi> {
        let url = format!("https://{host}/api/v1/search?q=parapet");
        let Ok(mut secret) = HeaderValue::from_str(secret) else {
            return Fact::unknown("the origin secret is no header field's value");
        };
        secret.set_sensitive(true);
        let shown =
            self.get(&url, HeaderMap::from_iter([(HeaderName::from_static(ORIGIN_SECRET), secret)])).await;
        match (shown, self.get(&url, HeaderMap::new()).await) {
            (Fact::Known(shown), Fact::Known(hidden)) => Fact::Known(CmsApi { shown, hidden }),
            (Fact::Unknown(why), _) | (_, Fact::Unknown(why)) => Fact::Unknown(why),
        }
    }

    /// What comes over plain HTTP where the site itself is there over HTTPS.
    pub(super) async fn plain_http(&mut self, base: &str, site: &Fact<Answer>) -> Fact<Option<Answer>> {
        let (Some(rest), Fact::Known(_)) = (base.strip_prefix("https://"), site) else {
            return match site {
                Fact::Known(_) => Fact::Known(None),
                Fact::Unknown(why) => Fact::Unknown(why.clone()),
            };
        };
        match self.open(&format!("http://{rest}/"), false).await {
            Fact::Known(answer) => Fact::Known(Some(answer)),
            // Where the site answers and this does not, there is nothing.
            Fact::Unknown(_) => Fact::Known(None),
        }
    }

    /// What was noted on the way: clocks, and what is wrong with certificates.
    pub(super) fn notes(self) -> (Fact<Vec<ClockReading>>, Vec<String>) {
        let clocks = if self.clocks.is_empty() {
            Fact::unknown("nothing on the web told the time")
        } else {
            let mut by_host: Vec<ClockReading> = Vec::new();
            for reading in self.clocks {
                if by_host.iter().all(|known| known.host != reading.host) {
                    by_host.push(reading);
                }
            }
            Fact::Known(by_host)
        };
        (clocks, self.tls_problems)
    }
}

/// A path of a route that wants a session.
fn protected(gate: &GateSettings, route: &Route) -> Option<String> {
    let path = match &route.kind {
        RouteKind::Site if route.pattern.as_str() == "/*" => "/".to_owned(),
        RouteKind::Site => sample(route.pattern.as_str()),
        RouteKind::App { entry } => entry.clone(),
        RouteKind::Api => return None,
    };
    let found = gate.route(&path)?;
    (found == route && route.access != Access::Public).then_some(path)
}

/// `Date` (RFC 9110 section 6.6.1) of an answer that comes from no cache.
fn clock(answer: &Answer, now: Moment) -> Option<ClockReading> {
    if answer.header("age").is_some() {
        return None;
    }
    let date = answer.header("date")?.replace(" GMT", " +0000");
    let date = OffsetDateTime::parse(&date, &Rfc2822).ok()?;
    let place = place(&answer.url);
    let host = place.split_once("://").map_or("", |(_, host)| host);
    Some(ClockReading { host: host.to_owned(), ahead: now.unix() - date.unix_timestamp() })
}

/// The scheme and host of a URL.
fn place(url: &str) -> String {
    let (scheme, rest) = url.split_once("://").unwrap_or(("", url));
    format!("{scheme}://{}", rest.split(['/', '?']).next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use gate::route::RouteTable;

    use super::*;
    use crate::doctor::checks::healthy::{answer, facts, known};

    #[test]
    fn a_date_tells_how_far_this_machine_is_ahead() {
        let fields = |more: &'static [(&'static str, &str)]| {
            let date = [("date", "Sat, 21 Nov 2026 12:29:50 GMT")];
            answer(200, &date.into_iter().chain(more.iter().copied()).collect::<Vec<_>>())
        };
        let now = Moment::from_unix(1_795_264_200);
        let reading = clock(&fields(&[]), now).unwrap();
        assert_eq!((reading.host.as_str(), reading.ahead), ("cms.example.com", 10));
        assert_eq!(clock(&fields(&[("age", "5")]), now), None);
    }

    #[test]
    fn a_page_that_wants_a_session_is_found() {
        let mut facts = facts();
        let gate = known(&mut facts.gate);
        let found = |gate: &GateSettings| -> Vec<String> {
            gate.routes.routes().iter().filter_map(|route| protected(gate, route)).collect()
        };
        assert_eq!(found(gate), ["/guide/x", "/members/x", "/team/x", "/admin/index.html"]);
        let mut routes = gate.routes.routes().to_vec();
        routes.last_mut().unwrap().access = Access::SignedIn;
        gate.routes = RouteTable::new(routes);
        assert_eq!(found(gate).last().unwrap(), "/", "the site's start page stands for all of it");
    }
}
