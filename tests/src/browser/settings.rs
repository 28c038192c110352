//! How a browser is set up before it starts.

use super::Engine;

/// A person's browser and its settings.
#[derive(Debug, Clone)]
pub struct BrowserSettings {
    /// Which browser.
    pub engine: Engine,
    /// The languages that it asks for, such as `de,en`.
    pub languages: String,
    /// The site, such as `http://localhost:8080`, that may keep no cookies in Chromium.
    pub no_cookies_for: Option<String>,
    /// The width of its window in pixels.
    pub width: u32,
    /// The height of its window in pixels.
    pub height: u32,
}

impl Default for BrowserSettings {
    fn default() -> BrowserSettings {
        BrowserSettings {
            engine: Engine::Chromium,
            languages: "en".to_owned(),
            no_cookies_for: None,
            width: 1280,
            height: 900,
        }
    }
}
