//! Instance: the gate with its memory, connection and log, for the life of the process.

use std::cell::RefCell;
use std::path::PathBuf;

use gate::config::{Config, ConfigError};
use gate::decision::Decision;
use gate::event::{self, Event};
use gate::flow::{Exchange, Gate, Step};
use gate::memory::Memory;
use gate::moment::Moment;
use gate::origin_response::{OriginResponse, OriginStep};
use serde_json::value::RawValue;

use super::ambient::{self, SystemEntropy};
use super::log::Log;
use super::panic::Refusal;
use super::pool_client::PoolClient;
use super::start_log;

/// The name of the configuration's file in the package.
const CONFIG_FILE: &str = "edge-auth.json";

/// The gate with its memory and its connection.
pub(crate) struct Instance {
    gate: Gate,
    memory: RefCell<Memory>,
    client: RefCell<PoolClient>,
    entropy: RefCell<SystemEntropy>,
    log: Log,
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
            log: Log::of_this_function(config.log),
            gate: Gate::new(config),
            memory: RefCell::new(Memory::new(jwks)),
            client: RefCell::default(),
            entropy: RefCell::new(SystemEntropy::new()),
        })
    }

    /// What a panic is answered with.
    pub(super) fn refusal(&self) -> Refusal {
        let decision = self.gate.fail("panic");
        Refusal { answer: self.write(&decision), record: decision.record, log: self.log.clone() }
    }

    /// Answers one event: the JSON that CloudFront gets. Whatever happens, there is an answer.
    pub(crate) async fn answer(&self, event: &str) -> Box<RawValue> {
        let decision = match event::read_any(event) {
            Ok(Event::ViewerRequest(request)) => {
                match self.with_moment(|memory, moment| self.gate.decide(request, memory, moment)) {
                    Step::Decided(decision) => decision,
                    Step::Exchange(exchange) => self.converse(*exchange).await,
                }
            }
            Ok(Event::OriginResponse(response)) => return self.answer_origin(response).await,
            Err(error) => self.gate.fail(&error.to_string()),
        };
        self.log.write(decision.record.as_ref());
        self.write(&decision)
    }

    /// Answers what the bucket answered. Only what is not there may cost a call: for the site's own page.
    async fn answer_origin(&self, response: OriginResponse<'_>) -> Box<RawValue> {
        let step = self.gate.decide_origin_response(response, &self.memory.borrow(), ambient::now());
        let answer = match step {
            OriginStep::Decided(answer) => answer,
            OriginStep::NotFoundPageNeeded(page) => {
                let mut client = self.client.take();
                let deadline = client.deadline(ambient::instant());
                let answer = client.call(page.call(), deadline).await;
                self.client.replace(client);
                page.finish(&answer, &mut self.memory.borrow_mut(), ambient::now())
            }
        };
        let written = event::write_origin_answer(&answer);
        written.unwrap_or_else(|_| self.write(&self.gate.fail("unwritable")))
    }

    /// Carries out the exchange within the time that there is for it, and decides.
    async fn converse<'a>(&self, mut exchange: Exchange<'_, 'a>) -> Decision<'a> {
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

    fn write(&self, decision: &Decision<'_>) -> Box<RawValue> {
        let written = event::write(&decision.outcome);
        written.or_else(|_| event::write(&self.gate.fail("unwritable").outcome)).unwrap_or_default()
    }
}
