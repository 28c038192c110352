//! The browsers there are, and what each wants to be told.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::settings::BrowserSettings;

/// Chromium without all that a window needs: the same engine at half the processor time. Not every system has it.
const HEADLESS_SHELL: &str = "/usr/lib/chromium/chromium-headless-shell";
/// What starts it.
const START_HEADLESS_SHELL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/browser/headless-shell.sh");

/// A browser.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Engine {
    /// Chromium with chromedriver, whose own commands most journeys use.
    #[default]
    Chromium,
    /// Firefox with geckodriver.
    Firefox,
}

impl Engine {
    /// The program that drives it, and how it is told to take a free port.
    pub(super) fn driver(self) -> (&'static str, &'static [&'static str]) {
        match self {
            Engine::Chromium => ("chromedriver", &["--port=0"]),
            Engine::Firefox => ("geckodriver", &["--port", "0"]),
        }
    }

    /// What the driver writes before the number of its port.
    pub(super) fn ready(self) -> &'static str {
        match self {
            Engine::Chromium => "started successfully on port ",
            Engine::Firefox => "Listening on 127.0.0.1:",
        }
    }

    /// The session's capabilities, for a browser whose profile is in this folder.
    pub(super) fn capabilities(self, settings: &BrowserSettings, profile: &str) -> Map<String, Value> {
        let capabilities = match self {
            Engine::Chromium => chromium(settings, profile),
            Engine::Firefox => firefox(settings, profile),
        };
        match capabilities {
            Value::Object(capabilities) => capabilities,
            _ => Map::new(),
        }
    }
}

fn chromium(settings: &BrowserSettings, profile: &str) -> Value {
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
        format!("--window-size={},{}", settings.width, settings.height),
        format!("--accept-lang={}", settings.languages),
    ];
    let blocked: Map<String, Value> =
        settings.no_cookies_for.iter().map(|site| (format!("{site},*"), json!({ "setting": 2 }))).collect();
    // The shell has no preferences.
    let options = if blocked.is_empty() && Path::new(HEADLESS_SHELL).exists() {
        json!({ "args": arguments, "binary": START_HEADLESS_SHELL })
    } else {
        let preferences = json!({ "profile.content_settings.exceptions.cookies": blocked });
        json!({ "args": arguments, "prefs": preferences })
    };
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}

fn firefox(settings: &BrowserSettings, profile: &str) -> Value {
    let arguments = [
        "-headless".to_owned(),
        "-profile".to_owned(),
        profile.to_owned(),
        format!("--width={}", settings.width),
        format!("--height={}", settings.height),
    ];
    // It asks nobody but this machine: whatever is elsewhere goes to a proxy that is not there.
    let preferences = json!({
        "intl.accept_languages": settings.languages,
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": 9,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": 9,
        "network.proxy.no_proxies_on": "localhost, 127.0.0.1",
        "app.update.enabled": false,
        "browser.shell.checkDefaultBrowser": false,
    });
    json!({
        "browserName": "firefox",
        "moz:firefoxOptions": { "args": arguments, "prefs": preferences },
    })
}
