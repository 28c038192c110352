//! A PostgreSQL cluster for these tests: Debian's programs, a private socket, nothing on the network.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tempfile::TempDir;

use crate::conformance::fixture::Fixture;

/// Ends the cluster when its standard input ends, which it does with this process at the latest.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../setup/postgres.sh");

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
        let mut server = Command::new(SCRIPT)
            .arg(&socket)
            .args(["fsync=off", "max_connections=60"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut said).unwrap();
        assert_eq!(said, "ready\n", "PostgreSQL does not start");
        let cluster = Cluster { server, socket, databases: AtomicU32::new(0), _folder: folder };
        cluster.run("CREATE DATABASE migrated").await;
        backend::store::Store::migrate(&cluster.url("migrated")).await.unwrap();
        cluster
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
