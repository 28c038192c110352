//! As much of a browser as signing in at the hosted UI takes.

use std::collections::BTreeMap;

use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder, Response};
use url::Url;

/// Follows an authorization request as a person would who types this name and password, up to where the user pool
/// sends the browser back to the gate: the path and query of the callback.
pub(crate) async fn sign_in(authorization_request: &str, login: &str, password: &str) -> String {
    let mut browser = Browser {
        http: Client::builder().redirect(Policy::none()).build().unwrap(),
        cookies: BTreeMap::new(),
    };
    let mut url = Url::parse(authorization_request).unwrap();
    let page = loop {
        let response = browser.send(browser.http.get(url.clone())).await;
        match location(&response) {
            Some(location) => url = url.join(&location).unwrap(),
            None => break response.text().await.unwrap(),
        }
    };
    let form = [
        ("_csrf", attribute(&page, "name=\"_csrf\" value=\"")),
        ("username", login.to_owned()),
        ("password", password.to_owned()),
    ];
    let action = format!("/login{}", attribute(&page, "action=\"/login"));
    let response = browser.send(browser.http.post(url.join(&action).unwrap()).form(&form)).await;
    let back = location(&response).expect("the right password leads back to the gate");
    let back = Url::parse(&back).unwrap();
    assert_eq!(back.path(), "/auth/callback");
    format!("{}?{}", back.path(), back.query().unwrap())
}

struct Browser {
    http: Client,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    async fn send(&mut self, request: RequestBuilder) -> Response {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let response = request.header(COOKIE, cookies.join("; ")).send().await.unwrap();
        for line in response.headers().get_all(SET_COOKIE) {
            let (name, value) = line.to_str().unwrap().split(';').next().unwrap().split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        response
    }
}

fn location(response: &Response) -> Option<String> {
    response.headers().get(LOCATION).map(|value| value.to_str().unwrap().to_owned())
}

/// What follows `marker` up to the closing quote, entities undone.
fn attribute(page: &str, marker: &str) -> String {
    let rest = page.split_once(marker).unwrap_or_else(|| panic!("no {marker} in {page}")).1;
    rest.split('"').next().unwrap().replace("&amp;", "&")
}
