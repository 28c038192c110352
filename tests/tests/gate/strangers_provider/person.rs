//! A person with a browser, as far as the provider's pages go. The gate's own cookies are kept apart.

use std::collections::BTreeMap;

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use url::Url;

use super::cookies::Cookies;
use super::event::HOST;
use super::gate::Gate;

pub(super) struct Person {
    http: Client,
    cookies: BTreeMap<String, String>,
}

/// Where following redirects ends.
pub(super) enum Landing {
    /// A page of the provider's.
    Page(Page),
    /// A path and query at the gate.
    Gate(String),
}

pub(super) struct Page {
    url: Url,
    text: String,
}

impl Person {
    pub(super) fn new() -> Self {
        let http = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { http, cookies: BTreeMap::new() }
    }

    pub(super) async fn open(&mut self, url: &str) -> Landing {
        let url = Url::parse(url).unwrap();
        self.follow(url.clone(), self.http.get(url)).await
    }

    /// Opens an authorization request, is asked who they are, and answers; the path and query of the callback.
    pub(super) async fn sign_in(&mut self, authorization_request: &str, name: &str) -> String {
        let page = self.open(authorization_request).await.page();
        self.fill_in(&page, &[("login", name), ("password", "any")]).await.at_gate()
    }

    /// Posts a page's form: what is hidden in it, and these fields.
    pub(super) async fn fill_in(&mut self, page: &Page, fields: &[(&str, &str)]) -> Landing {
        let url = page.url.join(&page.attribute("action")).unwrap();
        let hidden = page.hidden();
        let fields: Vec<(&str, &str)> = hidden
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .chain(fields.iter().copied())
            .collect();
        self.follow(url.clone(), self.http.post(url).form(&fields)).await
    }

    async fn follow(&mut self, mut url: Url, mut request: RequestBuilder) -> Landing {
        loop {
            let cookies: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let response = request.header(COOKIE, cookies.join("; ")).send().await.unwrap();
            for line in response.headers().get_all(SET_COOKIE) {
                let pair = line.to_str().unwrap().split(';').next().unwrap();
                match pair.split_once('=').unwrap() {
                    (name, "") => self.cookies.remove(name),
                    (name, value) => self.cookies.insert(name.to_owned(), value.to_owned()),
                };
            }
            let Some(location) = response.headers().get(LOCATION) else {
                let status = response.status();
                let text = response.text().await.unwrap();
                assert!(status.is_success(), "{status} at {url}: {text}");
                return Landing::Page(Page { url, text });
            };
            url = url.join(location.to_str().unwrap()).unwrap();
            if url.as_str().starts_with(&format!("http://{HOST}/")) {
                let query = url.query().map_or(String::new(), |query| format!("?{query}"));
                return Landing::Gate(format!("{}{query}", url.path()));
            }
            request = self.http.get(url.clone());
        }
    }
}

impl Landing {
    pub(super) fn page(self) -> Page {
        match self {
            Self::Page(page) => page,
            Self::Gate(target) => panic!("no page of the provider's, but the gate's {target}"),
        }
    }

    pub(super) fn at_gate(self) -> String {
        match self {
            Self::Gate(target) => target,
            Self::Page(page) => panic!("not back at the gate, but at {}: {}", page.url, page.text),
        }
    }
}

impl Page {
    pub(super) fn is_of_sign_in(&self) -> bool {
        self.text.contains("name=\"login\"")
    }

    /// Where the link leads that gives the sign-in up.
    pub(super) fn cancel_link(&self) -> String {
        let (before, _) = self.text.split_once(">[ Cancel ]").expect("a link to cancel");
        before.trim_end_matches('"').rsplit_once('"').unwrap().1.to_owned()
    }

    fn attribute(&self, name: &str) -> String {
        let marker = format!("{name}=\"");
        let (_, rest) = self.text.split_once(&marker).unwrap_or_else(|| panic!("no {name} in {}", self.text));
        rest.split('"').next().unwrap().replace("&amp;", "&")
    }

    fn hidden(&self) -> Vec<(String, String)> {
        let fields = self.text.split("<input type=\"hidden\" name=\"").skip(1);
        fields
            .map(|rest| {
                let mut parts = rest.split('"');
                let name = parts.next().unwrap();
                (name.to_owned(), parts.nth(1).unwrap().to_owned())
            })
            .collect()
    }
}

/// Signs in from a page that needs it; the gate's cookies, back on that page.
pub(super) async fn session(gate: &Gate, person: &mut Person, name: &str, target: &str) -> Cookies {
    let mut browser = Cookies::default();
    let sign_in = gate.open(target, &browser).await;
    assert_eq!(sign_in.status(), Some(302), "{sign_in:?}");
    browser.keep(&sign_in);
    let callback = person.sign_in(sign_in.location(), name).await;
    let back = gate.open(&callback, &browser).await;
    assert_eq!(back.status(), Some(303), "{back:?}\n{}", gate.output());
    assert_eq!(back.location(), target);
    browser.keep(&back);
    browser
}
