//! Why an event got no answer.

use std::io;
use std::process::ExitStatus;
use std::time::Duration;

/// Why an event got no answer.
#[derive(Debug, thiserror::Error)]
pub enum InvokeError {
    /// Every instance was busy and the line was full.
    #[error("all {instances} instances are busy and {queue} events wait already")]
    Throttled {
        /// How many instances there may be.
        instances: usize,
        /// How many events may wait.
        queue: usize,
    },
    /// The function took too long and was ended.
    #[error("task timed out after {:.2} seconds", after.as_secs_f64())]
    TimedOut {
        /// The time it had.
        after: Duration,
    },
    /// The function reported an error.
    #[error("function failed with {error_type}: {message}")]
    Function {
        /// `errorType` as reported.
        error_type: String,
        /// `errorMessage` as reported.
        message: String,
    },
    /// The process ended before it answered.
    #[error("function exited before it answered ({})", describe(*status))]
    Died {
        /// How it ended, if that could be learnt.
        status: Option<ExitStatus>,
    },
    /// The process did not come to the point of asking for an event.
    #[error("function did not initialise: {cause}; stderr: {}", if stderr.is_empty() { "(empty)" } else { stderr })]
    InitFailed {
        /// What happened.
        cause: InitFailure,
        /// The last lines it wrote there.
        stderr: String,
    },
    /// The event is larger than Lambda accepts.
    #[error("event is {size} bytes, expected at most {limit}")]
    EventTooLarge {
        /// Its size in bytes.
        size: usize,
        /// The limit in bytes.
        limit: usize,
    },
    /// The answer is larger than Lambda accepts.
    #[error("answer exceeds {limit} bytes")]
    AnswerTooLarge {
        /// The limit in bytes.
        limit: usize,
    },
    /// The host was stopped.
    #[error("function host was stopped")]
    Stopped,
}

/// How an initialisation failed.
#[derive(Debug, thiserror::Error)]
pub enum InitFailure {
    /// The process could not be started.
    #[error("could not start {program}: {source}")]
    NotStarted {
        /// The executable.
        program: String,
        /// What the system said.
        source: io::Error,
    },
    /// No port for the Runtime API.
    #[error("could not listen for the runtime api: {0}")]
    NoListener(io::Error),
    /// The process ended.
    #[error("exited ({})", describe(*.0))]
    Exited(Option<ExitStatus>),
    /// The process reported an error to `/runtime/init/error`.
    #[error("{error_type}: {message}")]
    Reported {
        /// `errorType` as reported.
        error_type: String,
        /// `errorMessage` as reported.
        message: String,
    },
    /// The process did not ask for an event in time.
    #[error("no request for an event within {:.2} seconds", .0.as_secs_f64())]
    TimedOut(Duration),
}

pub(super) fn describe(status: Option<ExitStatus>) -> String {
    status.map_or_else(|| "unknown status".to_owned(), |status| status.to_string())
}
