//! Runs the very executable that is deployed, over the AWS Lambda Runtime API (2018-06-01), as Lambda does.
//!
//! Tests and the local CDN must meet the same binary, environment, process life and failures as production; a
//! function called in-process would prove nothing about any of them. Each instance is one process with a Runtime
//! API server of its own and handles one event at a time. Instances start when an event needs one, are reused,
//! and are replaced when they die or exceed their time.

mod allowance;
mod bench;
mod counters;
mod environment;
mod instance;
mod invoke_error;
mod launch;
mod log;
mod loss;
mod process;
mod runtime_api;
mod settings;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot, watch};

pub use counters::Counts;
pub use invoke_error::{InitFailure, InvokeError};
pub use launch::HostError;
pub use log::{LogLine, LogReader, LogStream};
pub use loss::{LastEvent, Loss, LossCause};
pub use settings::HostSettings;

use allowance::Allowance;
use bench::Bench;
use counters::Counters;
use instance::Instance;
use launch::Launch;
use log::Log;
use loss::Losses;
use runtime_api::Invocation;

/// The largest event and the largest answer of a synchronous invocation, in bytes (Lambda's quota: 6 MB).
pub const PAYLOAD_LIMIT: usize = 6 * 1024 * 1024;

type Answer = oneshot::Sender<Result<Bytes, InvokeError>>;

/// A function and its instances. Dropping it ends every process.
#[derive(Debug)]
pub struct FunctionHost {
    floor: Arc<Floor>,
}

impl FunctionHost {
    /// Takes the function on. No process starts before the first event.
    ///
    /// # Errors
    /// The executable or the task root is not there, or no instance is allowed.
    pub async fn start(settings: HostSettings) -> Result<Self, HostError> {
        let launch = Launch::new(settings).await?;
        let floor = Floor {
            places: Arc::new(Semaphore::new(launch.instances)),
            launch,
            waiting: AtomicUsize::new(0),
            bench: Bench::default(),
            stopping: watch::Sender::new(false),
            log: Arc::default(),
            counters: Counters::default(),
            losses: Losses::default(),
        };
        Ok(Self { floor: Arc::new(floor) })
    }

    /// Gives one event (JSON bytes) to an instance and returns what the function answered, unread.
    ///
    /// An event that was handed over runs to its end even if the returned future is dropped, as on Lambda.
    ///
    /// # Errors
    /// Every way in which Lambda would not give an answer; see [`InvokeError`].
    pub async fn invoke(&self, event: &[u8]) -> Result<Bytes, InvokeError> {
        if event.len() > PAYLOAD_LIMIT {
            return Err(InvokeError::EventTooLarge { size: event.len(), limit: PAYLOAD_LIMIT });
        }
        let place = self.floor.admit().await?;
        let (answer, answered) = oneshot::channel();
        tokio::spawn(Arc::clone(&self.floor).run(Bytes::copy_from_slice(event), place, answer));
        answered.await.unwrap_or(Err(InvokeError::Stopped))
    }

    /// What the function wrote to stdout and stderr, from the oldest line kept; it goes on with new lines.
    #[must_use]
    pub fn logs(&self) -> LogReader {
        LogReader::new(Arc::clone(&self.floor.log))
    }

    /// The lines kept so far, oldest first.
    #[must_use]
    pub fn log_tail(&self) -> Vec<LogLine> {
        self.floor.log.tail()
    }

    /// How often things happened since the start.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.floor.counters.snapshot()
    }

    /// The instances that were lost, the oldest that is kept first. Those that [`stop`](Self::stop) ends are not among
    /// them.
    #[must_use]
    pub fn losses(&self) -> Vec<Loss> {
        self.floor.losses.kept()
    }

    /// Ends every instance. Idle processes are gone when it returns; those in the middle of an event have been
    /// killed, and their events get [`InvokeError::Stopped`].
    pub async fn stop(self) {
        self.floor.stopping.send_replace(true);
        let all = u32::try_from(self.floor.launch.instances).unwrap_or(u32::MAX);
        // Whoever waits was in line before: it sees that the host is stopping and leaves.
        let every_place = self.floor.places.acquire_many(all).await;
        for instance in self.floor.bench.clear() {
            instance.end().await;
        }
        drop(every_place);
        self.floor.places.close();
    }
}

