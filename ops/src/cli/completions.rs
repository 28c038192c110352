//! `parapet completions`.

use clap::{Args, CommandFactory};
use clap_complete::Shell;
use serde_json::json;

use super::{Arguments as CommandLine, Session};
use crate::failure::{Exit, Failure};
use crate::manual;

/// Print a completion script for a shell
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  parapet completions bash > ~/.local/share/bash-completion/completions/parapet"
)]
pub(super) struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let script = manual::completions(CommandLine::command(), arguments.shell);
    session.report.say(script.trim_end());
    session.report.result(&json!({ "shell": arguments.shell.to_string(), "script": script }));
    Ok(Exit::Done)
}
