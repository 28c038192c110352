//! A slow network and a slow processor, as a phone on the road has them.

use serde_json::{Value, json};

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
        for (method, parameters) in
            [("Network.enable", json!({})), ("Network.emulateNetworkConditions", conditions)]
        {
            self.client.issue_cmd(Command::devtools(method, parameters)).await?;
        }
        self.throttle(processor).await
    }

    /// Makes the page's processor slower by that factor; 1 is as it is.
    ///
    /// # Errors
    /// If the browser cannot.
    pub async fn throttle(&self, processor: u32) -> Result<(), BrowserError> {
        let rate = json!({ "rate": processor });
        self.client.issue_cmd(Command::devtools("Emulation.setCPUThrottlingRate", rate)).await?;
        Ok(())
    }

    /// How long the page's main thread has worked since it began, in milliseconds of the processor's own time: what else
    /// runs on the machine does not count.
    ///
    /// # Errors
    /// If the browser does not tell.
    pub async fn has_worked(&self) -> Result<f64, BrowserError> {
        let own_time = json!({ "timeDomain": "threadTicks" });
        self.client.issue_cmd(Command::devtools("Performance.enable", own_time)).await?;
        let told = self.client.issue_cmd(Command::devtools("Performance.getMetrics", json!({}))).await?;
        let metrics = told.get("metrics").and_then(Value::as_array).into_iter().flatten();
        let seconds = metrics
            .filter(|metric| metric.get("name").and_then(Value::as_str) == Some("TaskDuration"))
            .find_map(|metric| metric.get("value")?.as_f64());
        seconds
            .map(|seconds| seconds * 1_000.0)
            .ok_or(BrowserError::Answer { expected: "how long the page's tasks took", found: told.clone() })
    }

    /// What the page's scripts hold in memory once everything that nobody needs any more is gone, in bytes.
    ///
    /// # Errors
    /// If the browser does not tell.
    pub async fn holds(&self) -> Result<f64, BrowserError> {
        for _ in 0..2 {
            self.client.issue_cmd(Command::devtools("HeapProfiler.collectGarbage", json!({}))).await?;
        }
        let told = self.client.issue_cmd(Command::devtools("Runtime.getHeapUsage", json!({}))).await?;
        let used = told.get("usedSize").and_then(Value::as_f64);
        used.ok_or(BrowserError::Answer { expected: "what the page's scripts hold", found: told.clone() })
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

    /// Has requests to these addresses fail, as behind a firewall; `*` stands for anything.
    ///
    /// # Errors
    /// If the browser cannot.
    pub async fn refuse(&self, addresses: &[&str]) -> Result<(), BrowserError> {
        for (method, parameters) in
            [("Network.enable", json!({})), ("Network.setBlockedURLs", json!({ "urls": addresses }))]
        {
            self.client.issue_cmd(Command::devtools(method, parameters)).await?;
        }
        Ok(())
    }

    /// Lives by another time zone, such as `Asia/Tokyo`.
    ///
    /// # Errors
    /// If the browser knows none of this name.
    pub async fn be_in_time_zone(&self, name: &str) -> Result<(), BrowserError> {
        let zone = json!({ "timezoneId": name });
        self.client.issue_cmd(Command::devtools("Emulation.setTimezoneOverride", zone)).await?;
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
