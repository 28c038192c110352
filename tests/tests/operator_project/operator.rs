//! Running the command line in-process, and reading what it says.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use clap::Parser;
use ops::cli::{Arguments, run_with};
use ops::failure::Exit;
use ops::report::Report;
use serde_json::Value;
use tempfile::TempDir;

/// An operator's folder, with the project file in it once it was written.
pub(super) struct Operator {
    folder: TempDir,
}

/// What a run came to.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) exit: Exit,
    pub(super) out: String,
    pub(super) err: String,
}

impl Run {
    /// The one JSON document.
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    pub(super) fn done(self) -> Run {
        assert_eq!(self.exit, Exit::Done, "{self:?}");
        self
    }
}

#[derive(Clone, Default)]
struct Shared(Arc<Mutex<Vec<u8>>>);

impl Shared {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Operator {
    pub(super) fn new() -> Operator {
        Operator { folder: tempfile::tempdir().unwrap() }
    }

    /// One who has written the smallest project file that there is.
    pub(super) fn with_project() -> Operator {
        let operator = Operator::new();
        operator.write(
            "parapet.toml",
            "name = \"docs\"\nregion = \"eu-central-1\"\n[site]\ndomains = [\"docs.example.com\"]\n",
        );
        operator
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(super) fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    pub(super) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Runs `parapet` with these arguments and the folder's project file, as a person does.
    pub(super) async fn run(&self, arguments: &[&str]) -> Run {
        run(arguments, &self.path("parapet.toml"), false).await
    }

    /// The same with `--json`.
    pub(super) async fn run_json(&self, arguments: &[&str]) -> Run {
        run(arguments, &self.path("parapet.toml"), true).await
    }
}

async fn run(arguments: &[&str], project: &Path, json: bool) -> Run {
    let project = project.to_str().unwrap();
    let all = std::iter::once("parapet").chain(arguments.iter().copied()).chain(["--project", project]);
    let all = all.chain(json.then_some("--json"));
    let arguments = Arguments::try_parse_from(all).unwrap();
    let (out, err) = (Shared::default(), Shared::default());
    let report = Report::on(json, Box::new(out.clone()), Box::new(err.clone()));
    let exit = run_with(arguments, report).await;
    Run { exit, out: out.text(), err: err.text() }
}
