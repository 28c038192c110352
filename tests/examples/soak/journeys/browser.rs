//! A browser without a window: it keeps cookies, follows redirects, and says what browsers say about themselves.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, bail, ensure};
use reqwest::header::{ACCEPT, CONTENT_TYPE, COOKIE, LOCATION, ORIGIN, RETRY_AFTER, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Response};
use tests::hosted_ui::Person;
use tokio::time::Instant;
use url::Url;

use super::page::Page;
use super::session::{self, Session};
use super::tally::Tally;

/// After so many redirects a browser gives up.
const MOST_REDIRECTS: usize = 10;

type Jar = BTreeMap<String, BTreeMap<String, String>>;

/// A person's browser; all its tabs share the cookies.
pub(super) struct Browser {
    http: Client,
    /// By host: ports make no difference.
    jar: Mutex<Jar>,
    tally: Arc<Tally>,
}

/// A request as it goes from one redirect to the next.
struct Asking {
    method: Method,
    body: Option<Vec<(String, String)>>,
    json: Option<String>,
    is_navigation: bool,
}

impl Browser {
    pub(super) fn new(tally: &Arc<Tally>) -> anyhow::Result<Browser> {
        let http = Client::builder().redirect(Policy::none()).build()?;
        Ok(Browser { http, jar: Mutex::default(), tally: Arc::clone(tally) })
    }

    /// Types an address into the address bar.
    pub(super) async fn open(&self, address: &str) -> anyhow::Result<Page> {
        let asking = Asking { method: Method::GET, body: None, json: None, is_navigation: true };
        self.follow(Url::parse(address)?, asking).await
    }

    /// A script of a page asks; with a body, it posts JSON.
    pub(super) async fn fetch(&self, address: &str, json: Option<String>) -> anyhow::Result<Page> {
        let method = if json.is_some() { Method::POST } else { Method::GET };
        let asking = Asking { method, body: None, json, is_navigation: false };
        self.follow(Url::parse(address)?, asking).await
    }

    /// Fills in the sign-in form and sends it.
    pub(super) async fn sign_in(&self, page: &Page, person: Person) -> anyhow::Result<Page> {
        page.shows(200, "name=\"password\"")?;
        let (action, token) = page.form()?;
        let fields = [("_csrf", token.as_str()), ("username", person.email), ("password", person.password)];
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let asking = Asking { method: Method::POST, body: Some(fields), json: None, is_navigation: true };
        self.follow(action, asking).await
    }

    /// The value of one of the site's cookies.
    pub(super) fn cookie(&self, name: &str) -> Option<String> {
        self.jar().get("localhost").and_then(|cookies| cookies.get(name)).cloned()
    }

    /// The session that the site's cookies hold.
    pub(super) fn session(&self, site: &str) -> anyhow::Result<Session> {
        Session::of_cookies(&self.cookies_for(&Url::parse(site)?))
    }

    /// The names of the site's cookies.
    pub(super) fn cookie_names(&self) -> Vec<String> {
        self.jar().get("localhost").map(|cookies| cookies.keys().cloned().collect()).unwrap_or_default()
    }

    async fn follow(&self, mut url: Url, mut asking: Asking) -> anyhow::Result<Page> {
        let mut renewals = 0;
        for _ in 0..MOST_REDIRECTS {
            // As they are sent: another tab may change them before the answer comes.
            let (cookies, asked_at) = (self.cookies_for(&url), Instant::now());
            let response = self.ask(&url, &asking, &cookies).await?;
            let (answered_at, second) = (Instant::now(), session::now());
            let status = response.status().as_u16();
            self.tally.answered(status);
            if response.headers().contains_key(RETRY_AFTER)
                && let Some(stood_still) = self.tally.standstills.explanation(asked_at, answered_at)
            {
                return Err(stood_still.into());
            }
            self.keep(&url, &response)?;
            let Some(location) = response.headers().get(LOCATION) else {
                ensure!(!response.status().is_redirection(), "status {status} at {url} leads nowhere");
                let text = response.text().await?;
                return Ok(Page { url, status, text, renewals });
            };
            url = url.join(location.to_str()?)?;
            match status {
                302 | 303 => {
                    asking = Asking { method: Method::GET, body: None, json: None, ..asking };
                }
                307 => {
                    Session::of_cookies(&cookies)?.may_be_renewed(second)?;
                    renewals += 1;
                }
                _ => bail!("status {status} leads to {url}"),
            }
        }
        bail!("more than {MOST_REDIRECTS} redirects, the last one to {url}")
    }

    async fn ask(&self, url: &Url, asking: &Asking, cookies: &str) -> anyhow::Result<Response> {
        let mut request = self.http.request(asking.method.clone(), url.clone());
        request = if asking.is_navigation {
            request.header(ACCEPT, "text/html,*/*;q=0.8").header("Sec-Fetch-Dest", "document")
        } else {
            let origin = url.origin().ascii_serialization();
            request
                .header(ACCEPT, "application/json")
                .header("Sec-Fetch-Site", "same-origin")
                .header(ORIGIN, origin)
        };
        if let Some(fields) = &asking.body {
            request = request.form(fields);
        }
        if let Some(json) = &asking.json {
            request = request.header(CONTENT_TYPE, "application/json").body(json.clone());
        }
        let request: RequestBuilder = request.header(COOKIE, cookies);
        request.send().await.with_context(|| format!("no answer from {url}"))
    }

    fn cookies_for(&self, url: &Url) -> String {
        let jar = self.jar();
        let cookies = jar.get(url.host_str().unwrap_or_default()).into_iter().flatten();
        cookies.map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ")
    }

    fn keep(&self, url: &Url, response: &Response) -> anyhow::Result<()> {
        let mut jar = self.jar();
        let cookies = jar.entry(url.host_str().unwrap_or_default().to_owned()).or_default();
        for line in response.headers().get_all(SET_COOKIE) {
            let line = line.to_str()?;
            let (name, value) = line
                .split(';')
                .next()
                .and_then(|pair| pair.split_once('='))
                .context("a cookie has no name")?;
            if value.is_empty() || line.contains("Max-Age=0") {
                cookies.remove(name);
            } else {
                cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        Ok(())
    }

    fn jar(&self) -> MutexGuard<'_, Jar> {
        self.jar.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
