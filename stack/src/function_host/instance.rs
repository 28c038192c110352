//! One instance: a process, its Runtime API, and the request for an event that it waits with.

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use tokio::sync::oneshot;
use tokio::time::Instant;

use super::allowance::Allowance;
use super::launch::Launch;
use super::log::Log;
use super::process::Process;
use super::runtime_api::{Invocation, RuntimeApi, Signal, Turn};
use super::{InitFailure, InvokeError, LastEvent, Loss, LossCause};

/// An instance that has asked for an event.
#[derive(Debug)]
pub(super) struct Instance {
    number: u64,
    process: Process,
    api: RuntimeApi,
    turn: Turn,
    in_hand: Option<InHand>,
}

/// An event that the instance has in hand.
#[derive(Debug)]
struct InHand {
    json: Bytes,
    since: Instant,
    /// For how long the process had waited for a processor before.
    waited_before: Option<Duration>,
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
        let mut allowance = Allowance::new(launch.init_timeout);
        let first = tokio::select! {
            biased;
            first = first_turn(&mut process, &mut api) => first,
            () = allowance.used_up() => Err(InitFailure::TimedOut(launch.init_timeout)),
        };
        match first {
            Ok(turn) => Ok(Self { number, process, api, turn, in_hand: None }),
            Err(cause) => Err(InvokeError::InitFailed { cause, stderr: process.end().await }),
        }
    }

    /// Whether its process has ended while it waited for an event.
    pub(super) fn ended(&mut self) -> Option<LossCause> {
        let ended = self.process.status().transpose()?;
        Some(LossCause::ExitedIdle(ended.ok()))
    }

    /// Notes what it gets in hand, from now on.
    pub(super) fn take_up(&mut self, json: Bytes) {
        let waited_before = self.process.waited();
        self.in_hand = Some(InHand { json, since: Instant::now(), waited_before });
    }

    /// Handles one event. Any error but a reported one leaves an instance that must be ended.
    pub(super) async fn handle(
        &mut self,
        invocation: Invocation,
        allowance: &mut Allowance,
    ) -> Result<Bytes, InvokeError> {
        let answered = self.api.expect_answer(invocation.id());
        let after = allowance.limit();
        tokio::select! {
            biased;
            result = hand_over(&mut self.turn, &mut self.api, invocation, answered) => result,
            status = self.process.exited() => Err(InvokeError::Died { status }),
            () = allowance.used_up() => Err(InvokeError::TimedOut { after }),
        }
    }

    /// Waits until the instance asks for another event, which ends the last one. If it fails to, it must be ended.
    pub(super) async fn next(&mut self, allowance: &mut Allowance) -> Result<(), LossCause> {
        let limit = allowance.limit();
        self.turn = tokio::select! {
            biased;
            turn = next_turn(&mut self.api) => turn.ok_or(LossCause::Unreachable)?,
            status = self.process.exited() => return Err(LossCause::ExitedAnswered(status)),
            () = allowance.used_up() => return Err(LossCause::Unfinished(limit)),
        };
        self.in_hand = None;
        Ok(())
    }

    /// What is to be told of it when it is lost. Ask before its process is ended.
    pub(super) fn lost(&self, cause: LossCause) -> Loss {
        let event = self.in_hand.as_ref().map(|in_hand| LastEvent {
            json: in_hand.json.clone(),
            took: in_hand.since.elapsed(),
            waited: self
                .process
                .waited()
                .zip(in_hand.waited_before)
                .map(|(now, then)| now.saturating_sub(then)),
        });
        Loss { instance: self.number, cause, event }
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
