//! CPU time of the server for each request, among 10,000 entries: `cargo run --release -p backend --example load`.
//!
//! The program `backend` beside it, or the one that `BACKEND` names, is started on a new SQLite database, or on the empty
//! one that `DATABASE_URL` names. Its CPU time is read from `/proc`, so that the load's own is not counted; a PostgreSQL
//! server's is told beside it.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context as _, ensure};
use axum::Router;
use serde_json::{Value, json};
use tokio::sync::Mutex;

#[path = "../tests/suite/api/token.rs"]
#[expect(
    dead_code,
    clippy::unwrap_used,
    reason = "shared with the tests, which need more of it and may panic"
)]
mod token;

const ENTRIES: usize = 10_000;
const CLIENTS: usize = 20;
const REQUESTS: usize = 4_000;
/// A tick of `/proc/<pid>/stat` is a hundredth of a second on every Linux.
const TICK_MS: f64 = 10.0;

fn main() -> anyhow::Result<()> {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?.block_on(measure())
}

async fn measure() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let own = format!("sqlite:{}", folder.path().join("cms.db").display());
    let database = std::env::var("DATABASE_URL").unwrap_or(own);
    let server = Server::start(&database).await?;
    let entries = Arc::new(server.seed().await?);
    tell(format!("{ENTRIES} entries, {CLIENTS} clients, {REQUESTS} requests a row, {}", kind(&database)));
    tell("row | CPU ms | PostgreSQL's CPU ms | p50 ms | p95 ms".to_owned());
    let list = |_: usize| ("GET", "/entries?limit=50".to_owned(), None);
    server.row("list of 50", list).await?;
    let words = Arc::clone(&entries);
    let search = move |number: usize| {
        let word = words.iter().cycle().nth(number % words.len()).map_or("", |(_, word)| word);
        ("GET", format!("/entries?q={word}&limit=50"), None)
    };
    server.row("search for a word in one entry", search).await?;
    let ids = Arc::clone(&entries);
    let open = move |number: usize| {
        let id = ids.iter().cycle().nth(number % ids.len()).map_or("", |(id, _)| id);
        ("GET", format!("/entries/{id}"), None)
    };
    server.row("open", open).await?;
    server.saves(&entries).await?;
    tell(format!("resident after load: {:.1} MB", server.resident()?));
    Ok(())
}

fn kind(database: &str) -> &'static str {
    if database.starts_with("sqlite") { "SQLite" } else { "PostgreSQL" }
}

#[expect(clippy::print_stdout, reason = "an example says what it measured")]
fn tell(line: String) {
    println!("{line}");
}

struct Server {
    process: Child,
    address: String,
    token: String,
    client: reqwest::Client,
}

