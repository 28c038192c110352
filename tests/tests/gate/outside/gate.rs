//! One instance of the gate: the binary in a process, with a configuration, behind a Runtime API.

use std::fs;
use std::path::{Path, PathBuf};

use gate::log::Event;
use gate::reason::Reason;
use serde_json::Value;
use stack::function_host::{Counts, FunctionHost, HostSettings, InvokeError, LogStream, Loss};
use tempfile::TempDir;
use tokio::process::Command;

use super::answer::Answer;
use super::cookies::Cookies;
use super::event::event;

/// What a browser says when a person opens a page.
const NAVIGATION: [(&str, &str); 2] = [("Accept", "text/html"), ("Sec-Fetch-Dest", "document")];

pub(crate) struct Gate {
    host: FunctionHost,
    task_root: TempDir,
}

/// The binary to test.
pub(crate) fn binary() -> PathBuf {
    let built = concat!(env!("CARGO_MANIFEST_DIR"), "/../dist/edge-auth/edge-auth");
    let path = PathBuf::from(std::env::var_os("EDGE_AUTH_BINARY").unwrap_or_else(|| built.into()));
    assert!(path.is_file(), "{} is missing: make it with `make build`", path.display());
    path
}

impl Gate {
    /// A gate with this configuration. The process starts with the first event.
    pub(crate) async fn start(config: &Value) -> Self {
        Self::with_file(Some(config.to_string().as_bytes())).await
    }

    /// A gate whose configuration file holds these bytes, or is not there.
    pub(crate) async fn with_file(config: Option<&[u8]>) -> Self {
        Self::launch(config, |root| HostSettings { instances: 1, ..HostSettings::new(binary(), root) }).await
    }

    /// A gate of which so many instances may run at once. Each is cold until an event comes that no other can take.
    pub(crate) async fn with_instances(config: &Value, instances: usize) -> Self {
        let config = config.to_string();
        Self::launch(Some(config.as_bytes()), |root| HostSettings {
            instances,
            ..HostSettings::new(binary(), root)
        })
        .await
    }

    /// A gate as the package's handler module starts it.
    pub(crate) async fn behind_handler(config: &Value) -> Self {
        let config = config.to_string();
        Self::launch(Some(config.as_bytes()), |root| HostSettings {
            instances: 1,
            args: vec!["behind-handler".to_owned()],
            ..HostSettings::new(binary(), root)
        })
        .await
    }

    /// A gate on a machine that gives no randomness.
    pub(crate) async fn without_randomness(config: &Value) -> Self {
        let (tests, config) = (Path::new(env!("CARGO_MANIFEST_DIR")), config.to_string());
        let launcher = tests.join("tests/gate/black_box/without_randomness.py");
        let args = [launcher, binary()].map(|path| path.to_str().unwrap().to_owned()).to_vec();
        let python = tests.join("../.local/venv/bin/python");
        assert!(python.is_file(), "{} is missing: make it with `make setup`", python.display());
        Self::launch(Some(config.as_bytes()), |root| HostSettings {
            instances: 1,
            args,
            ..HostSettings::new(python, root)
        })
        .await
    }

    async fn launch(config: Option<&[u8]>, settings: impl FnOnce(&Path) -> HostSettings) -> Self {
        let task_root = TempDir::new().unwrap();
        if let Some(config) = config {
            fs::write(task_root.path().join("edge-auth.json"), config).unwrap();
        }
        let host = FunctionHost::start(settings(task_root.path())).await.unwrap();
        Self { host, task_root }
    }

    /// Hands over bytes, whatever they are.
    pub(crate) async fn invoke(&self, event: &[u8]) -> Result<Answer, InvokeError> {
        Ok(Answer::read(&self.host.invoke(event).await?))
    }

    pub(crate) async fn ask(&self, event: &Value) -> Answer {
        self.invoke(event.to_string().as_bytes()).await.unwrap_or_else(|error| panic!("{error}"))
    }

    /// A person opens a page.
    pub(crate) async fn open(&self, target: &str, cookies: &Cookies) -> Answer {
        self.send("GET", target, cookies, &NAVIGATION).await
    }

    /// A script or another program asks.
    pub(crate) async fn call(&self, method: &str, target: &str, cookies: &Cookies) -> Answer {
        self.send(
            method,
            target,
            cookies,
            &[("Accept", "application/json"), ("Sec-Fetch-Site", "same-origin")],
        )
        .await
    }

    /// An API client asks with a token of its own.
    pub(crate) async fn call_with_bearer(&self, target: &str, token: &str) -> Answer {
        let bearer = format!("Bearer {token}");
        self.ask(&event("GET", target, &[("Authorization", &bearer)])).await
    }

    async fn send(&self, method: &str, target: &str, cookies: &Cookies, more: &[(&str, &str)]) -> Answer {
        let line = cookies.line();
        let mut headers = more.to_vec();
        if !line.is_empty() {
            headers.push(("Cookie", &line));
        }
        self.ask(&event(method, target, &headers)).await
    }

    /// Stops the process where it is, as Lambda does with an instance between events.
    pub(crate) async fn freeze(&self) {
        self.signal("STOP").await;
    }

    /// Lets it go on.
    pub(crate) async fn thaw(&self) {
        self.signal("CONT").await;
    }

    /// Ends the process where it is.
    pub(crate) async fn kill(&self) {
        self.signal("KILL").await;
    }

    async fn signal(&self, signal: &str) {
        let root = self.task_root.path().canonicalize().unwrap();
        let is_its =
            |process: &PathBuf| fs::read_link(process.join("cwd")).is_ok_and(|folder| folder == root);
        let process = fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().path()).find(is_its).unwrap();
        let status =
            Command::new("kill").arg("-s").arg(signal).arg(process.file_name().unwrap()).status().await;
        assert!(status.unwrap().success());
    }

    pub(crate) fn counts(&self) -> Counts {
        self.host.counts()
    }

    /// The instances that did not live to the end.
    pub(crate) fn losses(&self) -> Vec<Loss> {
        self.host.losses()
    }

    /// The first line on standard output, past or to come, about this event for this reason.
    pub(crate) async fn logged(&self, event: Event, reason: Reason) -> Value {
        let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
        let mut logs = self.host.logs();
        let found = logs.find(|line| {
            let value = read(&line.text);
            line.stream == LogStream::Stdout
                && value["event"] == event.as_str()
                && value["reason"] == reason.as_str()
        });
        read(&found.await.text)
    }

    /// Every line so far on standard output.
    pub(crate) fn log(&self) -> Vec<Value> {
        let lines = self.host.log_tail().into_iter().filter(|line| line.stream == LogStream::Stdout);
        lines
            .map(|line| serde_json::from_str(&line.text).unwrap_or_else(|_| panic!("{}", line.text)))
            .collect()
    }

    /// Everything written so far, to standard output and standard error.
    pub(crate) fn output(&self) -> String {
        self.host.log_tail().iter().map(|line| format!("{}\n", line.text)).collect()
    }
}
