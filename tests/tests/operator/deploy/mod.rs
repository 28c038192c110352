//! `parapet deploy`, `status`, `rollback` and `destroy`, as an operator runs them, against a double of CloudFormation.
//!
//! moto's CloudFormation is no evidence here: a stack that a change set made has no outputs, resources of types that it
//! does not know are created all the same, everything ends at once and well, and a second change set for an empty stack
//! makes a second stack. So the account of these tests answers CloudFormation, CloudFront and Lambda's list of versions
//! by itself, as their API references say, and leaves S3, Parameter Store, Cognito and STS to moto. What moto does make
//! honestly out of a template is tried on it alone.

use crate::site::folder;

// What the tests stand on.
pub(crate) mod account;
pub(crate) mod answer;
pub(crate) mod change_set;
pub(crate) mod cloudformation;
pub(crate) mod outputs;
mod project;
pub(crate) mod template;

// The tests.
mod adopted;
mod cms;
mod destroyed;
mod explained;
mod forbidden;
mod from_nothing;
mod on_moto;
mod resumed;
mod rolled_back;
mod seen_first;
mod status;
