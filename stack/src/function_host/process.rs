//! One process of the function: started with Lambda's environment only, ended with everything it started.

use std::collections::VecDeque;
use std::io;
use std::net::SocketAddr;
use std::process::{ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process_group};
use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinHandle;

use super::environment;
use super::launch::Launch;
use super::log::{Log, LogLine, LogStream};

/// How many of the last lines on stderr are told with a failed initialisation.
const STDERR_LINES: usize = 40;

/// How long the last output of an ended process may take to arrive. Only a descendant that left the process group
/// can hold the pipe for longer.
const LAST_WORDS: Duration = Duration::from_secs(1);

type Tail = Arc<Mutex<VecDeque<Arc<str>>>>;

#[derive(Debug)]
pub(super) struct Process {
    child: Child,
    group: Option<Pid>,
    stderr: Tail,
    stderr_pump: Option<JoinHandle<()>>,
}

impl Process {
    pub(super) fn start(launch: &Launch, number: u64, api: SocketAddr, log: &Arc<Log>) -> io::Result<Self> {
        let mut child = Command::new(&launch.executable)
            .args(&launch.args)
            .current_dir(&launch.task_root)
            .env_clear()
            .envs(launch.environment.iter().map(|(name, value)| (name, value)))
            .envs(environment::of_instance(number, &api.to_string()))
            .envs(launch.extra_env.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            // A group of its own, so that what the function starts can be ended with it.
            .process_group(0)
            .kill_on_drop(true)
            .spawn()?;
        let group = child.id().and_then(|id| i32::try_from(id).ok()).and_then(Pid::from_raw);
        let stderr = Tail::default();
        if let Some(pipe) = child.stdout.take() {
            tokio::spawn(pump(pipe, LogStream::Stdout, number, Arc::clone(log), None));
        }
        let stderr_pump = child.stderr.take().map(|pipe| {
            tokio::spawn(pump(pipe, LogStream::Stderr, number, Arc::clone(log), Some(Arc::clone(&stderr))))
        });
        Ok(Self { child, group, stderr, stderr_pump })
    }

    /// Waits for the process to end by itself. Cancel safe.
    pub(super) async fn exited(&mut self) -> Option<ExitStatus> {
        self.child.wait().await.ok()
    }

    /// How it has ended by itself, if it has.
    pub(super) fn status(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child.try_wait()
    }

    /// For how long it has waited for a processor since it was started, as far as the kernel tells:
    /// <https://docs.kernel.org/scheduler/sched-stats.html#proc-pid-schedstat>.
    pub(super) fn waited(&self) -> Option<Duration> {
        let figures = std::fs::read_to_string(format!("/proc/{}/schedstat", self.child.id()?)).ok()?;
        figures.split_whitespace().nth(1)?.parse().map(Duration::from_nanos).ok()
    }

    /// Ends it and returns the last of what it wrote to stderr.
    pub(super) async fn end(mut self) -> String {
        self.kill();
        // It was told to end; if it cannot be waited for, it is gone already.
        drop(self.child.wait().await);
        if let Some(pump) = self.stderr_pump.take() {
            drop(tokio::time::timeout(LAST_WORDS, pump).await);
        }
        let lines = self.stderr.lock().unwrap_or_else(PoisonError::into_inner);
        lines.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join("\n")
    }

    fn kill(&self) {
        if let Some(group) = self.group {
            // Fails only when nothing of the group is left.
            _ = kill_process_group(group, Signal::KILL);
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.kill();
    }
}

async fn pump(
    pipe: impl AsyncRead + Unpin,
    stream: LogStream,
    instance: u64,
    log: Arc<Log>,
    tail: Option<Tail>,
) {
    let mut pipe = BufReader::new(pipe);
    let mut line = Vec::new();
    while let Ok(1..) = pipe.read_until(b'\n', &mut line).await {
        let text: Arc<str> = String::from_utf8_lossy(line.trim_ascii_end()).into();
        if let Some(tail) = &tail {
            let mut tail = tail.lock().unwrap_or_else(PoisonError::into_inner);
            if tail.len() == STDERR_LINES {
                tail.pop_front();
            }
            tail.push_back(Arc::clone(&text));
        }
        log.write(LogLine { instance, stream, text });
        line.clear();
    }
}
