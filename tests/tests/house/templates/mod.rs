//! What is deployed, `infra/`, as far as it can be proved without an AWS account: cfn-lint, the project's own rules and
//! checkov find nothing, each own rule finds what it is there for, and what one stack gives fits what another takes.

mod checkov;
mod documents;
mod fit;
mod metrics;
mod operator_calls;
mod operator_policy;
mod operator_registry;
mod own_rules;
mod pipelines;
mod readme;
mod tool;
