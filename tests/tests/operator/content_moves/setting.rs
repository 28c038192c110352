//! A site, and somebody who brings content to it.

use std::fs;
use std::path::Path;

use ops::api::{Api, Credentials};
use ops::export::{Export, Exported};
use ops::import::{Import, Imported, read};
use ops::report::Report;
use ops::web_client::WebClient;
use serde_json::Value;
use tempfile::TempDir;
use tests::cloud::Cloud;

/// A picture of 2 x 1 pixels.
#[rustfmt::skip]
const PICTURE: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x7b, 0x40, 0xe8,
    0xdd, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x38, 0x21, 0x07, 0x04,
    0x27, 0x00, 0x07, 0x23, 0x02, 0x09, 0xe4, 0x58, 0x88, 0x39, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45,
    0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

pub(super) struct Site {
    pub(super) cloud: Cloud,
    web: WebClient,
    token: String,
}

impl Site {
    pub(super) async fn new() -> Site {
        let cloud = Cloud::cms().await.unwrap();
        let token = cloud.access_token("admin").unwrap();
        Site { cloud, web: WebClient::new().unwrap(), token }
    }

    fn api(&self) -> Api {
        Api::new(self.web.clone(), self.cloud.site(), Credentials::Fixed(self.token.clone()))
    }

    pub(super) async fn import(&self, from: &Path, section: &str) -> Vec<Imported> {
        let import = Import { api: self.api(), section: section.to_owned() };
        import.run(read(from).unwrap(), &silent()).await.unwrap()
    }

    pub(super) async fn export(&self, folder: &Path) -> Exported {
        let site = self.cloud.site().to_owned();
        Export { api: self.api(), site, folder: folder.to_owned() }.run(&silent()).await.unwrap()
    }

    /// All entries, in order of their addresses.
    pub(super) async fn entries(&self) -> Vec<Value> {
        let list: Value = self.api().read("/entries?sort=path&limit=200").await.unwrap();
        let mut entries = Vec::new();
        for entry in list["items"].as_array().unwrap() {
            let path = format!("/entries/{}", entry["id"].as_str().unwrap());
            entries.push(self.api().read::<Value>(&path).await.unwrap());
        }
        entries
    }

    /// What a reader gets at an address, once it holds something; and where it led.
    pub(super) async fn page(&self, path: &str, held: &str) -> (String, String) {
        let mut last = String::new();
        let found = async {
            loop {
                let answer = reqwest::get(self.cloud.page(path)).await.unwrap();
                let (status, led) = (answer.status(), answer.url().path().to_owned());
                let text = answer.text().await.unwrap();
                if status.is_success() && text.contains(held) {
                    return (text, led);
                }
                last = format!("{status} at {led}: {text:.300}");
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
        };
        let found = tokio::time::timeout(std::time::Duration::from_secs(60), found).await;
        found.unwrap_or_else(|_| panic!("{path} never held {held:?}, but {last}"))
    }
}

/// A blog as Zola has it: a section, a post with former addresses, a draft, and a post with its picture beside it.
pub(super) fn blog() -> TempDir {
    let folder = TempDir::new().unwrap();
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    put("_index.md", b"+++\ntitle = \"Blog\"\n+++\n");
    put(
        "first.md",
        b"+++\ntitle = \"The first\"\ndate = 2020-03-04\naliases = [\"2020/03/04/first.html\", \"old/first\"]\n\
          [taxonomies]\ntags = [\"news\"]\n+++\nSome *words* and [the second](@/second/index.md).\n",
    );
    put("second/index.md", b"+++\ntitle = \"The second\"\ndate = 2021-05-06\n+++\n![A dot](dot.png)\n");
    put("second/dot.png", PICTURE);
    put("idea.md", b"+++\ntitle = \"An idea\"\ndate = 2022-01-01\ndraft = true\n+++\nNot yet.\n");
    folder
}

fn silent() -> Report {
    Report::on(true, Box::new(std::io::sink()), Box::new(std::io::sink()))
}
