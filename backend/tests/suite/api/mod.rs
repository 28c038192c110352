//! The API, asked in this process: every address's success, refusals, mistakes and conflicts.

mod contract;
mod entries;
mod lambda;
mod media;
mod publishing;
mod request;
mod site;
pub(crate) mod token;
