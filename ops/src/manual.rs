//! The manual: pages for `man`, and completion scripts for shells, made from the command line's own description.

use std::io;
use std::path::PathBuf;

use clap::Command;
use clap_complete::Shell;
use clap_mangen::Man;

use crate::failure::NextStep;

/// A page of the manual.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The name of its file: `parapet-deploy-site.1`.
    pub file: String,
    /// Its text, as `man` reads it.
    pub text: String,
}

/// Why there is no manual.
#[derive(Debug, thiserror::Error)]
pub enum ManualError {
    /// A page could not be made.
    #[error("cannot make the page {file}")]
    Page {
        /// Its file.
        file: String,
        /// Why not.
        source: io::Error,
    },
    /// A page could not be written to its place.
    #[error("cannot write the manual into {}", folder.display())]
    Unwritable {
        /// Where they were to be.
        folder: PathBuf,
        /// The operating system's reason.
        source: io::Error,
    },
}

impl NextStep for ManualError {
    fn next_step(&self) -> String {
        match self {
            ManualError::Page { .. } => "run the command again".to_owned(),
            ManualError::Unwritable { .. } => "name a folder that you may write into".to_owned(),
        }
    }
}

/// The pages: that of the command itself first, then those of its subcommands, each before its own.
///
/// # Errors
///
/// When a page cannot be made.
pub fn pages(command: Command) -> Result<Vec<Page>, ManualError> {
    let mut command = command.disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    add_pages(&command, &mut pages)?;
    Ok(pages)
}

/// The script that completes `command` in a shell.
#[must_use]
pub fn completions(mut command: Command, shell: Shell) -> String {
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command, name, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

fn add_pages(command: &Command, pages: &mut Vec<Page>) -> Result<(), ManualError> {
    let name = command.get_display_name().unwrap_or(command.get_name());
    let file = format!("{name}.1");
    let mut text = Vec::new();
    Man::new(command.clone())
        .render(&mut text)
        .map_err(|source| ManualError::Page { file: file.clone(), source })?;
    pages.push(Page { file, text: String::from_utf8_lossy(&text).into_owned() });
    command
        .get_subcommands()
        .filter(|command| !command.is_hide_set())
        .try_for_each(|command| add_pages(command, pages))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command() -> Command {
        let inner = Command::new("site").about("Deploys files");
        let secret = Command::new("secret").hide(true);
        Command::new("tool").subcommand(Command::new("deploy").subcommand(inner)).subcommand(secret)
    }

    #[test]
    fn there_is_a_page_for_each_command_that_is_shown() {
        let files: Vec<String> = pages(command()).unwrap().into_iter().map(|page| page.file).collect();
        assert_eq!(files, ["tool.1", "tool-deploy.1", "tool-deploy-site.1"]);
    }

    #[test]
    fn a_page_is_one_that_man_reads() {
        let pages = pages(command()).unwrap();
        assert!(pages[0].text.contains(".TH tool 1") && pages[0].text.contains("tool\\-deploy(1)"));
        assert!(pages[2].text.contains("Deploys files"));
    }

    #[test]
    fn a_script_completes_subcommands() {
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            assert!(completions(command(), shell).contains("deploy"), "{shell}");
        }
    }
}
