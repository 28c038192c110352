//! Why the gate cannot be associated.

use crate::failure::{Exit, NextStep};

/// Why the gate cannot be associated with a distribution.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum AssociationError {
    /// Something else answers already.
    #[error("behaviors of the distribution have a function already: {}", .0.join("; "))]
    Taken(Vec<String>),
    /// The distribution is made by `parapet` itself.
    #[error("the distribution is the site stack's own")]
    OwnStack,
    /// It was changed since it was looked at.
    #[error("the distribution {0} was changed by somebody else in the meantime, and is as they left it")]
    Changed(String),
}

impl NextStep for AssociationError {
    fn next_step(&self) -> String {
        match self {
            AssociationError::Taken(_) => {
                "take them away from those behaviors in CloudFront, since a behavior has one function for an event; then run \
                 the command again"
                    .to_owned()
            }
            AssociationError::OwnStack => {
                "run parapet deploy site; or name another one with --distribution, or distribution = \"E…\" under [site]"
                    .to_owned()
            }
            AssociationError::Changed(_) => "look at what they changed, and run the command again".to_owned(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            AssociationError::OwnStack => Exit::Usage,
            _ => Exit::Failed,
        }
    }
}
