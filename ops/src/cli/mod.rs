//! The command line: what may be asked for, and who does it.

mod associate;
mod completions;
mod deploy;
mod deploy_cms;
mod deploy_gate;
mod deploy_site;
mod deploy_stacks;
mod destroy;
mod doctor;
mod explain;
mod export;
mod gate_answers;
mod import;
mod init;
mod invalidate;
mod keys;
mod live;
mod logs;
mod man;
mod package;
mod pages_policy;
mod people;
mod rollback;
mod rotate_origin;
mod session;
mod sign_in;
mod site_address;
mod site_place;
mod status;
mod status_package;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Args, Parser, Subcommand};

pub use session::Session;

use crate::failure::{Exit, Failure};
use crate::report::Report;

/// Deploys Parapet and looks after it.
#[derive(Debug, Parser)]
#[command(
    name = "parapet",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
pub struct Arguments {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    command: Command,
}

impl Arguments {
    /// Whether a program reads the result.
    #[must_use]
    pub fn is_json(&self) -> bool {
        self.options.json
    }
}

/// What every command understands.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Options of every command")]
pub struct Options {
    /// The project file, which `parapet init` writes
    #[arg(long, global = true, value_name = "FILE", default_value = "parapet.toml")]
    pub project: PathBuf,
    /// Show what would be done, and do nothing
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Answer yes to every question but the name of a stack that is to be destroyed
    #[arg(long, short, global = true)]
    pub yes: bool,
    /// Print one JSON document instead of text
    #[arg(long, global = true)]
    pub json: bool,
    /// Print every call to AWS to standard error
    #[arg(long, short, global = true)]
    pub verbose: bool,
    /// One endpoint for all of AWS, such as a double of it
    #[arg(long, global = true, value_name = "URL")]
    pub endpoint_url: Option<String>,
    /// How long throttling and AWS's own trouble are waited out, and an invalidation
    #[arg(long, global = true, value_name = "SECONDS", default_value_t = 1_800)]
    pub patience: u64,
}

impl Options {
    /// How long passing trouble is waited out.
    #[must_use]
    pub fn patience(&self) -> Duration {
        Duration::from_secs(self.patience)
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    Associate(associate::Arguments),
    Completions(completions::Arguments),
    Deploy(deploy::Arguments),
    Destroy(destroy::Arguments),
    Doctor(doctor::Arguments),
    Explain(explain::Arguments),
    Export(export::Arguments),
    Import(import::Arguments),
    Init(init::Arguments),
    Invalidate(invalidate::Arguments),
    Keys(keys::Arguments),
    Logs(logs::Arguments),
    Man(man::Arguments),
    Package(package::Arguments),
    People(people::Arguments),
    Rollback(rollback::Arguments),
    SignIn(sign_in::Arguments),
    Status(status::Arguments),
}

/// Reads the command line, runs the command, and says how it ended.
pub async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let report = Report::standard(arguments.options.json);
    ExitCode::from(run_with(arguments, report).await as u8)
}

/// Runs a command line, reporting to `report`.
pub async fn run_with(arguments: Arguments, report: Report) -> Exit {
    let session = Session::new(arguments.options, report);
    let outcome = tokio::select! {
        outcome = run(arguments.command, &session) => outcome,
        _ = tokio::signal::ctrl_c() => {
            session.report.warn("interrupted; running the same command again goes on where it stopped");
            return Exit::Interrupted;
        }
    };
    outcome.unwrap_or_else(|failure| {
        session.report.failure(&failure);
        failure.exit()
    })
}

async fn run(command: Command, session: &Session) -> Result<Exit, Failure> {
    match command {
        Command::Associate(arguments) => Box::pin(associate::run(&arguments, session)).await,
        Command::Deploy(arguments) => Box::pin(deploy::run(&arguments, session)).await,
        Command::Doctor(arguments) => Box::pin(doctor::run(&arguments, session)).await,
        Command::Invalidate(arguments) => Box::pin(invalidate::run(&arguments, session)).await,
        Command::Destroy(arguments) => Box::pin(destroy::run(&arguments, session)).await,
        Command::Rollback(arguments) => Box::pin(rollback::run(&arguments, session)).await,
        Command::Status(arguments) => Box::pin(status::run(&arguments, session)).await,
        Command::Package(arguments) => package::run(&arguments, session),
        Command::People(arguments) => Box::pin(people::run(&arguments, session)).await,
        Command::Completions(arguments) => completions::run(&arguments, session),
        Command::Explain(arguments) => Box::pin(explain::run(&arguments, session)).await,
        Command::Export(arguments) => Box::pin(export::run(&arguments, session)).await,
        Command::Import(arguments) => Box::pin(import::run(&arguments, session)).await,
        Command::SignIn(arguments) => Box::pin(sign_in::run(&arguments, session)).await,
        Command::Init(arguments) => init::run(&arguments, session),
        Command::Keys(arguments) => keys::run(&arguments, session).await,
        Command::Logs(arguments) => logs::run(&arguments, session).await,
        Command::Man(arguments) => man::run(&arguments, session),
    }
}
