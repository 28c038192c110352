//! A slow network and a slow processor, as a phone on the road has them.

use serde_json::json;

use super::{Browser, BrowserError, Command};

/// A network as the browser's own developer tools name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// Its name.
    pub name: &'static str,
    /// How long each request waits before its answer begins, in milliseconds.
    pub latency: u32,
    /// Down, in bytes a second.
    pub down: u32,
    /// Up, in bytes a second.
    pub up: u32,
}

/// The developer tools' "Slow 4G": 1.6 and 0.75 Mbit/s less a tenth, 150 ms times 3.75.
pub const SLOW_4G: Network = Network { name: "slow 4G", latency: 562, down: 180_000, up: 84_375 };
/// The developer tools' "Fast 4G": 9 and 1.5 Mbit/s less a tenth, 60 ms times 2.75.
pub const FAST_4G: Network = Network { name: "fast 4G", latency: 165, down: 1_012_500, up: 168_750 };

impl Browser {
    /// Makes everything slower from the next request on: the network, and the processor by that factor.
    ///
    /// # Errors
    /// If the browser cannot.
    pub async fn slow_down(&self, network: Network, processor: u32) -> Result<(), BrowserError> {
        let Network { latency, down, up, .. } = network;
        let conditions = json!({
            "offline": false, "latency": latency, "downloadThroughput": down, "uploadThroughput": up
        });
        for (method, parameters) in [
            ("Network.enable", json!({})),
            ("Network.emulateNetworkConditions", conditions),
            ("Emulation.setCPUThrottlingRate", json!({ "rate": processor })),
        ] {
            self.client.issue_cmd(Command::devtools(method, parameters)).await?;
        }
        Ok(())
    }

    /// Takes the network away, or gives it back.
    ///
    /// # Errors
    /// If the browser cannot.
    pub async fn be_offline(&self, offline: bool) -> Result<(), BrowserError> {
        let conditions =
            json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
        for (method, parameters) in
            [("Network.enable", json!({})), ("Network.emulateNetworkConditions", conditions)]
        {
            self.client.issue_cmd(Command::devtools(method, parameters)).await?;
        }
        Ok(())
    }

    /// Forgets every file that was kept from earlier visits.
    ///
    /// # Errors
    /// If the browser cannot.
    pub async fn forget_files(&self) -> Result<(), BrowserError> {
        self.client.issue_cmd(Command::devtools("Network.clearBrowserCache", json!({}))).await?;
        Ok(())
    }

    /// Runs a script at the start of every page from now on, before any of the page's own.
    ///
    /// # Errors
    /// If the browser cannot.
    pub async fn at_each_start(&self, script: &str) -> Result<(), BrowserError> {
        let source = json!({ "source": script });
        self.client.issue_cmd(Command::devtools("Page.addScriptToEvaluateOnNewDocument", source)).await?;
        Ok(())
    }
}
