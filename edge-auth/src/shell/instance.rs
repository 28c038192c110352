//! One instance of the function: the gate, and what it keeps between events.

use std::cell::RefCell;
use std::future::poll_fn;
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::pin::pin;
use std::task::Poll;

use edge_auth::config::{Config, ConfigError};
use edge_auth::decision::Decision;
use edge_auth::event;
use edge_auth::gate::{Exchange, Gate, Step};
use edge_auth::memory::Memory;
use edge_auth::moment::Moment;
use serde_json::value::RawValue;

use super::ambient::{self, SystemEntropy};
use super::pool_client::PoolClient;
use super::start_log;

/// The name of the configuration's file in the package.
const CONFIG_FILE: &str = "edge-auth.json";

/// Lambda says in it which function this is. A copy at an edge is named after the region of the original, too.
const FUNCTION_NAME: &str = "AWS_LAMBDA_FUNCTION_NAME";

/// The gate with its memory and its connection.
pub(crate) struct Instance {
    gate: Gate,
    memory: RefCell<Memory>,
    client: RefCell<PoolClient>,
    entropy: RefCell<SystemEntropy>,
    /// The function's own name, in every region the same.
    function: Option<String>,
}

/// Why the function does not start.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StartError {
    /// The variable that says where the package is, is missing.
    #[error("LAMBDA_TASK_ROOT: missing, expected the directory that holds {CONFIG_FILE}")]
    NoTaskRoot,
    /// The file cannot be read.
    #[error("{path}: {cause}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why not.
        cause: std::io::Error,
    },
    /// The file is wrong.
    #[error(transparent)]
    Config(#[from] ConfigError),
}

impl Instance {
    /// Reads the configuration from the package's directory.
    ///
    /// # Errors
    ///
    /// A [`StartError`]; the function does not start without a configuration that is right.
    pub(crate) fn from_task_root() -> Result<Instance, StartError> {
        let root = std::env::var_os("LAMBDA_TASK_ROOT").ok_or(StartError::NoTaskRoot)?;
        let path = PathBuf::from(root).join(CONFIG_FILE);
        let text = std::fs::read_to_string(&path).map_err(|cause| StartError::Unreadable { path, cause })?;
        let mut config = Config::parse(&text)?;
        let jwks = std::mem::take(&mut config.jwks);
        jwks.left_out().iter().for_each(start_log::key_left_out);
        Ok(Instance {
            gate: Gate::new(config),
            memory: RefCell::new(Memory::new(jwks)),
            client: RefCell::default(),
            entropy: RefCell::new(SystemEntropy::new()),
            function: std::env::var(FUNCTION_NAME).ok().and_then(|name| own_name(&name)),
        })
    }

    /// Answers one event: the JSON that CloudFront gets. Whatever happens, there is an answer.
    pub(crate) async fn answer(&self, event: &str) -> Box<RawValue> {
        match unless_panicking(self.decide(event)).await {
            Some(answer) => answer,
            None => self.conclude(&self.gate.fail("panic")),
        }
    }

    async fn decide(&self, event: &str) -> Box<RawValue> {
        let decision = match self.begin(event) {
            Step::Decided(decision) => decision,
            Step::Exchange(exchange) => self.converse(*exchange).await,
        };
        self.conclude(&decision)
    }

    fn begin<'a>(&self, event: &'a str) -> Step<'_, 'a> {
        match event::read(event) {
            Ok(request) => self.with_moment(|memory, moment| self.gate.decide(request, memory, moment)),
            Err(error) => Step::Decided(self.gate.fail(&error.to_string())),
        }
    }

    /// Carries out the exchange within the time that there is for it, and decides.
    async fn converse<'a>(&self, exchange: Exchange<'_, 'a>) -> Decision<'a> {
        let started = ambient::instant();
        // Taken out while it is used, since nothing may be borrowed over an await; events come one at a time.
        let mut client = self.client.take();
        let deadline = client.deadline(started);
        let answer = client.call(exchange.call(), deadline).await;
        let keys_call = exchange.keys_call(&answer, &self.memory.borrow());
        let keys = match &keys_call {
            Some(call) => Some(client.call(call, deadline).await),
            None => None,
        };
        self.client.replace(client);
        let milliseconds = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        let decision =
            self.with_moment(|memory, moment| exchange.finish(&answer, keys.as_ref(), memory, moment));
        let record = decision.record.map(|record| record.with_exchange_time(milliseconds));
        Decision { record, ..decision }
    }

    fn with_moment<T>(&self, decide: impl FnOnce(&mut Memory, &mut Moment<'_>) -> T) -> T {
        let mut entropy = self.entropy.borrow_mut();
        let mut moment = Moment { now: ambient::now(), random: &mut *entropy };
        decide(&mut self.memory.borrow_mut(), &mut moment)
    }

    fn conclude(&self, decision: &Decision<'_>) -> Box<RawValue> {
        self.log(decision);
        let written = event::write(&decision.outcome);
        written.or_else(|_| event::write(&self.gate.fail("unwritable").outcome)).unwrap_or_default()
    }

    fn log(&self, decision: &Decision<'_>) {
        let wanted = decision.record.as_ref().filter(|record| record.is_wanted(self.gate.config().log));
        if let Some(record) = wanted {
            let now = u64::try_from(ambient::since_epoch().as_millis()).unwrap_or(u64::MAX);
            let line = record.line_of(self.function.as_deref(), now) + "\n";
            // Where standard output is closed, there is nobody to tell; the viewer is answered all the same.
            let _ = std::io::stdout().lock().write_all(line.as_bytes());
        }
    }
}

/// The name that a function was given: `cms-production-edge-auth` of `us-east-1.cms-production-edge-auth`. A name itself
/// has no dots.
fn own_name(name: &str) -> Option<String> {
    let own = name.rsplit('.').next().unwrap_or_default();
    (!own.is_empty()).then(|| own.to_owned())
}

/// What comes of `deciding`, or nothing if it panics. A panic is a defect, and it is answered like every other
/// failure: nothing is let through. What is borrowed meanwhile is given back, and a connection in use is given up.
async fn unless_panicking<T>(deciding: impl Future<Output = T>) -> Option<T> {
    let mut deciding = pin!(deciding);
    poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| deciding.as_mut().poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(decided)) => Poll::Ready(Some(decided)),
        Err(_) => Poll::Ready(None),
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_has_one_name_everywhere() {
        let name = Some("cms-production-edge-auth".to_owned());
        assert_eq!(own_name("cms-production-edge-auth"), name);
        assert_eq!(own_name("us-east-1.cms-production-edge-auth"), name);
        assert_eq!(own_name(""), None);
    }

    #[test]
    fn a_panic_before_and_after_an_await_ends_in_nothing() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let panicking = async |early: bool| {
            if early {
                panic!("early");
            }
            tokio::task::yield_now().await;
            panic!("late");
        };
        assert_eq!(runtime.block_on(unless_panicking::<()>(panicking(true))), None);
        assert_eq!(runtime.block_on(unless_panicking::<()>(panicking(false))), None);
        assert_eq!(runtime.block_on(unless_panicking(async { 1 })), Some(1));
    }
}
