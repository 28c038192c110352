//! The server as a process of its own, on a port that it chooses, with a database that outlives it.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::api::token;

/// A running server, which is killed with the value.
pub(crate) struct Server {
    process: Child,
    pub(crate) address: String,
    client: reqwest::Client,
    token: String,
}

impl Server {
    /// Starts the server on the database in a folder.
    pub(crate) async fn start(folder: &Path, aws: &str) -> Server {
        let command = |argument: Option<&str>| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_backend"));
            command
                .args(argument)
                .env_clear()
                .env("DATABASE_URL", format!("sqlite:{}", folder.join("cms.db").display()))
                .env("SITE_BUCKET", "site")
                .env("UPLOADS_BUCKET", "uploads")
                .env("RECORDS_TABLE", "records")
                .env("ISSUER", token::ISSUER)
                .env("CLIENT_IDS", token::CLIENT)
                .env("JWKS", token::jwks_json().to_string())
                .env("ROUTES", r#"[{"path":"/*","kind":"site","access":"public"}]"#)
                .env("LISTEN", "127.0.0.1:0")
                .env("AWS_ENDPOINT_URL", aws)
                .env("AWS_REGION", "eu-central-1")
                .env("AWS_ACCESS_KEY_ID", "test")
                .env("AWS_SECRET_ACCESS_KEY", "test")
                .stdout(Stdio::piped());
            command
        };
        assert!(command(Some("migrate")).output().unwrap().status.success());
        let mut process = command(None).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let address = loop {
            let line: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap_or_default();
            if let Some(address) = line["address"].as_str() {
                break format!("http://{address}");
            }
        };
        // What it writes has to be read, or it waits for somebody who does.
        std::thread::spawn(move || lines.for_each(drop));
        let now = time::OffsetDateTime::now_utc().unix_timestamp();
        let token = token::sign(&token::claims("sub-admin", &["admins"], now));
        Server { process, address, client: reqwest::Client::new(), token }
    }

    pub(crate) fn authorization(&self) -> String {
        format!("Bearer {}", self.token)
    }

    pub(crate) fn process_id(&self) -> u32 {
        self.process.id()
    }

    /// Asks for something; none where no answer came.
    pub(crate) async fn ask(
        &self,
        method: &str,
        path: &str,
        version: i64,
        body: Option<&Value>,
    ) -> Option<(u16, Value)> {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let request = self.client.request(method, format!("{}/api/v1{path}", self.address));
        let request = request
            .header("authorization", self.authorization())
            .header("if-match", format!("\"{version}\""));
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        let response = request.send().await.ok()?;
        let status = response.status().as_u16();
        Some((status, response.json().await.ok()?))
    }

    /// A section, and an entry in it.
    pub(crate) async fn entry(&self, title: &str) -> Value {
        let section = json!({ "path": "/news/", "title": "News" });
        self.ask("POST", "/sections", 0, Some(&section)).await.unwrap();
        let body = json!({ "title": title, "section": "/news/" });
        let (status, entry) = self.ask("POST", "/entries", 0, Some(&body)).await.unwrap();
        assert_eq!(status, 201, "{entry}");
        entry
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGKILL: nothing is put in order.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
