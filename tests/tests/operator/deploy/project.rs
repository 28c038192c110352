//! A project on the operator's disk.

use tests::operator::{Run, parapet, parapet_for_people};

use super::account::Account;
use super::folder::Folder;

const FILE: &str = r#"
name = "cms"
stage = "staging"
region = "eu-central-1"

[site]
domains = ["cms.example.com"]
folder = "site"

[watch]
email = "desk@example.com"
"#;

pub(super) struct Project {
    folder: Folder,
    pub(super) account: Account,
}

impl Project {
    /// A project of which nothing is deployed.
    pub(super) async fn new() -> Project {
        let files = [("parapet.toml", FILE), ("site/index.html", "start"), ("gate", "binary 1")];
        Project { folder: Folder::of(&files), account: Account::new().await }
    }

    /// Replaces a part of the project file.
    pub(super) fn change(&self, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.folder.file("parapet.toml")).unwrap();
        assert!(text.contains(from), "{from}");
        self.folder.write("parapet.toml", &text.replace(from, to));
    }

    /// Another build of the gate.
    pub(super) fn rebuild(&self, binary: &str) {
        self.folder.write("gate", binary);
    }

    /// Builds the packages of the CMS, and returns their folder.
    pub(super) fn build_cms(&self) -> String {
        for name in ["announce", "backend", "make-renditions", "publish-due", "record-sign-in"] {
            self.folder.write(&format!("dist/{name}.zip"), name);
        }
        self.folder.file("dist").to_str().unwrap().to_owned()
    }

    /// Another program of the API's.
    pub(super) fn rebuild_cms(&self, backend: &str) {
        self.folder.write("dist/backend.zip", backend);
    }

    /// Where the build is.
    pub(super) fn gate(&self) -> String {
        self.folder.file("gate").to_str().unwrap().to_owned()
    }

    /// Runs a command with `--json`.
    pub(super) async fn run(&self, arguments: &[&str]) -> Run {
        let file = self.folder.file("parapet.toml");
        let fixed = ["--endpoint-url", self.account.url(), "--project", file.to_str().unwrap()];
        parapet(&[arguments, &fixed].concat()).await
    }

    /// Runs a command as a person does.
    pub(super) async fn show(&self, arguments: &[&str]) -> Run {
        let file = self.folder.file("parapet.toml");
        let fixed = ["--endpoint-url", self.account.url(), "--project", file.to_str().unwrap()];
        parapet_for_people(&[arguments, &fixed].concat()).await
    }

    /// Runs `deploy` with the gate that was built.
    pub(super) async fn deploy(&self, arguments: &[&str]) -> Run {
        let gate = self.folder.file("gate");
        self.run(&[&["deploy"], arguments, &["--binary", gate.to_str().unwrap()]].concat()).await
    }

    /// The same as a person does.
    pub(super) async fn show_deploy(&self, arguments: &[&str]) -> Run {
        let gate = self.folder.file("gate");
        self.show(&[&["deploy"], arguments, &["--binary", gate.to_str().unwrap()]].concat()).await
    }
}
