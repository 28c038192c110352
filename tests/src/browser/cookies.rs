//! The browser's cookies, as its owner could look at them; scripts cannot.

use serde_json::{Value, json};

use super::{Browser, BrowserError, Command};

/// A cookie with its attributes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookie {
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: String,
    /// Its path.
    pub path: String,
    /// Whether it is kept from scripts.
    pub http_only: bool,
    /// Whether it is sent over safe connections only.
    pub secure: bool,
    /// `Strict`, `Lax` or `None`.
    pub same_site: String,
}

impl Browser {
    /// The cookies that the page's address gets.
    ///
    /// # Errors
    /// If there is no page.
    pub async fn cookies(&self) -> Result<Vec<Cookie>, BrowserError> {
        let found = self.client.issue_cmd(Command::cookies()).await?;
        Ok(found.as_array().into_iter().flatten().map(Cookie::read).collect())
    }

    /// The value of a cookie that the page's address gets.
    ///
    /// # Errors
    /// If there is no page.
    pub async fn cookie(&self, name: &str) -> Result<Option<String>, BrowserError> {
        let cookies = self.cookies().await?;
        Ok(cookies.into_iter().find(|cookie| cookie.name == name).map(|cookie| cookie.value))
    }

    /// Puts a cookie for the page's address in place of one of the same name, as the gate would set it.
    ///
    /// # Errors
    /// If the browser takes none.
    pub async fn replace_cookie(&self, name: &str, value: &str) -> Result<(), BrowserError> {
        let cookie = json!({
            "name": name, "value": value, "path": "/", "httpOnly": true, "secure": true, "sameSite": "Lax",
        });
        self.client.issue_cmd(Command::set_cookie(&cookie)).await?;
        Ok(())
    }

    /// Loses every cookie, of all addresses.
    ///
    /// # Errors
    /// If the browser cannot.
    pub async fn forget_cookies(&self) -> Result<(), BrowserError> {
        self.client.issue_cmd(Command::devtools("Network.clearBrowserCookies", json!({}))).await?;
        Ok(())
    }
}

impl Cookie {
    fn read(found: &Value) -> Cookie {
        let text = |name: &str| found.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let is = |name: &str| found.get(name).and_then(Value::as_bool).unwrap_or_default();
        Cookie {
            name: text("name"),
            value: text("value"),
            path: text("path"),
            http_only: is("httpOnly"),
            secure: is("secure"),
            same_site: text("sameSite"),
        }
    }
}
