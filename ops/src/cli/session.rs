//! What a command works with: its options, the project, the account, and the operator.

use std::io::{self, BufRead, IsTerminal, Write};

use super::Options;
use crate::aws::{CallTrace, Cloud, Connection};
use crate::failure::{Exit, NextStep};
use crate::project::{Project, ProjectFileError};
use crate::report::Report;

/// One run of a command.
pub struct Session {
    /// What every command understands.
    pub options: Options,
    /// Where it says what it does.
    pub report: Report,
}

/// Nobody confirmed what needs to be.
#[derive(Debug, thiserror::Error)]
pub enum Unconfirmed {
    /// The answer was not the one that was asked for.
    #[error("not confirmed: nothing was done")]
    Declined,
    /// There is nobody to ask.
    #[error("{question}: there is nobody to ask, because standard input is no terminal")]
    Nobody {
        /// What would have been asked.
        question: String,
    },
}

impl NextStep for Unconfirmed {
    fn next_step(&self) -> String {
        match self {
            Unconfirmed::Declined => "run the command again when you want it".to_owned(),
            Unconfirmed::Nobody { .. } => {
                "look at it with --dry-run, then run the command with --yes".to_owned()
            }
        }
    }

    fn exit(&self) -> Exit {
        Exit::Unconfirmed
    }
}

impl Session {
    /// A run with these options.
    #[must_use]
    pub fn new(options: Options, report: Report) -> Session {
        Session { options, report }
    }

    /// The project file.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or with everything that is wrong in it.
    pub fn project(&self) -> Result<Project, ProjectFileError> {
        Project::read(&self.options.project)
    }

    /// The account, in a region.
    pub async fn cloud(&self, region: &str) -> Cloud {
        let trace = if self.options.verbose {
            CallTrace::to(|service, operation| {
                // A closed standard error is no reason to fail a call.
                let _ = writeln!(io::stderr(), "aws: {service} {operation}");
            })
        } else {
            CallTrace::default()
        };
        let endpoint_url = self.options.endpoint_url.clone();
        Cloud::load(region, &Connection { endpoint_url, trace, patience: self.options.patience() }).await
    }

    /// Asks whether to go on; `--yes` answers.
    ///
    /// # Errors
    ///
    /// [`Unconfirmed`] when the answer is no, or there is nobody to ask.
    pub fn confirm(&self, question: &str) -> Result<(), Unconfirmed> {
        if self.options.yes {
            return Ok(());
        }
        match self.ask(&format!("{question} [y/N]"))?.to_lowercase().as_str() {
            "y" | "yes" => Ok(()),
            _ => Err(Unconfirmed::Declined),
        }
    }

    /// Asks for the name of what will be lost; `--yes` does not answer this.
    ///
    /// # Errors
    ///
    /// [`Unconfirmed`] when another name is typed, or there is nobody to ask.
    pub fn confirm_name(&self, question: &str, name: &str) -> Result<(), Unconfirmed> {
        if self.ask(question)? == name { Ok(()) } else { Err(Unconfirmed::Declined) }
    }

    /// Asks a question on standard error and reads a line.
    ///
    /// # Errors
    ///
    /// [`Unconfirmed::Nobody`] when standard input is no terminal.
    pub fn ask(&self, question: &str) -> Result<String, Unconfirmed> {
        let nobody = || Unconfirmed::Nobody { question: question.to_owned() };
        if !io::stdin().is_terminal() {
            return Err(nobody());
        }
        let _ = write!(io::stderr(), "{question} ");
        let _ = io::stderr().flush();
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line).map_err(|_| nobody())?;
        Ok(line.trim().to_owned())
    }
}
