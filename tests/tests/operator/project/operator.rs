//! An operator with a folder.

use std::path::PathBuf;

use tempfile::TempDir;
use tests::operator::{Run, parapet_for_people};

/// An operator's folder, with the project file in it once it was written.
pub(super) struct Operator {
    folder: TempDir,
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
        let project = self.path("parapet.toml");
        parapet_for_people(&[arguments, &["--project", project.to_str().unwrap()]].concat()).await
    }

    /// The same with `--json`.
    pub(super) async fn run_json(&self, arguments: &[&str]) -> Run {
        self.run(&[arguments, &["--json"]].concat()).await
    }
}
