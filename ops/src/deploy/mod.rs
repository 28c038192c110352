//! Deploying: from the project file and the stacks as they are to change sets that can be looked at, and from those to
//! stacks as they are wanted.
//!
//! A part is one or more [`WantedStack`]s. Each is made ready ([`prepare`]), compared ([`propose`]), and the difference
//! executed ([`execute`]) or thrown away ([`discard`]). Nothing is remembered between runs: the stacks are the state, so
//! that a deploy that was interrupted goes on when it is run again.

mod change;
mod deployed_config;
mod destroy;
mod error;
mod fate;
mod function_package;
mod gate_package;
mod kept_pool;
mod many;
mod migration;
mod patience;
mod rollback;
mod stack;
mod status;
mod wanted;
mod watch;

pub use change::{ParameterChange, Proposed};
pub use deployed_config::{DeployedConfig, DeployedConfigError};
pub use destroy::{Doomed, doomed, empty_bucket};
pub use error::DeployError;
pub use fate::Fate;
pub use function_package::{FunctionPackage, FunctionPackageError};
pub use gate_package::{GatePackage, GatePackageError, PackageInputs};
pub use kept_pool::{KeptPoolError, refuse_a_second_pool};
pub use many::each;
pub use migration::{MigrationError, migrate};
pub use patience::Patience;
pub use rollback::{RollbackError, package_of, version_to_go_back_to};
pub use stack::{Proposal, Ready, delete, discard, execute, prepare, propose};
pub use status::Drift;
pub use wanted::{WantedStack, wanted};
pub use watch::Tell;
