//! What the operator does about an invalidation that is not done.

use delivery::{InvalidationError, ReferenceError};

use crate::failure::{Exit, NextStep};

impl NextStep for InvalidationError {
    fn next_step(&self) -> String {
        match self {
            InvalidationError::Call(error) => error.next_step(),
            InvalidationError::NoRoom(_) => {
                "run the command again when the distribution's other invalidations are completed".to_owned()
            }
            InvalidationError::Slow { .. } => {
                "nothing: CloudFront completes it by itself; its state is in the CloudFront console"
                    .to_owned()
            }
        }
    }
}

impl NextStep for ReferenceError {
    fn next_step(&self) -> String {
        "give a name such as --reference build-1234".to_owned()
    }

    fn exit(&self) -> Exit {
        Exit::Usage
    }
}
