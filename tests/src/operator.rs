//! The operator's command line, run in-process: what is typed, and what comes of it.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use clap::Parser;
use ops::cli::{Arguments, run_with};
use ops::failure::Exit;
use ops::report::Report;
use serde_json::Value;
use tokio::sync::Notify;

/// How long something that has to be said may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a run came to.
#[derive(Debug)]
pub struct Run {
    /// What a shell is told.
    pub exit: Exit,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// What was written, for each of its clones the same.
#[derive(Debug, Clone, Default)]
pub struct Written(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    bytes: Mutex<Vec<u8>>,
    more: Notify,
}

/// Runs `parapet` with these arguments and `--json`.
pub async fn parapet(arguments: &[&str]) -> Run {
    parapet_for_people(&[arguments, &["--json"]].concat()).await
}

/// Runs `parapet` with these arguments as a person does.
pub async fn parapet_for_people(arguments: &[&str]) -> Run {
    let (out, err) = (Written::default(), Written::default());
    let exit = parapet_onto(arguments, &out, &err).await;
    Run { exit, out: out.text(), err: err.text() }
}

/// Runs `parapet` with these arguments; what it says goes to `out` and `err`, which may be one.
pub async fn parapet_onto(arguments: &[&str], out: &Written, err: &Written) -> Exit {
    let arguments = match Arguments::try_parse_from(["parapet"].iter().chain(arguments)) {
        Ok(arguments) => arguments,
        Err(said) => {
            let (place, exit) = if said.use_stderr() { (err, Exit::Usage) } else { (out, Exit::Done) };
            place.append(said.to_string().as_bytes());
            return exit;
        }
    };
    let report = Report::on(arguments.is_json(), Box::new(out.clone()), Box::new(err.clone()));
    Box::pin(run_with(arguments, report)).await
}

impl Run {
    /// The one JSON document.
    ///
    /// # Panics
    /// If standard output is none.
    #[must_use]
    #[track_caller]
    pub fn json(&self) -> Value {
        let json = serde_json::from_str(&self.out);
        assert!(json.is_ok(), "{json:?} in {self:?}");
        json.unwrap_or_default()
    }

    /// The keys to which this happened in a deploy of files, sorted.
    #[must_use]
    pub fn keys(&self, action: &str) -> Vec<String> {
        let steps = self.steps();
        let its = steps.iter().filter(|step| step.get("action").is_some_and(|it| it == action));
        its.filter_map(|step| step.get("key").and_then(Value::as_str).map(str::to_owned)).collect()
    }

    /// Why what happened to this key happened.
    ///
    /// # Panics
    /// If nothing happened to it.
    #[must_use]
    #[track_caller]
    pub fn reason(&self, key: &str) -> String {
        let steps = self.steps();
        let reason = steps.iter().find(|step| step.get("key").is_some_and(|it| it == key));
        let reason = reason.and_then(|step| step.get("reason")).and_then(Value::as_str);
        assert!(reason.is_some(), "{key} in {steps:?}");
        reason.unwrap_or_default().to_owned()
    }

    /// The paths that were invalidated.
    ///
    /// # Panics
    /// If it does not say.
    #[must_use]
    #[track_caller]
    pub fn paths(&self) -> Vec<String> {
        let paths =
            serde_json::from_value(self.json().pointer("/invalidation/paths").cloned().unwrap_or_default());
        assert!(paths.is_ok(), "{paths:?} in {self:?}");
        paths.unwrap_or_default()
    }

    #[track_caller]
    fn steps(&self) -> Vec<Value> {
        let steps = self.json().get("steps").and_then(Value::as_array).cloned();
        assert!(steps.is_some(), "no steps in {self:?}");
        steps.unwrap_or_default()
    }

    /// The run, which did what was asked for.
    ///
    /// # Panics
    /// If it did not.
    #[track_caller]
    pub fn done(self) -> Run {
        assert_eq!(self.exit, Exit::Done, "{self:?}");
        self
    }
}

impl Written {
    /// All of it so far.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes()).into_owned()
    }

    /// Waits until this was written.
    ///
    /// # Panics
    /// If it is not, for long.
    pub async fn says(&self, text: &str) {
        let said = tokio::time::timeout(PATIENCE, async {
            loop {
                // Before looking, so that nothing that is written meanwhile is missed.
                let more = self.0.more.notified();
                if self.text().contains(text) {
                    return;
                }
                more.await;
            }
        });
        let said = said.await;
        assert!(said.is_ok(), "expected {text} in {}", self.text());
    }

    fn bytes(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.bytes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn append(&self, bytes: &[u8]) {
        self.bytes().extend_from_slice(bytes);
        self.0.more.notify_waiters();
    }
}

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.append(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
