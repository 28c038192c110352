//! Instances that were lost: which, why, and over which event.

use std::collections::VecDeque;
use std::process::ExitStatus;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;

use super::InvokeError;
use super::invoke_error::describe;

/// How many losses are kept.
const KEPT: usize = 1_000;

/// An instance that ended by itself, or was ended.
#[derive(Debug, Clone)]
pub struct Loss {
    /// The instance's number: 1 is the first cold start.
    pub instance: u64,
    /// Why it was lost.
    pub cause: LossCause,
    /// The event over which it was lost; none if it had none in hand.
    pub event: Option<LastEvent>,
}

/// The event that an instance had in hand when it was lost.
#[derive(Debug, Clone)]
pub struct LastEvent {
    /// The event as it was handed over.
    pub json: Bytes,
    /// From handing it over to the loss.
    pub took: Duration,
    /// For how much of that time the process waited for a processor, as far as the kernel tells.
    pub waited: Option<Duration>,
}

/// Why an instance was lost.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LossCause {
    /// It gave no answer in time and was ended.
    #[error("gave no answer within {:.2} seconds", _0.as_secs_f64())]
    Unanswered(Duration),
    /// It answered, did not ask for another event before that event's time was over, and was ended.
    #[error("answered, but asked for no other event within {:.2} seconds", _0.as_secs_f64())]
    Unfinished(Duration),
    /// Its process ended before it answered.
    #[error("exited before it answered ({})", describe(*_0))]
    ExitedUnanswered(Option<ExitStatus>),
    /// Its process ended after it answered, before it asked for another event.
    #[error("exited after it answered ({})", describe(*_0))]
    ExitedAnswered(Option<ExitStatus>),
    /// Its process ended while it waited for an event.
    #[error("exited between two events ({})", describe(*_0))]
    ExitedIdle(Option<ExitStatus>),
    /// It never asked for an event. Says what happened.
    #[error("never came to be: {0}")]
    NotReady(String),
    /// Its Runtime API was gone.
    #[error("could not be reached any more")]
    Unreachable,
}

impl LossCause {
    /// What became of an instance that answered an event like this; none if it can go on.
    pub(super) fn of(error: &InvokeError) -> Option<Self> {
        match error {
            InvokeError::Function { .. } | InvokeError::AnswerTooLarge { .. } => None,
            InvokeError::TimedOut { after } => Some(Self::Unanswered(*after)),
            InvokeError::Died { status } => Some(Self::ExitedUnanswered(*status)),
            InvokeError::InitFailed { .. } => Some(Self::NotReady(error.to_string())),
            InvokeError::Throttled { .. } | InvokeError::EventTooLarge { .. } | InvokeError::Stopped => {
                Some(Self::Unreachable)
            }
        }
    }

    /// Whether it was ended for taking too long.
    #[must_use]
    pub fn is_overrun(&self) -> bool {
        matches!(self, Self::Unanswered(_) | Self::Unfinished(_))
    }
}

/// The losses so far.
#[derive(Debug, Default)]
pub(super) struct Losses(Mutex<VecDeque<Loss>>);

impl Losses {
    pub(super) fn note(&self, loss: Loss) {
        tracing::warn!(instance = loss.instance, cause = %loss.cause, "lost an instance");
        let mut losses = self.losses();
        if losses.len() == KEPT {
            losses.pop_front();
        }
        losses.push_back(loss);
    }

    pub(super) fn kept(&self) -> Vec<Loss> {
        self.losses().iter().cloned().collect()
    }

    fn losses(&self) -> MutexGuard<'_, VecDeque<Loss>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_that_was_reported_loses_no_instance() {
        let reported = InvokeError::Function { error_type: "E".to_owned(), message: String::new() };
        assert_eq!(LossCause::of(&reported), None);
        assert_eq!(LossCause::of(&InvokeError::AnswerTooLarge { limit: 1 }), None);
    }

    #[test]
    fn only_a_limit_makes_an_overrun() {
        let limit = Duration::from_secs(5);
        let timed_out = LossCause::of(&InvokeError::TimedOut { after: limit }).unwrap();
        assert_eq!(timed_out, LossCause::Unanswered(limit));
        assert!(timed_out.is_overrun() && LossCause::Unfinished(limit).is_overrun());
        let died = LossCause::of(&InvokeError::Died { status: None }).unwrap();
        assert_eq!(died.to_string(), "exited before it answered (unknown status)");
        assert!(!died.is_overrun());
    }

    #[test]
    fn the_oldest_losses_go_first() {
        let losses = Losses::default();
        for instance in 0..=1_000 {
            losses.note(Loss { instance, cause: LossCause::Unreachable, event: None });
        }
        let kept = losses.kept();
        assert_eq!((kept.len(), kept[0].instance), (KEPT, 1));
    }
}
