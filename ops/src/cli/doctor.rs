//! `parapet doctor`.

use std::env;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use super::Session;
use crate::doctor::gather::{self, Subject};
use crate::doctor::{Diagnosis, Finding, NotChecked, Severity};
use crate::failure::{Exit, Failure, NextStep};
use crate::project::Project;
use crate::regions::CLOUDFRONT;
use crate::report::Count;
use crate::web_client::WebClient;

/// Find what is set up wrongly, and say how to mend it
///
/// Looks at the project's stacks, the user pool, the distribution, the deployed package, the sealing keys (which it never
/// tells) and the site itself, and changes nothing. What cannot be looked at is told as not checked. Exits with 4 when something is broken.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    parapet doctor\n  \
    parapet doctor --config edge-auth.json --url https://cms.example.com    (without an AWS account)\n  \
    parapet doctor --json | jq '.findings[] | select(.severity == \"broken\")'")]
pub(super) struct Arguments {
    /// The gate's configuration, instead of the deployed one
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The site's address, instead of the first host's
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// The id of the distribution, instead of the project's
    #[arg(long, value_name = "ID")]
    distribution: Option<String>,
    /// A file with the Cookie header of a session, to look at pages that want one; - for standard input
    #[arg(long, value_name = "FILE")]
    cookie_file: Option<PathBuf>,
    /// The folder with the site's documents, instead of the project's
    #[arg(long, value_name = "DIR")]
    site: Option<PathBuf>,
    /// Ask only the AWS account, not the site, the hosted UI and the issuer
    #[arg(long)]
    no_web: bool,
}

/// A file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {}", path.display())]
struct Unreadable {
    path: PathBuf,
    source: io::Error,
}

impl NextStep for Unreadable {
    fn next_step(&self) -> String {
        "check the path, then run the command again".to_owned()
    }

    fn exit(&self) -> Exit {
        Exit::Config
    }
}

pub(super) async fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let subject = subject(arguments, session).await?;
    let web = if arguments.no_web { None } else { Some(WebClient::new()?) };
    let waiting = session.report.waiting("looking at everything");
    let facts = gather::facts(&subject, web.as_ref()).await;
    drop(waiting);
    let diagnosis = Diagnosis::of(&facts);
    tell(&diagnosis, session);
    session.report.result(&diagnosis);
    Ok(if diagnosis.is_broken() { Exit::Findings } else { Exit::Done })
}

async fn subject(arguments: &Arguments, session: &Session) -> Result<Subject, Failure> {
    let is_without =
        arguments.config.is_some() || arguments.url.is_some() || arguments.distribution.is_some();
    let project = match session.project() {
        Ok(project) => Some(project),
        // Parts can be looked at without a project, if the file is not there at all.
        Err(_) if is_without && !session.options.project.exists() => None,
        Err(error) => return Err(error.into()),
    };
    let region =
        project.as_ref().map(|project| project.region.clone()).or_else(|| env::var("AWS_REGION").ok());
    let asks_aws = project.is_some() || arguments.distribution.is_some();
    let cloud = match asks_aws {
        true => Some(session.cloud(region.as_deref().unwrap_or(CLOUDFRONT)).await),
        false => None,
    };
    let config = match &arguments.config {
        Some(path) => Some((path.display().to_string(), read(path)?)),
        None => None,
    };
    let cookie = arguments.cookie_file.as_deref().map(read).transpose()?;
    Ok(Subject {
        site: arguments
            .site
            .clone()
            .or_else(|| project.as_ref().map(|project| folder(project, &session.options.project))),
        project,
        cloud,
        config,
        url: arguments.url.clone(),
        distribution: arguments.distribution.clone(),
        cookie: cookie.map(|text| text.trim().trim_start_matches("Cookie:").trim().to_owned()),
    })
}

/// The project's folder is relative to its file.
fn folder(project: &Project, file: &Path) -> PathBuf {
    file.parent().unwrap_or(Path::new("")).join(&project.site.folder)
}

fn read(path: &Path) -> Result<String, Unreadable> {
    let unreadable = |source| Unreadable { path: path.to_owned(), source };
    if path == Path::new("-") {
        let mut text = String::new();
        return io::stdin().lock().read_to_string(&mut text).map(|_| text).map_err(unreadable);
    }
    fs::read_to_string(path).map_err(unreadable)
}

fn tell(diagnosis: &Diagnosis, session: &Session) {
    for Finding { check, severity, problem, mend, reference } in &diagnosis.findings {
        session.report.say(format_args!(
            "{:<7} {check}\n        {problem}\n        mend: {mend}\n        see:  {reference}\n",
            severity.word()
        ));
    }
    for (why, checks) in by_reason(&diagnosis.not_checked) {
        session.report.say(format_args!("not checked: {}\n        {why}\n", checks.join(", ")));
    }
    session.report.say(format_args!(
        "{} broken, {} risky, {}; {} found nothing, {} could not be made in full",
        diagnosis.count(Severity::Broken),
        diagnosis.count(Severity::Risky),
        Count::of(diagnosis.count(Severity::Hint), "hint"),
        Count::of(diagnosis.fine.len(), "check"),
        diagnosis.not_checked.len()
    ));
}

/// Most checks lack the same few facts.
fn by_reason(not_checked: &[NotChecked]) -> Vec<(&str, Vec<&'static str>)> {
    let mut reasons: Vec<(&str, Vec<&'static str>)> = Vec::new();
    for one in not_checked {
        match reasons.iter_mut().find(|(why, _)| *why == one.why) {
            Some((_, checks)) => checks.push(one.check),
            None => reasons.push((&one.why, vec![one.check])),
        }
    }
    reasons
}
