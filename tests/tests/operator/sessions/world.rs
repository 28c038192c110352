//! Where the sessions are held: a folder with a project, and an account.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::operator::{Written, parapet_onto};

use super::account::{Account, scope};
use super::pool::Pool;
use super::words;

/// What `make build` leaves, and a site, as far as the sessions look at them.
const FILES: [(&str, &str); 9] = [
    ("dist/edge-auth/edge-auth", "the gate's binary"),
    ("edge-auth.json", include_str!("../../../../edge-auth/edge-auth.local.json")),
    ("index.py", include_str!("../../../../edge-auth/package/index.py")),
    (
        "dist/site/index.html",
        "<!doctype html><title>Start</title><link rel=stylesheet href=/app.0123abcd.css>",
    ),
    ("dist/site/guide/index.html", "<!doctype html><title>Guide</title><p>How it works."),
    ("dist/site/app.0123abcd.css", "body { color: CanvasText }"),
    ("blog/_index.md", "---\ntitle: Our blog\n---\n"),
    ("blog/_posts/2026-11-26-hello.md", "---\ntitle: Hello\n---\nThe first one.\n"),
    ("blog/idea.md", "---\ntitle: Idea\ndraft: true\n---\n{{< tweet 1 >}}\n"),
];

/// A line of the gate's log, in the region where it ran.
const LINES: [(&str, &str); 2] = [
    (
        "eu-central-1",
        r#"{"level":"info","function":"cms-production-edge-auth","event":"sign_in","reason":"signed_in","count":1,"exchange_time":84,"status":303,"request_id":"r1==","method":"GET","path":"/auth/callback","client_ip":"192.0.2.1","who":{"subject":"5f0c2a9e","username":"ada"}}"#,
    ),
    (
        "us-east-1",
        r#"{"level":"warn","function":"cms-production-edge-auth","event":"refusal","reason":"not_in_group","count":1,"status":403,"request_id":"r2==","method":"GET","path":"/admin/","client_ip":"192.0.2.2","who":{"subject":"77a0c9b1","username":"bob"}}"#,
    ),
];

pub(crate) struct World {
    // Everything is named relative to it: there is one test in this program, and it stays here.
    _folder: TempDir,
    _account: Account,
    pool: Pool,
}

impl World {
    pub(crate) async fn new() -> World {
        let folder = TempDir::new().unwrap();
        std::env::set_current_dir(folder.path()).unwrap();
        for (name, content) in FILES {
            write(name, content);
        }
        let account = Account::new().await;
        for (region, line) in LINES {
            log(&account, region, line).await;
        }
        let pool = Pool::in_front_of(&account).await;
        World { _folder: folder, _account: account, pool }
    }

    /// What a terminal shows when a command is typed: one of `parapet`, or `echo TEXT > FILE`.
    pub(crate) async fn type_in(&self, command: &str) -> String {
        let mut words = words::split(command);
        let to_file = words.iter().position(|word| word == ">").map(|at| words.split_off(at).remove(1));
        match words[0].as_str() {
            "echo" => {
                write(&to_file.unwrap(), &format!("{}\n", words[1..].join(" ")));
                String::new()
            }
            "parapet" => {
                let (out, err) = self.parapet(&words[1..], to_file.is_some()).await;
                if let Some(file) = to_file {
                    write(&file, &out);
                }
                err
            }
            other => panic!("{other}: sessions know parapet and echo"),
        }
    }

    /// Standard output, where it goes to a file, and what the terminal shows.
    async fn parapet(&self, words: &[String], to_file: bool) -> (String, String) {
        let (out, shown) = (Written::default(), Written::default());
        let mut arguments: Vec<_> = words.iter().map(String::as_str).collect();
        arguments.extend(["--endpoint-url", self.pool.url()]);
        parapet_onto(&arguments, if to_file { &out } else { &shown }, &shown).await;
        (out.text(), shown.text())
    }
}

fn write(name: &str, content: &str) {
    let path = Path::new(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, content).unwrap();
}

/// Puts a line into the gate's log group of a region.
async fn log(account: &Account, region: &str, line: &str) {
    let group = json!({ "logGroupName": "/aws/lambda/us-east-1.cms-production-edge-auth" });
    let with = |name: &str, value: Value| {
        let mut body = group.clone();
        body[name] = value;
        body
    };
    let now = ops::moment::Moment::now().unix() * 1_000;
    let events = json!([{ "timestamp": now, "message": line }]);
    let mut put = with("logStreamName", "1".into());
    put["logEvents"] = events;
    for (action, body) in [
        ("CreateLogGroup", group.clone()),
        ("CreateLogStream", with("logStreamName", "1".into())),
        ("PutLogEvents", put),
    ] {
        let request = reqwest::Client::new()
            .post(account.moto())
            .header("authorization", scope(region, "logs"))
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", format!("Logs_20140328.{action}"))
            .body(body.to_string());
        let answer = request.send().await.unwrap();
        assert!(answer.status().is_success(), "{action}: {}", answer.text().await.unwrap());
    }
}