impl Server {
    async fn start(database: &str) -> anyhow::Result<Server> {
        let aws = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
        let endpoint = format!("http://{}", aws.local_addr()?);
        tokio::spawn(async move { axum::serve(aws, Router::new().fallback(async || "{}")).await });
        let beside = std::env::current_exe()?;
        let beside =
            beside.parent().and_then(|examples| examples.parent()).map(|folder| folder.join("backend"));
        let program = std::env::var_os("BACKEND").map(PathBuf::from).or(beside);
        let program = program.context("the example lies in no target folder")?;
        ensure!(program.exists(), "{} is not built: cargo build --release -p backend", program.display());
        let command = |argument: Option<&str>| {
            let mut command = Command::new(&program);
            command.args(argument).env_clear().envs([
                ("DATABASE_URL", database),
                ("SITE_BUCKET", "site"),
                ("UPLOADS_BUCKET", "uploads"),
                ("RECORDS_TABLE", "records"),
                ("ISSUER", token::ISSUER),
                ("CLIENT_IDS", token::CLIENT),
                ("JWKS", &token::jwks_json().to_string()),
                ("ROUTES", r#"[{"path":"/*","kind":"site","access":"public"}]"#),
                ("LISTEN", "127.0.0.1:0"),
                ("AWS_ENDPOINT_URL", &endpoint),
                ("AWS_REGION", "eu-central-1"),
                ("AWS_ACCESS_KEY_ID", "test"),
                ("AWS_SECRET_ACCESS_KEY", "test"),
            ]);
            command.stdout(Stdio::piped());
            command
        };
        ensure!(command(Some("migrate")).output()?.status.success(), "the database was not migrated");
        let mut process = command(None).spawn()?;
        let mut lines = BufReader::new(process.stdout.take().context("the server has no output")?).lines();
        let address = loop {
            let line = lines.next().context("the server ended")??;
            let line: Value = serde_json::from_str(&line).unwrap_or_default();
            if let Some(address) = line.get("address").and_then(Value::as_str) {
                break format!("http://{address}/api/v1");
            }
        };
        std::thread::spawn(move || lines.for_each(drop));
        let now = time::OffsetDateTime::now_utc().unix_timestamp();
        let token = token::sign(&token::claims("sub-admin", &["admins"], now));
        Ok(Server { process, address, token, client: reqwest::Client::new() })
    }

    async fn ask(
        &self,
        method: &str,
        path: &str,
        version: i64,
        body: Option<&Value>,
    ) -> anyhow::Result<Value> {
        let request = self.client.request(method.parse()?, format!("{}{path}", self.address));
        let request = request.bearer_auth(&self.token).header("if-match", format!("\"{version}\""));
        let request = match body {
            Some(body) => request.json(body),
            None => request,
        };
        let response = request.send().await?;
        let status = response.status();
        let bytes = response.bytes().await?;
        ensure!(status.is_success(), "{method} {path}: {status} {}", String::from_utf8_lossy(&bytes));
        Ok(if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes)? })
    }

    /// Entries of 3 KB with 5 of 50 tags; each has a word of its own. Their ids and those words.
    async fn seed(&self) -> anyhow::Result<Vec<(String, String)>> {
        let section = json!({ "path": "/news/", "title": "News" });
        self.ask("POST", "/sections", 0, Some(&section)).await.ok();
        let (next, made) = (AtomicUsize::new(0), Mutex::new(Vec::with_capacity(ENTRIES)));
        let fill = async || -> anyhow::Result<()> {
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                if number >= ENTRIES {
                    return Ok(());
                }
                let word = format!("w{number}x");
                let tags: Vec<String> = (0..5).map(|n| format!("tag{}", (number + 7 * n) % 50)).collect();
                let body = format!("{word} {}", "Boats lie in the harbour and wait for wind. ".repeat(68));
                let entry = json!({ "title": format!("Entry {number}"), "section": "/news/", "tags": tags, "body": body });
                let entry = self.ask("POST", "/entries", 0, Some(&entry)).await?;
                let id = entry.get("id").and_then(Value::as_str).unwrap_or_default();
                made.lock().await.push((id.to_owned(), word));
            }
        };
        tokio::try_join!(fill(), fill(), fill(), fill())?;
        Ok(made.into_inner())
    }

    async fn row(
        &self,
        name: &str,
        request: impl Fn(usize) -> (&'static str, String, Option<Value>) + Sync,
    ) -> anyhow::Result<()> {
        let next = AtomicUsize::new(0);
        let client = async || -> anyhow::Result<Vec<Duration>> {
            let mut took = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                if number >= REQUESTS {
                    return Ok(took);
                }
                let (method, path, body) = request(number * 7_919);
                let begun = tokio::time::Instant::now();
                self.ask(method, &path, 0, body.as_ref()).await?;
                took.push(begun.elapsed());
            }
        };
        let before = self.cpu()?;
        let took = all_of(client).await?;
        self.say(name, before, took)
    }

    async fn saves(&self, entries: &[(String, String)]) -> anyhow::Result<()> {
        let next = AtomicUsize::new(0);
        let client = async || -> anyhow::Result<Vec<Duration>> {
            let mut took = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                let Some((id, word)) = entries.get(number).filter(|_| number < REQUESTS) else {
                    return Ok(took);
                };
                let text = "Boats lie in the harbour and wait for rain. ".repeat(68);
                let body = json!({ "body": format!("{word} {text}") });
                let begun = tokio::time::Instant::now();
                self.ask("PUT", &format!("/entries/{id}"), 1, Some(&body)).await?;
                took.push(begun.elapsed());
            }
        };
        let before = self.cpu()?;
        let took = all_of(client).await?;
        self.say("save", before, took)
    }

    fn say(&self, name: &str, before: (f64, f64), mut took: Vec<Duration>) -> anyhow::Result<()> {
        let after = self.cpu()?;
        took.sort();
        let at = |part: f64| {
            let place = (took.len() as f64 * part) as usize;
            took.get(place).map_or(0.0, |time| time.as_secs_f64() * 1_000.0)
        };
        let requests = REQUESTS as f64;
        let (own, database) = ((after.0 - before.0) / requests, (after.1 - before.1) / requests);
        tell(format!("{name} | {own:.3} | {database:.3} | {:.1} | {:.1}", at(0.5), at(0.95)));
        Ok(())
    }

    /// The CPU time of the server, and of all PostgreSQL processes, in milliseconds.
    fn cpu(&self) -> anyhow::Result<(f64, f64)> {
        let mut database = 0.0;
        for process in std::fs::read_dir("/proc")?.flatten() {
            let name = std::fs::read_to_string(process.path().join("comm")).unwrap_or_default();
            if name.trim() == "postgres" {
                database += ticks(&process.path().join("stat")).unwrap_or_default();
            }
        }
        let own = ticks(&PathBuf::from(format!("/proc/{}/stat", self.process.id())))?;
        Ok((own * TICK_MS, database * TICK_MS))
    }

    fn resident(&self) -> anyhow::Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("no VmRSS")?;
        let kilobytes: f64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes / 1_024.0)
    }
}

/// User and system time (proc(5), fields 14 and 15). The name of the program may hold anything but a closing parenthesis.
fn ticks(stat: &std::path::Path) -> anyhow::Result<f64> {
    let stat = std::fs::read_to_string(stat)?;
    let (_, fields) = stat.rsplit_once(')').context("no name")?;
    let times: Vec<f64> =
        fields.split_whitespace().skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
    Ok(times.iter().sum())
}

async fn all_of(client: impl AsyncFn() -> anyhow::Result<Vec<Duration>>) -> anyhow::Result<Vec<Duration>> {
    let clients = (0..CLIENTS).map(|_| client());
    Ok(futures_util::future::try_join_all(clients).await?.into_iter().flatten().collect())
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
