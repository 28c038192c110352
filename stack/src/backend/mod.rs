//! The API as a process: the very binary that is deployed, as a server. It is started when the database is migrated,
//! answers before anybody is told of it, and is started again when it dies.

mod health;
mod output;
mod place;
mod settings;

use std::{
    io,
    net::SocketAddr,
    process::{ExitStatus, Stdio},
    sync::{
        Arc,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    time::Duration,
};

use http::Uri;
use rustix::process::{Pid, Signal, kill_process};
use tokio::{
    process::{Child, Command},
    sync::watch,
    task::JoinHandle,
    time::timeout,
};

pub use output::Output;
pub use place::Place;
pub use settings::BackendSettings;

/// How long it may take to answer for the first time.
const FIRST_ANSWER: Duration = Duration::from_secs(30);
/// How long it may take to end by itself.
const FAREWELL: Duration = Duration::from_secs(5);
/// How long the next start waits after one that came to nothing.
const AFTER_A_LOSS: Duration = Duration::from_millis(200);

/// Why the API does not run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackendError {
    /// It is not built.
    #[error("{0} is missing; `make build` makes it, or BACKEND_BINARY names another")]
    NotBuilt(String),
    /// It cannot be started.
    #[error("the program {program} cannot be started")]
    Start {
        /// Which.
        program: String,
        /// Why.
        source: io::Error,
    },
    /// The database cannot be migrated.
    #[error("`backend migrate` failed ({status}): {output}")]
    Migration {
        /// How it ended.
        status: ExitStatus,
        /// What it wrote.
        output: String,
    },
    /// It ended or did not answer.
    #[error("the backend did not answer at {address}: {output}")]
    NoAnswer {
        /// Where it was to listen.
        address: SocketAddr,
        /// What it wrote.
        output: String,
    },
}

/// The API, until it is stopped or dropped.
#[derive(Debug)]
pub struct RunningBackend {
    address: SocketAddr,
    output: Output,
    state: Arc<State>,
    stop: watch::Sender<bool>,
    keeper: JoinHandle<()>,
    /// Held, so that nobody else gets the port between two processes.
    _place: Place,
}

#[derive(Debug, Default)]
struct State {
    process: AtomicU32,
    starts: AtomicU64,
}

impl RunningBackend {
    /// Migrates the database, starts the API and waits until it answers.
    ///
    /// # Errors
    /// When it is not built, the database cannot be migrated, or it does not answer.
    pub async fn start(settings: BackendSettings, place: Place) -> Result<RunningBackend, BackendError> {
        if !settings.program.is_file() {
            return Err(BackendError::NotBuilt(settings.program.display().to_string()));
        }
        let address = place.address();
        let (output, state) = (Output::default(), Arc::new(State::default()));
        migrate(&settings).await?;
        let child = spawn(&settings, address, &output)?;
        state.started(&child);
        let (stop, stopped) = watch::channel(false);
        let keeper =
            tokio::spawn(keep(settings, address, output.clone(), child, Arc::clone(&state), stopped));
        let running = RunningBackend { address, output, state, stop, keeper, _place: place };
        running.answers().await?;
        Ok(running)
    }

