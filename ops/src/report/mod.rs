//! What a command tells the operator: lines and progress for people, one JSON document for programs.
//!
//! Results go to standard output, everything else to standard error. With `--json` standard output holds exactly one
//! JSON document, whatever happens.

mod count;

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;

pub use count::Count;

use crate::failure::Failure;

/// Where a command says what it does.
pub struct Report {
    json: bool,
    bars: bool,
    out: Mutex<Box<dyn Write + Send>>,
    err: Mutex<Box<dyn Write + Send>>,
}

impl Report {
    /// On this process's standard output and error.
    #[must_use]
    pub fn standard(json: bool) -> Report {
        let bars = !json && io::stderr().is_terminal();
        Report {
            json,
            bars,
            out: Mutex::new(Box::new(io::stdout())),
            err: Mutex::new(Box::new(io::stderr())),
        }
    }

    /// On other writers, without bars.
    #[must_use]
    pub fn on(json: bool, out: Box<dyn Write + Send>, err: Box<dyn Write + Send>) -> Report {
        Report { json, bars: false, out: Mutex::new(out), err: Mutex::new(err) }
    }

    /// Whether a program reads the result.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.json
    }

    /// A line of the result, for people.
    pub fn say(&self, line: impl Display) {
        if !self.json {
            write_line(&self.out, &line);
        }
    }

    /// The result, for programs. A command says it once, at its end.
    pub fn result(&self, result: &impl Serialize) {
        if self.json {
            let text = serde_json::to_string_pretty(result)
                .unwrap_or_else(|error| format!("{{\"error\": \"the result is no JSON: {error}\"}}"));
            write_line(&self.out, &text);
        }
    }

    /// One of many results that come one after another, for programs: a line of JSON each. Only where a command has no
    /// end, and so no one result.
    pub fn item(&self, item: &impl Serialize) {
        if self.json
            && let Ok(text) = serde_json::to_string(item)
        {
            write_line(&self.out, &text);
        }
    }

    /// What is being done, for people who watch; never part of the result.
    pub fn note(&self, line: impl Display) {
        if !self.json {
            write_line(&self.err, &line);
        }
    }

    /// Something the operator should know although the command goes on.
    pub fn warn(&self, line: impl Display) {
        write_line(&self.err, &format_args!("warning: {line}"));
    }

    /// Why the command did not do what was asked.
    pub fn failure(&self, failure: &Failure) {
        self.result(&serde_json::json!({ "error": failure.message(), "next": failure.next_step() }));
        write_line(&self.err, &format_args!("parapet: {failure}"));
    }

    /// A bar for `total` steps of the same work; without a terminal, nothing.
    #[must_use]
    pub fn progress(&self, what: &'static str, total: u64) -> Progress {
        self.bar(ProgressBar::new(total), what, "{msg} [{bar:30}] {pos}/{len}")
    }

    /// A sign of life for work of unknown length; without a terminal, one line at its start.
    #[must_use]
    pub fn waiting(&self, what: impl Display) -> Progress {
        if !self.bars {
            self.note(format_args!("{what} …"));
        }
        let progress = self.bar(ProgressBar::new_spinner(), "", "{spinner} {msg} ({elapsed})");
        progress.0.set_message(what.to_string());
        if self.bars {
            progress.0.enable_steady_tick(std::time::Duration::from_millis(120));
        }
        progress
    }

    fn bar(&self, bar: ProgressBar, what: &'static str, template: &str) -> Progress {
        if !self.bars {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style);
        }
        bar.set_message(what);
        Progress(bar)
    }
}

/// How far a piece of work is; gone from the screen when dropped.
pub struct Progress(ProgressBar);

impl Progress {
    /// One step more is done.
    pub fn step(&self) {
        self.0.inc(1);
    }

    /// What is being done now.
    pub fn now(&self, what: impl Display) {
        self.0.set_message(what.to_string());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

/// A closed pipe is no reason to stop half-way through a deploy.
fn write_line(to: &Mutex<Box<dyn Write + Send>>, line: &dyn Display) {
    if let Ok(mut to) = to.lock() {
        let _ = writeln!(to, "{line}");
        let _ = to.flush();
    }
}
