//! A person's browser: Chromium or Firefox without a window, told by WebDriver what the person does.
//!
//! Everything that waits, waits for a condition; whatever is looked for may still be on its way. A browser that is
//! dropped is closed, with its driver and its profile.

mod command;
mod cookies;
mod driver;
mod engine;
mod error;
mod keyboard;
mod patience;
mod settings;
mod slowness;
mod windows;

use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

pub use cookies::Cookie;
pub use engine::Engine;
pub use error::BrowserError;
pub use keyboard::{Focus, Key};
pub use settings::BrowserSettings;
pub use slowness::{FAST_4G, Network, SLOW_4G};
pub use windows::Window;

use command::Command;
use driver::Driver;

/// A browser with a fresh profile.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    // In this order: the profile can be removed when the driver has closed the browser.
    _driver: Driver,
    _profile: TempDir,
}

/// A line of the browser's console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsoleLine {
    /// `INFO`, `WARNING` or `SEVERE`.
    pub level: String,
    /// What it says.
    pub message: String,
}

/// What a script in the page got for an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// The status; 0 where the browser kept it back.
    pub status: u64,
    /// The body as text.
    pub body: String,
}

impl Browser {
    /// Starts a browser as most people have it.
    ///
    /// # Errors
    /// If a part of it is not installed or does not start.
    pub async fn start() -> Result<Browser, BrowserError> {
        Browser::with(BrowserSettings::default()).await
    }

    /// Starts a browser that is set up otherwise.
    ///
    /// # Errors
    /// If a part of it is not installed or does not start.
    pub async fn with(settings: BrowserSettings) -> Result<Browser, BrowserError> {
        let folder = |error| BrowserError::File("a folder for the browser's profile".to_owned(), error);
        let profile = tempfile::Builder::new().prefix("parapet-browser-").tempdir().map_err(folder)?;
        let engine = settings.engine;
        let mut driver = tokio::task::spawn_blocking(move || Driver::start(engine))
            .await
            .map_err(|gone| BrowserError::Driver(std::io::Error::other(gone)))??;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(engine.capabilities(&settings, &profile.path().to_string_lossy()))
            .connect(&driver.url())
            .await
            .map_err(|error| BrowserError::Session(Box::new(error)))?;
        driver.session = client.session_id().await?;
        Ok(Browser { client, _driver: driver, _profile: profile })
    }

    /// Types an address into the address bar.
    ///
    /// # Errors
    /// If nothing answers there.
    pub async fn open(&self, address: &str) -> Result<(), BrowserError> {
        Ok(self.client.goto(address).await?)
    }

    /// Goes one page back, and waits until this one is left.
    ///
    /// # Errors
    /// If there is none.
    pub async fn back(&self) -> Result<(), BrowserError> {
        self.run("window.isLeft = true", &[]).await?;
        self.client.back().await?;
        self.wait_for("the page before", "return !window.isLeft", &[]).await?;
        Ok(())
    }

    /// The address in the address bar.
    ///
    /// # Errors
    /// If there is no window.
    pub async fn address(&self) -> Result<Url, BrowserError> {
        Ok(self.client.current_url().await?)
    }

    /// All that can be read on the page now.
    ///
    /// # Errors
    /// If there is no page.
    pub async fn text(&self) -> Result<String, BrowserError> {
        let text = self.run("return document.body ? document.body.innerText : ''", &[]).await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// Runs a script in the page, whose policy does not count for it, and waits for what it promises.
    ///
    /// # Errors
    /// If it throws.
    pub async fn run(&self, script: &str, arguments: &[Value]) -> Result<Value, BrowserError> {
        Ok(self.client.execute(script, arguments.to_vec()).await?)
    }

    /// Asks for an address as a script in the page does: `fetch(address, options)`.
    ///
    /// # Errors
    /// If there is no answer.
    pub async fn fetch(&self, address: &str, options: Value) -> Result<Fetched, BrowserError> {
        let script = "return fetch(arguments[0], arguments[1])
            .then(async answer => ({ status: answer.status, body: await answer.text() }))";
        let found = self.run(script, &[json!(address), options]).await?;
        let (status, body) = (found.get("status"), found.get("body"));
        match (status.and_then(Value::as_u64), body.and_then(Value::as_str)) {
            (Some(status), Some(body)) => Ok(Fetched { status, body: body.to_owned() }),
            _ => Err(BrowserError::Answer { expected: "a status and a body", found }),
        }
    }

    /// What the console said since it was last asked, on every page.
    ///
    /// # Errors
    /// If the driver keeps no log.
    pub async fn console(&self) -> Result<Vec<ConsoleLine>, BrowserError> {
        let lines = self.client.issue_cmd(Command::console()).await?;
        let text =
            |line: &Value, name: &str| line.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let line = |line: &Value| ConsoleLine { level: text(line, "level"), message: text(line, "message") };
        Ok(lines.as_array().into_iter().flatten().map(line).collect())
    }

    /// Switches the window between light and dark.
    ///
    /// # Errors
    /// If the browser cannot.
    pub async fn prefer_dark(&self, dark: bool) -> Result<(), BrowserError> {
        let scheme = if dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.client.issue_cmd(Command::devtools("Emulation.setEmulatedMedia", features)).await?;
        Ok(())
    }

    /// Gives the page another size, in pixels.
    ///
    /// # Errors
    /// If the browser cannot.
    pub async fn resize(&self, width: u32, height: u32) -> Result<(), BrowserError> {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.client.issue_cmd(Command::devtools("Emulation.setDeviceMetricsOverride", size)).await?;
        Ok(())
    }

    /// A picture of the page, as PNG.
    ///
    /// # Errors
    /// If none can be taken.
    pub async fn picture(&self) -> Result<Vec<u8>, BrowserError> {
        Ok(self.client.screenshot().await?)
    }
}
