//! As much of a browser as the hosted UI needs: cookies, hidden fields, no script.

use std::collections::BTreeMap;
use std::sync::Mutex;

use reqwest::header::{COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::{Method, StatusCode};
use url::Url;

use crate::pool::world::{CALLBACK, CHALLENGE, CLIENT, World};

pub(crate) struct Browser {
    base_url: String,
    http: reqwest::Client,
    cookies: Mutex<BTreeMap<String, String>>,
}

pub(crate) struct Answer {
    pub(crate) url: Url,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

/// An authorization request that succeeds, with `more` added to it.
pub(crate) fn authorize_path(more: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query
        .append_pair("client_id", CLIENT)
        .append_pair("redirect_uri", CALLBACK)
        .append_pair("response_type", "code")
        .append_pair("code_challenge_method", "S256")
        .append_pair("code_challenge", CHALLENGE);
    query.extend_pairs(more);
    format!("/oauth2/authorize?{}", query.finish())
}

impl Browser {
    pub(crate) fn new(world: &World) -> Self {
        let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { base_url: world.pool.base_url().to_owned(), http, cookies: Mutex::default() }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, &format!("{}{path}", self.base_url), None).await
    }

    /// Follows redirects as long as they stay with the pool.
    pub(crate) async fn visit(&self, path: &str) -> Answer {
        let answer = self.get(path).await;
        self.follow(answer).await
    }

    /// Fills in the form on a page that leads to `action` and follows what comes of it.
    pub(crate) async fn submit(&self, page: &Answer, action: &str, fields: &[(&str, &str)]) -> Answer {
        let target = attribute(&page.body, &format!("action=\"{action}"), action);
        let csrf = attribute(&page.body, "name=\"_csrf\" value=\"", "");
        let mut form = vec![("_csrf", csrf.as_str())];
        form.extend_from_slice(fields);
        let answer = self.send(Method::POST, &format!("{}{target}", self.base_url), Some(&form)).await;
        self.follow(answer).await
    }

    /// The whole way from the authorization request to the code.
    pub(crate) async fn sign_in(&self, login: &str, password: &str, more: &[(&str, &str)]) -> Answer {
        let page = self.visit(&authorize_path(more)).await;
        assert_eq!(page.url.path(), "/login");
        self.submit(&page, "/login", &[("username", login), ("password", password)]).await
    }

    pub(crate) fn forget_cookies(&self) {
        self.cookies.lock().unwrap().clear();
    }

    async fn follow(&self, mut answer: Answer) -> Answer {
        while let Some(location) = answer.location() {
            let next = answer.url.join(&location).unwrap();
            if !next.as_str().starts_with(&self.base_url) {
                break;
            }
            answer = self.send(Method::GET, next.as_str(), None).await;
        }
        answer
    }

    async fn send(&self, method: Method, url: &str, form: Option<&[(&str, &str)]>) -> Answer {
        let jar = self.cookies.lock().unwrap().clone();
        let cookies: Vec<String> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let mut request = self.http.request(method, url);
        if !cookies.is_empty() {
            request = request.header(COOKIE, cookies.join("; "));
        }
        if let Some(form) = form {
            request = request.form(form);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        for cookie in headers.get_all(SET_COOKIE) {
            self.keep(cookie.to_str().unwrap());
        }
        Answer { url: Url::parse(url).unwrap(), status, headers, body: response.text().await.unwrap() }
    }

    fn keep(&self, cookie: &str) {
        assert!(
            cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && cookie.contains("; Path=/")
        );
        let (name, value) = cookie.split(';').next().unwrap().split_once('=').unwrap();
        let mut jar = self.cookies.lock().unwrap();
        if cookie.contains("Max-Age=0") {
            jar.remove(name);
        } else {
            jar.insert(name.to_owned(), value.to_owned());
        }
    }
}

impl Answer {
    pub(crate) fn location(&self) -> Option<String> {
        self.headers.get(LOCATION).map(|value| value.to_str().unwrap().to_owned())
    }

    /// A parameter of the redirect to the client.
    pub(crate) fn returned(&self, name: &str) -> Option<String> {
        let location = Url::parse(&self.location().expect("a redirect")).unwrap();
        assert!(location.as_str().starts_with(CALLBACK), "{location}");
        location.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    pub(crate) fn code(&self) -> String {
        self.returned("code").expect("a code")
    }

    pub(crate) fn shows(&self, text: &str) {
        assert!(self.body.contains(text), "{text:?} is not in {}", self.body);
    }
}

/// From `start` of what follows `marker` to the closing quote, entities undone.
fn attribute(body: &str, marker: &str, start: &str) -> String {
    let rest = body.split_once(marker).unwrap_or_else(|| panic!("no {marker} in {body}")).1;
    format!("{start}{}", rest.split('"').next().unwrap()).replace("&amp;", "&")
}
