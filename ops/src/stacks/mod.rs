//! The stacks of a project: which parts there are, what each is given, and what each of them gave when it was deployed.

mod defaults;
mod deployed;
mod order;
mod parameters;
mod part;
#[cfg(test)]
pub(crate) mod sample;
mod state;

pub use defaults::defaults;
pub use deployed::{Deployed, NotDeployed};
pub use order::{Step, Target, steps};
pub use parameters::{PackageLocation, parameters};
pub use part::Part;
pub use state::{Readiness, is_ours};
