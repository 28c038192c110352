//! How a journey ends early: what went wrong, and in which line of the test.

use std::error::Error;
use std::fmt;
use std::panic::Location;

/// What a test of a journey returns.
pub type Journey = Result<(), Failure>;

/// An error together with the line whose `?` met it.
pub struct Failure {
    at: &'static Location<'static>,
    cause: Box<dyn Error + Send + Sync>,
}

impl<E: Error + Send + Sync + 'static> From<E> for Failure {
    #[track_caller]
    fn from(cause: E) -> Failure {
        Failure { at: Location::caller(), cause: Box::new(cause) }
    }
}

/// The test harness shows this to whoever has to mend it.
impl fmt::Debug for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.cause)?;
        let mut cause = self.cause.source();
        while let Some(deeper) = cause {
            write!(f, "\n  caused by: {deeper}")?;
            cause = deeper.source();
        }
        Ok(())
    }
}
