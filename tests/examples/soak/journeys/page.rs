//! What an address led to.

use anyhow::{Context, ensure};
use url::Url;

/// An answer that is no redirect, and where it came from.
#[derive(Debug)]
pub(super) struct Page {
    pub(super) url: Url,
    pub(super) status: u16,
    pub(super) text: String,
    /// How many redirects by 307 led here: each is a renewal.
    pub(super) renewals: usize,
}

impl Page {
    /// It has this status and holds this text.
    pub(super) fn shows(&self, status: u16, text: &str) -> anyhow::Result<()> {
        let start: String = self.text.chars().take(500).collect();
        ensure!(
            self.status == status && self.text.contains(text),
            "expected status {status} with {text:?} at {}, found {}: {start}",
            self.url,
            self.status
        );
        Ok(())
    }

    /// It is at this address.
    pub(super) fn is_at(&self, address: &str) -> anyhow::Result<()> {
        ensure!(self.url.as_str() == address, "expected to arrive at {address}, found {}", self.url);
        Ok(())
    }

    /// Whether it asks for a password.
    pub(super) fn is_of_sign_in(&self) -> bool {
        self.url.path() == "/login"
    }

    /// Where its form leads, and the form's token against forgery.
    pub(super) fn form(&self) -> anyhow::Result<(Url, String)> {
        let attribute = |marker: &str| {
            let (_, rest) =
                self.text.split_once(marker).with_context(|| format!("no {marker} at {}", self.url))?;
            Ok::<_, anyhow::Error>(rest.split('"').next().unwrap_or_default().replace("&amp;", "&"))
        };
        let action = format!("/login{}", attribute("action=\"/login")?);
        Ok((self.url.join(&action)?, attribute("name=\"_csrf\" value=\"")?))
    }
}
