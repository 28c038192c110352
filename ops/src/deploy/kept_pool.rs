//! A user pool that an earlier stack has left behind. A new stack would make another one beside it, without its people:
//! a pool has no name of its own by which CloudFormation could take it over.

use crate::aws::{CallError, Cloud};
use crate::failure::{Exit, NextStep};
use crate::project::Project;
use crate::stacks::{Deployed, Part};

/// Why no user pool is made.
#[derive(Debug, thiserror::Error)]
pub enum KeptPoolError {
    /// There is one of the name already.
    #[error(
        "the user pool {pool} with the people of {name} is still there, and a new one would have none of them"
    )]
    Kept {
        /// Its id.
        pool: String,
        /// The project and the stage.
        name: String,
    },
    /// AWS cannot be asked.
    #[error(transparent)]
    Aws(#[from] CallError),
}

impl NextStep for KeptPoolError {
    fn next_step(&self) -> String {
        match self {
            KeptPoolError::Kept { pool, .. } => format!(
                "bring it along, with user_pool = \"{pool}\" and its hosted_ui_prefix under [sign_in]; or delete it \
                 where nobody needs it"
            ),
            KeptPoolError::Aws(error) => error.next_step(),
        }
    }

    fn exit(&self) -> Exit {
        match self {
            KeptPoolError::Aws(error) => error.exit(),
            KeptPoolError::Kept { .. } => Exit::Failed,
        }
    }
}

/// Refuses to make a user pool beside one that an earlier identity stack has left behind.
///
/// # Errors
///
/// When there is one, or AWS cannot be asked.
pub async fn refuse_a_second_pool(cloud: &Cloud, deployed: &Deployed) -> Result<(), KeptPoolError> {
    let project: &Project = deployed.project();
    if deployed.stack(Part::Identity).is_some() || project.sign_in.user_pool.is_some() {
        return Ok(());
    }
    let name = format!("{}-{}", project.name, project.stage);
    let kept = cloud.in_region(&project.region).user_pools_named(&format!("{name}-people")).await?;
    match kept.into_iter().next() {
        Some(pool) => Err(KeptPoolError::Kept { pool, name }),
        None => Ok(()),
    }
}
