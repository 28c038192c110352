//! `people`: looks after who is in the project's user pool, as an operator would.
//!
//! What is asked of Cognito stands in [`crate::aws`]; here are the rules: whom a command is about, what becomes of
//! somebody's groups, who is invited and how, and for how long a token that exists already goes on being good.

mod directory;
mod error;
mod group_change;
mod invitation;
mod near;
mod person;
mod pool;
mod pool_rules;
mod table;
mod temporary_password;
mod token_life;
mod who;

pub use directory::{Directory, Member};
pub use error::PeopleError;
pub use group_change::{GroupChange, refuse_unknown};
pub use invitation::{Invitation, is_address};
pub use person::{Person, Status};
pub use pool::Pool;
pub use pool_rules::PoolRules;
pub use table::{rows, shown};
pub use token_life::TokenLife;
