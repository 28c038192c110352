//! `parapet explain`.

use std::io::Read;
use std::path::PathBuf;

use clap::Args;
use gate::config::Config;
use serde_json::json;

use super::Session;
use crate::explain::{
    Answered, Asked, ConfigSource, ExchangePlan, ExplainError, Explanation, Forwarded, Outcome, explain,
};
use crate::failure::{Exit, Failure};
use crate::moment::Moment;
use crate::regions;
use crate::stacks::Deployed;

/// Say what the gate would decide for a request, and why, step by step
///
/// The gate's own code decides here, with its configuration; nobody is asked anything, but AWS for the configuration with
/// --deployed. Of tokens and cookies only
/// names, sizes, times and what is wrong with them are shown.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  parapet explain https://docs.example.com/guide/\n  parapet explain https://docs.example.com/api/entries --method POST \\\n      --header 'Sec-Fetch-Site: cross-site' --cookie \"__Host-id-token=$TOKEN\"\n  parapet explain https://docs.example.com/admin/ --deployed\n  parapet explain event.json --config edge-auth.json --at 2026-11-21T12:30:00Z"
)]
pub(super) struct Arguments {
    /// A viewer-request event in a file, - for one on standard input, or a URL that begins with https://
    #[arg(value_name = "EVENT.json|URL")]
    what: String,
    /// The gate's configuration, or a package that holds it; else dist/edge-auth.zip beside the project file if it is for
    /// the project's hosts, else the project file alone
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// The configuration that the deployed gate runs with: that of the version which the distribution asks
    #[arg(long, conflicts_with = "config")]
    deployed: bool,
    /// The request's method, for a URL [default: GET]
    #[arg(long, value_name = "METHOD")]
    method: Option<String>,
    /// A header field of the request, for a URL
    #[arg(long = "header", value_name = "NAME: VALUE")]
    headers: Vec<String>,
    /// A cookie of the request, for a URL
    #[arg(long = "cookie", value_name = "NAME=VALUE")]
    cookies: Vec<String>,
    /// The time at which the request arrives, RFC 3339 [default: now]
    #[arg(long, value_name = "TIME", value_parser = read_moment)]
    at: Option<Moment>,
}

pub(super) async fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let (source, config) = configuration(arguments, session).await?;
    let event = event(arguments)?;
    let explanation = explain(config, &event, arguments.at.unwrap_or_else(Moment::now))?;
    say(&explanation, &source, session);
    session.report.result(&json!({ "config": source, "explanation": explanation }));
    Ok(Exit::Done)
}

async fn configuration(arguments: &Arguments, session: &Session) -> Result<(ConfigSource, Config), Failure> {
    if arguments.deployed {
        let project = session.project()?;
        let cloud = session.cloud(regions::CLOUDFRONT).await;
        let deployed = Deployed::read(&project, &cloud).await?;
        return Ok(ConfigSource::read_deployed(&cloud, &deployed).await?);
    }
    let project = || Ok::<_, Failure>(session.project()?);
    ConfigSource::choose(arguments.config.as_deref(), &session.options.project, project)
}

fn read_moment(text: &str) -> Result<Moment, String> {
    let expected = || "expected a time such as 2026-11-21T12:30:00Z".to_owned();
    Moment::try_from(text.to_owned()).ok().filter(|moment| moment.unix() >= 0).ok_or_else(expected)
}

fn event(arguments: &Arguments) -> Result<String, ExplainError> {
    let what = &arguments.what;
    if Asked::is_url(what) {
        let asked = Asked {
            url: what.clone(),
            method: arguments.method.clone().unwrap_or_else(|| "GET".to_owned()),
            headers: arguments.headers.clone(),
            cookies: arguments.cookies.clone(),
        };
        return asked.event();
    }
    if arguments.method.is_some() || !arguments.headers.is_empty() || !arguments.cookies.is_empty() {
        return Err(ExplainError::EventWithParts);
    }
    let unreadable = |source| ExplainError::UnreadableEvent { path: what.into(), source };
    if what == "-" {
        let mut text = String::new();
        std::io::stdin().lock().read_to_string(&mut text).map_err(unreadable)?;
        return Ok(text);
    }
    std::fs::read_to_string(what).map_err(unreadable)
}

fn say(explanation: &Explanation, source: &ConfigSource, session: &Session) {
    let report = &session.report;
    report.say(format_args!("{}  at {}", explanation.request, explanation.at.rfc3339()));
    match source {
        ConfigSource::File(path) => report.note(format_args!("configuration: {}", path.display())),
        ConfigSource::Deployed { version, package } => {
            report.note(format_args!("configuration: edge-auth.json in the package {package} of {version}"));
        }
        ConfigSource::ProjectAlone(path) => report.note(format_args!(
            "configuration: {} alone: the user pool's addresses are examples, and no token can be verified (--deployed \
             takes the deployed configuration, --config names one)",
            path.display()
        )),
    }
    for finding in &explanation.findings {
        report.say(format_args!("  {:<16}{}", finding.about, finding.says));
        for detail in &finding.details {
            report.say(format_args!("  {:<16}  {detail}", ""));
        }
    }
    say_outcome(&explanation.outcome, "decision", session);
}

fn say_outcome(outcome: &Outcome, about: &str, session: &Session) {
    let lines = match outcome {
        Outcome::Forward(forwarded) => forward_lines(forwarded),
        Outcome::Answer(answered) => answer_lines(answered),
        Outcome::Exchange(plan) => exchange_lines(plan),
    };
    for (position, line) in lines.iter().enumerate() {
        let label = if position == 0 { about } else { "" };
        session.report.say(format_args!("  {label:<16}{}{line}", if position == 0 { "" } else { "  " }));
    }
    if let Outcome::Exchange(plan) = outcome {
        session.report.say(format_args!("  {:<16}{}", "if it answers", plan.then));
        say_outcome(&plan.otherwise, "if it does not", session);
    }
}

fn forward_lines(forwarded: &Forwarded) -> Vec<String> {
    let mut lines = vec![format!("passes; the cache or the origin is asked for {}", forwarded.path)];
    let lists = [
        ("put in", &forwarded.added),
        ("taken away", &forwarded.removed),
        ("cookies taken away", &forwarded.removed_cookies),
    ];
    lines.extend(
        lists
            .iter()
            .filter(|(_, list)| !list.is_empty())
            .map(|(name, list)| format!("{name}: {}", list.join(", "))),
    );
    lines
}

fn answer_lines(answered: &Answered) -> Vec<String> {
    let because = answered.because.as_ref().map(|because| format!(": {because}"));
    let mut lines = vec![format!("answers {}{}", answered.status, because.unwrap_or_default())];
    lines.extend(answered.location.iter().map(|location| format!("location: {location}")));
    lines.extend(answered.reason.iter().map(|reason| format!("reason in the log: {reason}")));
    let cookies = [("sets", &answered.set_cookies), ("deletes", &answered.deleted_cookies)];
    lines.extend(
        cookies
            .iter()
            .filter(|(_, list)| !list.is_empty())
            .map(|(name, list)| format!("{name}: {}", list.join(", "))),
    );
    lines
}

fn exchange_lines(plan: &ExchangePlan) -> Vec<String> {
    let mut lines =
        vec![format!("asks the user pool for {}", plan.purpose), format!("{} {}", plan.method, plan.url)];
    if !plan.sends.is_empty() {
        let secret = if plan.with_client_secret { "; the app client's secret besides" } else { "" };
        lines.push(format!("sends: {}{secret}", plan.sends.join(", ")));
    }
    lines
}
