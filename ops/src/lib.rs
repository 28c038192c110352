//! The operator's command line, `parapet`: deploys the gate and the site it protects, and looks after them.
//!
//! Each command has its arguments in [`cli`] and its work in a module of its own, which knows nothing of terminals:
//! it plans (plans are data), applies a plan in phases, and tells a [`report::Report`] how far it is. All calls to AWS
//! stand in [`aws`], one service a file.

pub mod api;
pub mod association;
pub mod aws;
pub mod cli;
pub mod deploy;
pub mod doctor;
pub mod explain;
pub mod export;
pub mod failure;
pub mod gate_config;
pub mod import;
pub mod init;
pub mod invalidation;
pub mod logs;
pub mod manual;
pub mod moment;
pub mod origin_secrets;
pub mod package;
pub mod people;
pub mod project;
pub mod regions;
pub mod report;
pub mod sealing_keys;
pub mod sign_in;
pub mod site;
pub mod stacks;
pub mod web_client;