    /// Waits until it answers, such as after it has died.
    ///
    /// # Errors
    /// When it does not.
    pub async fn answers(&self) -> Result<(), BackendError> {
        let answered =
            timeout(FIRST_ANSWER, health::answers(self.address, || self.keeper.is_finished())).await;
        match answered {
            Ok(true) => Ok(()),
            _ => Err(BackendError::NoAnswer { address: self.address, output: self.output.last_lines() }),
        }
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// As an origin.
    #[must_use]
    pub fn uri(&self) -> Uri {
        uri(self.address)
    }

    /// What it writes.
    #[must_use]
    pub fn output(&self) -> &Output {
        &self.output
    }

    /// How often a process was started.
    #[must_use]
    pub fn starts(&self) -> u64 {
        self.state.starts.load(Ordering::Acquire)
    }

    /// The process that runs now, if one does.
    #[must_use]
    pub fn process_id(&self) -> Option<u32> {
        self.state.process().and_then(|process| u32::try_from(process.as_raw_pid()).ok())
    }

    /// Kills the process, as `kill -9` does; another is started.
    pub fn kill(&self) {
        if let Some(process) = self.state.process() {
            // It may be gone already; so much the better.
            _ = kill_process(process, Signal::KILL);
        }
    }

    /// Ends it, and waits until it is gone.
    pub async fn stop(mut self) {
        self.stop.send_replace(true);
        if timeout(FAREWELL * 2, &mut self.keeper).await.is_err() {
            self.keeper.abort();
        }
    }
}

impl Drop for RunningBackend {
    fn drop(&mut self) {
        // The child is killed with the task that holds it.
        self.keeper.abort();
    }
}

impl State {
    fn started(&self, child: &Child) {
        self.process.store(child.id().unwrap_or_default(), Ordering::Release);
        self.starts.fetch_add(1, Ordering::AcqRel);
    }

    fn process(&self) -> Option<Pid> {
        Pid::from_raw(i32::try_from(self.process.load(Ordering::Acquire)).ok()?)
    }
}

/// An address as an origin.
pub(crate) fn uri(address: SocketAddr) -> Uri {
    let uri = Uri::builder().scheme("http").authority(address.to_string()).path_and_query("/");
    // An address is always a URI's authority.
    uri.build().unwrap_or_default()
}

async fn migrate(settings: &BackendSettings) -> Result<(), BackendError> {
    let migration = command(settings).arg("migrate").stdin(Stdio::null()).output().await;
    let migration = migration.map_err(|source| start_error(settings, source))?;
    if migration.status.success() {
        return Ok(());
    }
    let output = [migration.stdout, migration.stderr].concat();
    let output = String::from_utf8_lossy(&output).trim().to_owned();
    Err(BackendError::Migration { status: migration.status, output })
}

fn spawn(settings: &BackendSettings, address: SocketAddr, output: &Output) -> Result<Child, BackendError> {
    let mut command = command(settings);
    command.env("LISTEN", address.to_string()).stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|source| start_error(settings, source))?;
    output.take_from(&mut child);
    Ok(child)
}

fn command(settings: &BackendSettings) -> Command {
    let mut command = Command::new(&settings.program);
    let environment = settings.environment.iter().map(|(name, value)| (name, value));
    // A group of its own: an interrupt at the terminal is the stack's to pass on.
    command.env_clear().envs(environment).kill_on_drop(true).process_group(0);
    command
}

fn start_error(settings: &BackendSettings, source: io::Error) -> BackendError {
    BackendError::Start { program: settings.program.display().to_string(), source }
}

/// Holds the process, and starts another when it dies, until it is told to stop.
async fn keep(
    settings: BackendSettings,
    address: SocketAddr,
    output: Output,
    mut child: Child,
    state: Arc<State>,
    mut stopped: watch::Receiver<bool>,
) {
    loop {
        tokio::select! {
            status = child.wait() => {
                let status = status.map_or_else(|error| error.to_string(), |status| status.to_string());
                tracing::warn!("the backend has ended ({status}); it is started again");
            }
            _ = stopped.wait_for(|stop| *stop) => break,
        }
        loop {
            match spawn(&settings, address, &output) {
                Ok(next) => {
                    child = next;
                    state.started(&child);
                    break;
                }
                Err(error) => {
                    tracing::error!(error = &error as &dyn std::error::Error, "the backend is not started")
                }
            }
            tokio::time::sleep(AFTER_A_LOSS).await;
        }
    }
    if let Some(process) = state.process() {
        _ = kill_process(process, Signal::TERM);
    }
    if timeout(FAREWELL, child.wait()).await.is_err() {
        _ = child.kill().await;
    }
}