impl Drop for FunctionHost {
    fn drop(&mut self) {
        self.floor.stopping.send_replace(true);
        drop(self.floor.bench.clear());
    }
}

/// Where the instances stand: as many places as instances may run at once.
#[derive(Debug)]
struct Floor {
    launch: Launch,
    places: Arc<Semaphore>,
    waiting: AtomicUsize,
    bench: Bench,
    stopping: watch::Sender<bool>,
    log: Arc<Log>,
    counters: Counters,
    losses: Losses,
}

impl Floor {
    async fn admit(&self) -> Result<OwnedSemaphorePermit, InvokeError> {
        if let Ok(place) = Arc::clone(&self.places).try_acquire_owned() {
            return Ok(place);
        }
        let _in_line = InLine::join(&self.waiting, self.launch.queue).ok_or_else(|| {
            self.counters.throttled();
            InvokeError::Throttled { instances: self.launch.instances, queue: self.launch.queue }
        })?;
        Arc::clone(&self.places).acquire_owned().await.map_err(|_closed| InvokeError::Stopped)
    }

    async fn run(self: Arc<Self>, event: Bytes, place: OwnedSemaphorePermit, answer: Answer) {
        let mut stopping = self.stopping.subscribe();
        tokio::select! {
            biased;
            _ = stopping.wait_for(|stopping| *stopping) => {}
            () = self.serve(event, answer) => {}
        }
        drop(place);
    }

    async fn serve(&self, event: Bytes, answer: Answer) {
        let mut instance = match self.instance().await {
            Ok(instance) => instance,
            Err(failure) => {
                // Whoever asked may be gone; there is nobody else to tell.
                drop(answer.send(Err(failure)));
                return;
            }
        };
        instance.take_up(event.clone());
        let mut allowance = Allowance::new(self.launch.timeout);
        let invocation = Invocation::new(event, &self.launch, self.counters.invoked());
        let result = instance.handle(invocation, &mut allowance).await;
        if let Some(cause) = result.as_ref().err().and_then(LossCause::of) {
            self.lose(instance.lost(cause));
            drop(answer.send(result));
            return instance.end().await;
        }
        let returning = self.bench.expect();
        drop(answer.send(result));
        match instance.next(&mut allowance).await {
            Ok(()) => returning.arrived(instance),
            Err(cause) => {
                self.lose(instance.lost(cause));
                instance.end().await;
            }
        }
    }

    async fn instance(&self) -> Result<Instance, InvokeError> {
        while let Some(mut instance) = self.bench.take().await {
            match instance.ended() {
                None => return Ok(instance),
                Some(cause) => self.lose(instance.lost(cause)),
            }
        }
        let number = self.counters.cold_start();
        let started = Instance::start(&self.launch, number, &self.log).await;
        if let Some(cause) = started.as_ref().err().and_then(LossCause::of) {
            self.losses.note(Loss { instance: number, cause, event: None });
        }
        started
    }

    /// Notes the loss of an instance that is to be replaced.
    fn lose(&self, loss: Loss) {
        self.counters.lost();
        self.losses.note(loss);
    }
}

/// A place in the line of waiting events, given up when dropped.
struct InLine<'a>(&'a AtomicUsize);

impl<'a> InLine<'a> {
    fn join(waiting: &'a AtomicUsize, limit: usize) -> Option<Self> {
        let joined =
            waiting.fetch_update(Ordering::AcqRel, Ordering::Acquire, |n| (n < limit).then_some(n + 1));
        joined.ok().map(|_| Self(waiting))
    }
}

impl Drop for InLine<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}
