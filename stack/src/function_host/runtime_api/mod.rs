//! The Lambda Runtime API, version 2018-06-01, of one instance.
//! <https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html>
//!
//! hyper rather than a framework, and one connection kept open: this stands between a benchmark and what it
//! measures.

mod invocation;
mod reply;
mod server;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::HeaderValue;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

pub(super) use invocation::Invocation;

use super::InvokeError;

/// What the runtime said.
#[derive(Debug)]
pub(super) enum Signal {
    /// It is ready for an event.
    Next(Turn),
    /// It could not initialise.
    InitError { error_type: String, message: String },
}

/// A runtime's open request for the next event.
#[derive(Debug)]
pub(super) struct Turn(Option<oneshot::Sender<Invocation>>);

impl Turn {
    /// Gives the event to the runtime, or gives it back if the runtime's connection is gone.
    pub(super) fn take(&mut self, invocation: Invocation) -> Result<(), Invocation> {
        match self.0.take() {
            Some(waiting) => waiting.send(invocation),
            None => Err(invocation),
        }
    }
}

/// A listening Runtime API; it ends when dropped.
#[derive(Debug)]
pub(super) struct RuntimeApi {
    address: SocketAddr,
    desk: Arc<Desk>,
    signals: mpsc::Receiver<Signal>,
    server: JoinHandle<()>,
}

impl RuntimeApi {
    pub(super) async fn open(arn: HeaderValue) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (sender, signals) = mpsc::channel(1);
        let desk = Arc::new(Desk { arn, signals: sender, current: Mutex::default() });
        let server = tokio::spawn(server::serve(listener, Arc::clone(&desk)));
        Ok(Self { address, desk, signals, server })
    }

    pub(super) fn address(&self) -> SocketAddr {
        self.address
    }

    pub(super) async fn signal(&mut self) -> Option<Signal> {
        self.signals.recv().await
    }

    /// Prepares for the answer to the event that is handed over next.
    pub(super) fn expect_answer(&self, id: &str) -> oneshot::Receiver<Result<Bytes, InvokeError>> {
        let (answer, answered) = oneshot::channel();
        *self.desk.current() = Some(Current { id: id.to_owned(), delivered: false, answer });
        answered
    }
}

impl Drop for RuntimeApi {
    fn drop(&mut self) {
        self.server.abort();
    }
}

/// What the server's connections share.
#[derive(Debug)]
struct Desk {
    arn: HeaderValue,
    signals: mpsc::Sender<Signal>,
    current: Mutex<Option<Current>>,
}

/// The event that the instance has to answer.
#[derive(Debug)]
struct Current {
    id: String,
    delivered: bool,
    answer: oneshot::Sender<Result<Bytes, InvokeError>>,
}

impl Desk {
    fn current(&self) -> MutexGuard<'_, Option<Current>> {
        self.current.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether the runtime holds an event that it has not answered.
    fn is_busy(&self) -> bool {
        self.current().as_ref().is_some_and(|current| current.delivered)
    }

    fn delivered(&self) {
        if let Some(current) = self.current().as_mut() {
            current.delivered = true;
        }
    }

    /// Answers the current event if `id` names it.
    fn answer(&self, id: &str, result: Result<Bytes, InvokeError>) -> bool {
        let Some(current) = self.current().take_if(|current| current.id == id) else { return false };
        // Whoever waited may have given up; the runtime is told nothing of it.
        drop(current.answer.send(result));
        true
    }
}
