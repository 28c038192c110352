//! Running the command line in-process, and reading what it says.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use clap::Parser;
use ops::cli::{Arguments, run_with};
use ops::failure::Exit;
use ops::report::Report;
use serde_json::Value;

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

    /// The keys to which this happened, sorted.
    pub(super) fn keys(&self, action: &str) -> Vec<String> {
        let json = self.json();
        let steps = json["steps"].as_array().unwrap().iter().filter(|step| step["action"] == action);
        steps.map(|step| step["key"].as_str().unwrap().to_owned()).collect()
    }

    pub(super) fn reason(&self, key: &str) -> String {
        let json = self.json();
        let step = json["steps"].as_array().unwrap().iter().find(|step| step["key"] == key);
        step.unwrap_or_else(|| panic!("{key} in {json}"))["reason"].as_str().unwrap().to_owned()
    }

    pub(super) fn paths(&self) -> Vec<String> {
        let paths = self.json()["invalidation"]["paths"].clone();
        serde_json::from_value(paths).unwrap()
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

/// Runs `parapet` with these arguments and `--json`.
pub(super) async fn parapet(arguments: &[&str]) -> Run {
    run(arguments, true).await
}

/// Runs `parapet` with these arguments as a person does.
pub(super) async fn parapet_for_people(arguments: &[&str]) -> Run {
    run(arguments, false).await
}

async fn run(arguments: &[&str], json: bool) -> Run {
    let (out, err) = (Shared::default(), Shared::default());
    let arguments = ["parapet"].iter().chain(arguments).chain(json.then_some(&"--json"));
    let arguments = Arguments::try_parse_from(arguments).unwrap();
    let report = Report::on(json, Box::new(out.clone()), Box::new(err.clone()));
    let exit = Box::pin(run_with(arguments, report)).await;
    Run { exit, out: out.text(), err: err.text() }
}

/// A folder with a site.
pub(super) struct Folder(tempfile::TempDir);

impl Folder {
    pub(super) fn of(files: &[(&str, &str)]) -> Folder {
        let folder = Folder(tempfile::tempdir().unwrap());
        for (name, content) in files {
            folder.write(name, content);
        }
        folder
    }

    pub(super) fn write(&self, name: &str, content: &str) {
        let path = self.file(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub(super) fn remove(&self, name: &str) {
        std::fs::remove_file(self.file(name)).unwrap();
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.path().join(name)
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn name(&self) -> &str {
        self.path().to_str().unwrap()
    }
}
