//! Commands that the driver knows and the WebDriver client has no method for.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// A command below the session's address.
#[derive(Debug)]
pub(super) struct Command {
    path: &'static str,
    body: Option<Value>,
}

impl Command {
    /// The browser's own protocol: <https://chromedevtools.github.io/devtools-protocol/>.
    pub(super) fn devtools(method: &str, parameters: Value) -> Command {
        Command { path: "goog/cdp/execute", body: Some(json!({ "cmd": method, "params": parameters })) }
    }

    /// What the console said since it was last asked.
    pub(super) fn console() -> Command {
        Command { path: "se/log", body: Some(json!({ "type": "browser" })) }
    }

    /// The page's cookies, with all their attributes.
    pub(super) fn cookies() -> Command {
        Command { path: "cookie", body: None }
    }

    /// Sets a cookie.
    pub(super) fn set_cookie(cookie: &Value) -> Command {
        Command { path: "cookie", body: Some(json!({ "cookie": cookie })) }
    }
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!("session/{}/{}", session_id.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        match &self.body {
            Some(body) => (Method::POST, Some(body.to_string())),
            None => (Method::GET, None),
        }
    }
}
