//! A PostgreSQL cluster of this run's own.

use std::io::{self, BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// Ends the cluster when its standard input ends, which it does with this process at the latest.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../setup/postgres.sh");

pub(crate) struct Cluster {
    server: Child,
    folder: TempDir,
}

impl Cluster {
    /// Starts one with PostgreSQL's own settings.
    pub(crate) fn start() -> io::Result<Cluster> {
        let folder = tempfile::Builder::new().prefix("pg").tempdir_in("/tmp")?;
        let mut command = Command::new(SCRIPT);
        command.arg(folder.path()).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut cluster = Cluster { server: command.spawn()?, folder };
        let mut said = String::new();
        if let Some(output) = cluster.server.stdout.take() {
            BufReader::new(output).read_line(&mut said)?;
        }
        if said.trim() == "ready" { Ok(cluster) } else { Err(io::Error::other("PostgreSQL does not start")) }
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@localhost/postgres?host={}", self.folder.path().display())
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.server.stdin.take());
        let _ = self.server.wait();
    }
}
