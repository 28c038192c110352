//! A function under measurement: how its process is started, and what a run of it tells.

use std::ffi::OsString;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, bail, ensure};

use crate::double::{Double, Look, News, now};
use crate::event::Layout;

/// How long to listen for news before the process is looked at, and how often in vain.
const SILENCE: Duration = Duration::from_secs(1);
const PATIENCE: u32 = 120;

/// One of those that are compared.
pub(crate) struct Function {
    /// As the report calls it.
    pub(crate) name: &'static str,
    /// The cookies that it reads.
    pub(crate) layout: Layout,
    /// The handler that its runtime client is told.
    pub(crate) handler: &'static str,
    /// The program and its arguments.
    pub(crate) command: Vec<OsString>,
    /// Where it runs: LAMBDA_TASK_ROOT.
    pub(crate) task_root: PathBuf,
    /// The gate's configuration, for a peer that is not started beside it.
    pub(crate) config: PathBuf,
}

/// What one run told.
pub(crate) struct Observation {
    /// From the start of the process to its first answer, in milliseconds.
    pub(crate) first_answer: f64,
    /// The process as it was at each of the places asked for.
    pub(crate) looks: Vec<Look>,
}

impl Observation {
    /// Notes what the double tells, until all events are answered.
    fn listen(&mut self, told: &Receiver<News>, started: Instant, process: &mut Child) -> anyhow::Result<()> {
        let mut silent = 0;
        loop {
            match told.recv_timeout(SILENCE) {
                Ok(News::FirstAnswer(at)) => {
                    self.first_answer = at.duration_since(started).as_secs_f64() * 1e3;
                }
                Ok(News::Asked(look)) => self.looks.push(look),
                Ok(News::Finished) => return Ok(()),
                Ok(News::Wrong(what)) => bail!(what),
                Err(_) => silent += 1,
            }
            if let Some(status) = process.try_wait()? {
                bail!("the process ended by itself: {status}");
            }
            ensure!(silent < PATIENCE, "the process is silent");
        }
    }

    /// Between the first look and the last.
    pub(crate) fn per_event(&self) -> anyhow::Result<PerEvent> {
        let (Some(first), Some(last)) = (self.looks.first(), self.looks.last()) else {
            bail!("nothing was looked at");
        };
        let events = f64::from(u32::try_from(last.answered - first.answered)?);
        Ok(PerEvent {
            cpu_time: (last.cpu_time - first.cpu_time) / events,
            double: (last.own_cpu_time - first.own_cpu_time) / events,
            passed: last.at.duration_since(first.at).as_secs_f64() * 1e6 / events,
        })
    }
}

/// What one event took, in microseconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct PerEvent {
    /// CPU time of the whole process.
    pub(crate) cpu_time: f64,
    /// CPU time of the double.
    pub(crate) double: f64,
    /// From one event to the next.
    pub(crate) passed: f64,
}

impl Function {
    /// Starts the function, has it answer `count` events out of these, and ends it.
    pub(crate) fn run(
        &self,
        events: &[String],
        count: usize,
        looks: &[usize],
    ) -> anyhow::Result<Observation> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?;
        let started = now();
        let mut process = self.start(&address.to_string())?;
        let double = Double::new(events, count, looks, process.id());
        let (news, told) = channel();
        let mut observation = Observation { first_answer: f64::NAN, looks: Vec::new() };
        let outcome = thread::scope(|scope| {
            scope.spawn(|| double.serve(&listener, &news));
            let outcome = observation.listen(&told, started, &mut process);
            let ended = process.kill().and_then(|()| process.wait());
            double.stop(address);
            ended.map_err(anyhow::Error::from).and(outcome)
        });
        outcome.with_context(|| format!("{} failed", self.name))?;
        Ok(observation)
    }

    fn start(&self, runtime_api: &str) -> anyhow::Result<Child> {
        let (program, arguments) = self.command.split_first().context("there is no command")?;
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.task_root).env_clear();
        command.envs([
            ("AWS_LAMBDA_RUNTIME_API", runtime_api),
            ("AWS_LAMBDA_FUNCTION_NAME", "us-east-1.measured"),
            ("_HANDLER", self.handler),
            ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128"),
            ("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/us-east-1.measured"),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "1"),
        ]);
        command.env("LAMBDA_TASK_ROOT", &self.task_root).env("EDGE_AUTH_JSON", &self.config);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        command.spawn().with_context(|| format!("{} cannot be started", self.name))
    }
}
