//! `parapet man`.

use std::path::PathBuf;

use clap::{Args, CommandFactory};
use serde_json::json;

use super::{Arguments as CommandLine, Session};
use crate::failure::{Exit, Failure};
use crate::manual::{self, ManualError};

/// Print the manual page, or write one page a command into a folder
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  parapet man | man -l -\n  parapet man ~/.local/share/man/man1")]
pub(super) struct Arguments {
    /// The folder; made if needed. Without it, the page about parapet itself is printed
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let pages = manual::pages(CommandLine::command())?;
    let report = &session.report;
    let Some(folder) = &arguments.folder else {
        let first = pages.first().map_or("", |page| page.text.as_str());
        report.say(first.trim_end());
        report.result(&json!({ "page": first }));
        return Ok(Exit::Done);
    };
    if !session.options.dry_run {
        let unwritable = |source| ManualError::Unwritable { folder: folder.clone(), source };
        std::fs::create_dir_all(folder).map_err(unwritable)?;
        for page in &pages {
            std::fs::write(folder.join(&page.file), &page.text).map_err(unwritable)?;
        }
    }
    let files: Vec<&str> = pages.iter().map(|page| page.file.as_str()).collect();
    report.say(format_args!("{}: {}", folder.display(), files.join(", ")));
    report.result(&json!({ "folder": folder, "files": files }));
    Ok(Exit::Done)
}
