//! One instance: a process, its Runtime API, and the request for an event that it waits with.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until, timeout};

use super::launch::Launch;
use super::log::Log;
use super::process::Process;
use super::runtime_api::{Invocation, RuntimeApi, Signal, Turn};
use super::{InitFailure, InvokeError};

/// An instance that has asked for an event.
#[derive(Debug)]
pub(super) struct Instance {
    process: Process,
    api: RuntimeApi,
    turn: Turn,
}

impl Instance {
    /// Starts the process and waits until it asks for its first event.
    pub(super) async fn start(launch: &Launch, number: u64, log: &Arc<Log>) -> Result<Self, InvokeError> {
        let failed = |cause| InvokeError::InitFailed { cause, stderr: String::new() };
        let mut api = RuntimeApi::open(launch.arn.clone())
            .await
            .map_err(|source| failed(InitFailure::NoListener(source)))?;
        let mut process = Process::start(launch, number, api.address(), log).map_err(|source| {
            failed(InitFailure::NotStarted { program: launch.executable.display().to_string(), source })
        })?;
        let first = timeout(launch.init_timeout, first_turn(&mut process, &mut api)).await;
        match first.unwrap_or(Err(InitFailure::TimedOut(launch.init_timeout))) {
            Ok(turn) => Ok(Self { process, api, turn }),
            Err(cause) => Err(InvokeError::InitFailed { cause, stderr: process.end().await }),
        }
    }

    pub(super) fn is_alive(&mut self) -> bool {
        self.process.is_alive()
    }

    /// Handles one event. Any error but a reported one leaves an instance that must be ended.
    pub(super) async fn handle(
        &mut self,
        invocation: Invocation,
        deadline: Instant,
        limit: Duration,
    ) -> Result<Bytes, InvokeError> {
        let answered = self.api.expect_answer(invocation.id());
        tokio::select! {
            biased;
            result = hand_over(&mut self.turn, &mut self.api, invocation, answered) => result,
            status = self.process.exited() => Err(InvokeError::Died { status }),
            () = sleep_until(deadline) => Err(InvokeError::TimedOut { after: limit }),
        }
    }

    /// Waits until the instance asks for another event, which ends the last one; `None` if it was lost instead.
    pub(super) async fn next(mut self, deadline: Instant) -> Option<Self> {
        let turn = tokio::select! {
            biased;
            turn = next_turn(&mut self.api) => turn,
            _ = self.process.exited() => None,
            () = sleep_until(deadline) => None,
        };
        match turn {
            Some(turn) => {
                self.turn = turn;
                Some(self)
            }
            None => {
                self.end().await;
                None
            }
        }
    }

    /// Ends the process and waits until it is gone.
    pub(super) async fn end(self) {
        self.process.end().await;
    }
}

async fn first_turn(process: &mut Process, api: &mut RuntimeApi) -> Result<Turn, InitFailure> {
    tokio::select! {
        biased;
        signal = api.signal() => match signal {
            Some(Signal::Next(turn)) => Ok(turn),
            Some(Signal::InitError { error_type, message }) => Err(InitFailure::Reported { error_type, message }),
            None => Err(InitFailure::Exited(None)),
        },
        status = process.exited() => Err(InitFailure::Exited(status)),
    }
}

async fn next_turn(api: &mut RuntimeApi) -> Option<Turn> {
    loop {
        if let Signal::Next(turn) = api.signal().await? {
            return Some(turn);
        }
    }
}

/// A runtime whose connection broke while it waited asks again: the event goes to that request instead.
async fn hand_over(
    turn: &mut Turn,
    api: &mut RuntimeApi,
    mut invocation: Invocation,
    answered: oneshot::Receiver<Result<Bytes, InvokeError>>,
) -> Result<Bytes, InvokeError> {
    while let Err(refused) = turn.take(invocation) {
        invocation = refused;
        match next_turn(api).await {
            Some(next) => *turn = next,
            None => return Err(InvokeError::Stopped),
        }
    }
    answered.await.unwrap_or(Err(InvokeError::Stopped))
}
