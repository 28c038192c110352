//! How a browser is set up before it starts.

use serde_json::{Map, Value, json};

/// A person's browser and its settings.
#[derive(Debug, Clone)]
pub struct BrowserSettings {
    /// The languages that it asks for, such as `de,en`.
    pub languages: String,
    /// The site, such as `http://localhost:8080`, that may keep no cookies.
    pub no_cookies_for: Option<String>,
    /// The width of its window in pixels.
    pub width: u32,
    /// The height of its window in pixels.
    pub height: u32,
}

impl Default for BrowserSettings {
    fn default() -> BrowserSettings {
        BrowserSettings { languages: "en".to_owned(), no_cookies_for: None, width: 1280, height: 900 }
    }
}

impl BrowserSettings {
    /// The session's capabilities, for a browser whose profile is in this folder.
    pub(super) fn capabilities(&self, profile: &str) -> Map<String, Value> {
        let arguments = [
            "--headless".to_owned(),
            "--no-sandbox".to_owned(),
            "--disable-gpu".to_owned(),
            "--disable-quic".to_owned(),
            "--no-first-run".to_owned(),
            "--disable-background-networking".to_owned(),
            "--disable-component-update".to_owned(),
            "--disable-sync".to_owned(),
            // Pages of others may want fonts from elsewhere; tests ask nobody.
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1".to_owned(),
            // The browser ends when the driver's end of the pipe is gone.
            "--remote-debugging-pipe".to_owned(),
            format!("--user-data-dir={profile}"),
            format!("--window-size={},{}", self.width, self.height),
        ];
        let blocked: Map<String, Value> =
            self.no_cookies_for.iter().map(|site| (format!("{site},*"), json!({ "setting": 2 }))).collect();
        let preferences = json!({
            "intl.accept_languages": self.languages,
            "profile.content_settings.exceptions.cookies": blocked,
        });
        let capabilities = json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "args": arguments, "prefs": preferences },
            "goog:loggingPrefs": { "browser": "ALL" },
        });
        match capabilities {
            Value::Object(capabilities) => capabilities,
            _ => Map::new(),
        }
    }
}
