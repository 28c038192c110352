//! CloudFormation templates, as far as the project's own use them: read, held together, and evaluated for parameters.
//!
//! The local stack serves the template that is deployed. So whatever this reader does not know is a problem that it
//! names: a part of a template that is passed over in silence would be a difference between here and there.

mod condition;
mod declaration;
mod document;
mod evaluated;
mod evaluation;
mod expression;
mod parameter;
mod problem;
mod references;
mod resource_type;
mod substitution;
mod yaml;

pub use document::Template;
pub use evaluated::{Evaluated, Inputs, Resource};
pub use problem::{Fault, Problem, TemplateError};
pub(crate) use yaml::read as read_yaml;
