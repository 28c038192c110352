//! `parapet init`.

use std::io::{ErrorKind, IsTerminal, Write};
use std::path::Path;

use clap::Args;
use serde_json::json;

use super::Session;
use super::session::Unconfirmed;
use crate::failure::{Exit, Failure};
use crate::init::{Answers, InitError, complete, project_file};
use crate::project::{Project, Rule};

/// Write a project file, asking for what no option says
///
/// Without a terminal, or with --yes, nothing is asked: --name and --region are needed, the rest has defaults.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  parapet init --name docs --region eu-central-1 --domain docs.example.com --group staff\n  parapet init --project staging.toml --stage staging"
)]
pub(super) struct Arguments {
    /// The name that every stack and resource begins with
    #[arg(long)]
    name: Option<String>,
    /// production, staging, or another word [default: production]
    #[arg(long)]
    stage: Option<String>,
    /// The region of the bucket and the user pool
    #[arg(long)]
    region: Option<String>,
    /// A host name of the site; up to three times
    #[arg(long = "domain", value_name = "DOMAIN")]
    domains: Vec<String>,
    /// The host name of an API, which is then reached below /api/
    #[arg(long, value_name = "DOMAIN")]
    api: Option<String>,
    /// A group whose members may read the site, or use the app where there is one; any number of times
    #[arg(long = "group", value_name = "GROUP")]
    groups: Vec<String>,
    /// There is a single-page app below /admin/
    #[arg(long)]
    app: bool,
    /// The first label of the hosted UI's name; unless it is said, one that nobody else has
    #[arg(long, value_name = "PREFIX")]
    hosted_ui_prefix: Option<String>,
    /// Who hears of alarms
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// Replace a file that is there
    #[arg(long)]
    force: bool,
}

pub(super) fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let path = &session.options.project;
    if !arguments.force && path.exists() {
        return Err(InitError::Exists { path: path.clone() }.into());
    }
    let answers = completed(arguments.answers(), session)?;
    let text = project_file(&answers);
    let project = Project::parse(&text).map_err(|problems| InitError::Wrong { problems })?;
    let next = format!("parapet deploy --dry-run{}", option_for(path));
    if session.options.dry_run {
        session.report.say(text.trim_end());
    } else {
        write(path, &text, arguments.force)?;
        session.report.say(format_args!(
            "{}: {} in {}",
            path.display(),
            project.stack_name("*"),
            project.region
        ));
        session.report.say(format_args!("next: look it over, then {next}"));
    }
    session.report.result(&json!({
        "file": path,
        "written": !session.options.dry_run,
        "text": text,
        "next": next,
    }));
    Ok(Exit::Done)
}

impl Arguments {
    fn answers(&self) -> Answers {
        let said = |list: &[String]| (!list.is_empty()).then(|| list.to_vec());
        Answers {
            name: self.name.clone(),
            stage: self.stage.clone(),
            region: self.region.clone(),
            domains: said(&self.domains),
            api: self.api.clone(),
            groups: said(&self.groups),
            has_app: self.app,
            hosted_ui_prefix: self.hosted_ui_prefix.clone(),
            email: self.email.clone(),
        }
    }
}

fn completed(answers: Answers, session: &Session) -> Result<Answers, Failure> {
    let is_asked = !session.options.yes && !session.options.json && std::io::stdin().is_terminal();
    if !is_asked {
        let needed = [("--name", answers.name.is_none()), ("--region", answers.region.is_none())];
        let flags: Vec<&'static str> =
            needed.iter().filter(|(_, is_missing)| *is_missing).map(|(flag, _)| *flag).collect();
        return if flags.is_empty() { Ok(answers) } else { Err(InitError::Missing { flags }.into()) };
    }
    let ask = |question: &crate::init::Question| -> Result<String, Unconfirmed> {
        let default =
            if question.default.is_empty() { String::new() } else { format!(" [{}]", question.default) };
        session.ask(&format!("{}{default}", question.text))
    };
    let complain = |expected: &str| session.report.note(format_args!("  expected {expected}"));
    Ok(complete(answers, &likely_name(), &likely_region(), ask, complain)?)
}

/// The folder's name, as far as it is one for a project.
fn likely_name() -> String {
    let folder = std::env::current_dir().unwrap_or_default();
    let folder = folder.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let plain: String =
        folder.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(20).collect();
    Some(plain.trim_matches('-').to_owned()).filter(|name| Rule::NAME.holds(name)).unwrap_or_default()
}

fn likely_region() -> String {
    ["AWS_REGION", "AWS_DEFAULT_REGION"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|region| Rule::REGION.holds(region))
        .unwrap_or_default()
}

fn option_for(path: &Path) -> String {
    if path == Path::new(crate::project::FILE_NAME) {
        String::new()
    } else {
        format!(" --project {}", path.display())
    }
}

/// Without --force, a file that somebody else wrote meanwhile stays.
fn write(path: &Path, text: &str, force: bool) -> Result<(), InitError> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(!force).create(true).truncate(force);
    options.open(path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(|source| {
        if source.kind() == ErrorKind::AlreadyExists {
            InitError::Exists { path: path.to_owned() }
        } else {
            InitError::Unwritable { path: path.to_owned(), source }
        }
    })
}
