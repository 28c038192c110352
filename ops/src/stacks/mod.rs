//! The stacks of a project: which parts there are, what each is given, and what each of them gave when it was deployed.

mod cms_parameters;
mod defaults;
mod deployed;
mod deployed_cms;
mod given;
mod order;
mod parameters;
mod part;
#[cfg(test)]
pub(crate) mod sample;
mod state;

pub use cms_parameters::{BACKEND, FUNCTIONS, MIGRATE_KEY};
pub use defaults::defaults;
pub use deployed::{Deployed, NotDeployed};
pub use given::{Given, PackageLocation};
pub use order::{Step, Target, steps};
pub use parameters::parameters;
pub use part::Part;
pub use state::{Readiness, is_ours};
