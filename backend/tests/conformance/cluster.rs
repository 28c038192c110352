//! A PostgreSQL cluster for these tests: Debian's programs, a private socket, nothing on the network.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

use crate::fixture::Fixture;

/// A running cluster. It ends with this value, and with the test's process, however that ends.
pub(crate) struct Cluster {
    server: Child,
    socket: PathBuf,
    databases: AtomicU32,
    _folder: TempDir,
}

impl Cluster {
    pub(crate) async fn start() -> Cluster {
        let folder = tempfile::Builder::new().prefix("pg").tempdir_in("/tmp").unwrap();
        let socket = folder.path().to_owned();
        let programs = programs();
        if is_root() {
            assert!(Command::new("chown").arg("postgres").arg(&socket).status().unwrap().success());
        }
        let data = socket.join("data");
        let made = as_postgres(&programs.join("initdb"))
            .args(["-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "-N", "-D"])
            .arg(&data)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        // The shell stops the server when its standard input ends, which it does with this process at the latest.
        let script = r#""$0" -D "$1" -k "$2" -c listen_addresses= -c fsync=off -c max_connections=60 >/dev/null 2>&1 &
            server=$!
            read -r _
            kill -QUIT "$server"
            wait "$server""#;
        let server = as_postgres(Path::new("/bin/sh"))
            .arg("-c")
            .arg(script)
            .arg(programs.join("postgres"))
            .arg(&data)
            .arg(&socket)
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        let cluster = Cluster { server, socket, databases: AtomicU32::new(0), _folder: folder };
        cluster.wait().await;
        cluster.run("CREATE DATABASE migrated").await;
        backend::store::Store::migrate(&cluster.url("migrated")).await.unwrap();
        cluster
    }

    async fn wait(&self) {
        let started = async {
            while PgConnection::connect(&self.url("postgres")).await.is_err() {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(30), started).await.expect("PostgreSQL does not start");
    }

    pub(crate) fn url(&self, database: &str) -> String {
        format!("postgres://postgres@localhost/{database}?host={}", self.socket.display())
    }

    pub(crate) async fn run(&self, sql: &str) {
        let mut connection = PgConnection::connect(&self.url("postgres")).await.unwrap();
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    /// A database of its own, migrated.
    pub(crate) async fn fixture(&self, pooled: bool) -> Fixture {
        let name = format!("case_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.run(&format!("CREATE DATABASE {name} TEMPLATE migrated")).await;
        let options = if pooled { "&connections=4&pooler=true" } else { "&connections=4" };
        let empty = format!("{name}_empty");
        self.run(&format!("CREATE DATABASE {empty}")).await;
        Fixture::open(&format!("{}{options}", self.url(&name)), &self.url(&empty), None).await
    }

    pub(crate) fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        drop(self.server.stdin.take());
        let _ = self.server.wait();
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.end();
    }
}

fn programs() -> PathBuf {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .expect("PostgreSQL is not installed, expected Debian's package postgresql")
        .map(|version| version.unwrap().path().join("bin"))
        .collect();
    versions.sort();
    versions.pop().expect("PostgreSQL is not installed, expected a version in /usr/lib/postgresql")
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|me| std::os::unix::fs::MetadataExt::uid(&me) == 0)
}

/// PostgreSQL refuses to run as root.
fn as_postgres(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("runuser");
    command.args(["-u", "postgres", "--"]).arg(program).current_dir("/tmp");
    command
}
