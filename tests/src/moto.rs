//! moto, a double of AWS's APIs that others wrote, in a process of its own.
//!
//! It is honest about S3, Parameter Store, Logs, Lambda and Cognito's administration. It is not about CloudFormation:
//! what it does not know is "created" all the same, and a stack that a change set made has no outputs.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

/// The server, ended by the end of its standard input: even a test that is killed leaves nothing behind.
///
/// Half of its start is left out: the collection of garbage, of which a test makes little, and the tables of EC2's
/// machines, for which no test asks.
const SERVER: &str = "\
import gc, os, sys, threading
gc.disable()
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
from moto.utilities import utils
load = utils.load_resource
utils.load_resource = lambda path: {} if path.startswith('ec2/resources/instance_type') else load(path)
from moto.server import main
main(['--host', '127.0.0.1', '--port', '0'])
";
/// What it writes before its address.
const READY: &str = "Running on ";

/// Why there is no moto.
#[derive(Debug, thiserror::Error)]
pub enum MotoError {
    /// It is not installed.
    #[error(".local/moto/bin/python is missing; `make setup` installs it")]
    Missing,
    /// It could not be started.
    #[error("moto cannot be started")]
    Start(#[from] std::io::Error),
    /// It ended before it listened.
    #[error("expected moto to say where it listens, but it ended")]
    NoAddress,
}

/// A running moto with an empty account, in all regions. It is gone when this is dropped.
#[derive(Debug)]
pub struct Moto {
    process: Child,
    url: String,
}

impl Moto {
    /// Starts one on a port that the operating system chooses. Blocks until it listens, which takes a second.
    ///
    /// # Errors
    /// If it is not installed or does not start.
    pub fn start() -> Result<Moto, MotoError> {
        let python = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.local/moto/bin/python"));
        if !python.exists() {
            return Err(MotoError::Missing);
        }
        let mut process = Command::new(python)
            .args(["-c", SERVER])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()?;
        let output = process.stderr.take();
        // From here on the process ends with this value.
        let mut moto = Moto { process, url: String::new() };
        let mut output = BufReader::new(output.ok_or(MotoError::NoAddress)?);
        moto.url = address(&mut output).ok_or(MotoError::NoAddress)?;
        // A full pipe would stop the server.
        thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        Ok(moto)
    }

    /// Where it answers, for all services: `http://127.0.0.1:34507`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Moto {
    fn drop(&mut self) {
        // A process that has ended cannot be killed; so much the better.
        let _ended_before = self.process.kill();
        let _status = self.process.wait();
    }
}

fn address(output: &mut impl BufRead) -> Option<String> {
    let line = output.lines().map_while(Result::ok).find(|line| line.contains(READY))?;
    Some(line.split_once(READY)?.1.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn the_address_is_read_from_what_moto_says() {
        let output = "WARNING: This is a development server.\n * Running on http://127.0.0.1:34507\n";
        assert_eq!(address(&mut output.as_bytes()).as_deref(), Some("http://127.0.0.1:34507"));
        assert_eq!(address(&mut "No module named moto\n".as_bytes()), None);
    }
}
