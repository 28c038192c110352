//! `parapet status`.

use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use super::Session;
use super::deploy_gate::BINARY;
use super::status_package::PackageState;
use crate::aws::{Cloud, DistributionState};
use crate::deploy::{Drift, WantedStack, each, wanted};
use crate::failure::{Exit, Failure};
use crate::moment::Moment;
use crate::regions;
use crate::stacks::{Deployed, Given, Part, Readiness, Step, Target, steps};

/// What is deployed, and whether it is what the project file says
///
/// Compares templates, parameters and the gate's package with what a deploy would make of the project file and the
/// binary. Ends with 4 where something is missing, has failed, or would be changed by a deploy.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  parapet status\n  parapet status --json")]
pub(super) struct Arguments {
    /// The gate's binary that the deployed package is compared with
    #[arg(long, value_name = "PATH", default_value = BINARY)]
    binary: PathBuf,
}

/// A stack, as it is.
#[derive(Debug, Clone, serde::Serialize)]
struct Row {
    part: &'static str,
    region: String,
    stack: String,
    /// CloudFormation's word; none where there is no stack.
    status: Option<String>,
    changed: Option<Moment>,
    drift: Option<Drift>,
    /// What is to be done about it.
    finding: Option<String>,
}

pub(super) async fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let project = session.project()?;
    let cloud = session.cloud(regions::CLOUDFRONT).await;
    let caller = cloud.caller().await?;
    let deployed = Deployed::read(&project, &cloud).await?;
    let mut parts: Vec<Part> = Vec::new();
    for step in steps(&project, &deployed, Target::All) {
        if let Step::Stack(part) = step
            && !parts.contains(&part)
        {
            parts.push(part);
        }
    }
    session.report.say(format_args!("{} {} in account {}", project.name, project.stage, caller.account));
    let mut rows = Vec::new();
    for part in parts {
        rows.extend(look(session, &cloud, &deployed, part).await?);
    }
    show(session, &rows);
    let mut findings: Vec<_> = rows.iter().filter_map(|row| row.finding.clone()).collect();
    let distribution = distribution(&cloud, &deployed, &mut findings).await?;
    let package = PackageState::read(session, &cloud, &deployed, &arguments.binary).await;
    findings.extend(package.as_ref().and_then(|package| package.finding(&arguments.binary)));
    show_outputs(session, &deployed, distribution.as_ref());
    if let Some(package) = &package {
        session.report.say(format_args!("  {:<18} {}", "package", package.words()));
    }
    for finding in &findings {
        session.report.say(format_args!("! {finding}"));
    }
    session.report.result(&json!({
        "account": caller.account,
        "stacks": rows,
        "outputs": outputs(&deployed),
        "distribution": distribution,
        "package": package,
        "findings": findings,
    }));
    Ok(if findings.is_empty() { Exit::Done } else { Exit::Findings })
}

async fn look(
    session: &Session,
    cloud: &Cloud,
    deployed: &Deployed,
    part: Part,
) -> Result<Vec<Row>, Failure> {
    let _looking = session.report.waiting(format_args!("looking at {part}"));
    let project = deployed.project();
    let stacks = match wanted(part, deployed, &Given::default()) {
        Ok(stacks) => stacks,
        Err(_) => {
            let (stack, region) = (part.stack_name(project), part.region(project).to_owned());
            let status = deployed.stack(part).map(|stack| stack.status.clone());
            let finding = Some(format!("{part} waits for the parts before it: {}", part.command()));
            let row = Row { part: part.name(), region, stack, status, changed: None, drift: None, finding };
            return Ok(vec![row]);
        }
    };
    let looked = each(stacks, |wanted| row(cloud.in_region(&wanted.region), wanted)).await;
    Ok(looked.into_iter().collect::<Result<Vec<_>, _>>()?)
}

async fn row(cloud: Cloud, wanted: WantedStack) -> Result<Row, crate::aws::CallError> {
    let found = cloud.stack(&wanted.name).await?;
    let part = wanted.part;
    let place = format!("{part} in {}", wanted.region);
    let mut row = Row {
        part: part.name(),
        region: wanted.region.clone(),
        stack: wanted.name.clone(),
        status: found.as_ref().map(|stack| stack.status.clone()),
        changed: found.as_ref().and_then(|stack| stack.changed),
        drift: None,
        finding: None,
    };
    row.finding = match (Readiness::of(found.as_ref()), &found) {
        (Readiness::Update, Some(stack)) => {
            let drift = Drift::between(&cloud, stack, &wanted).await?;
            let words = drift.words();
            let finding = drift.is_some().then(|| format!("{place} differs in {words}: {}", part.command()));
            row.drift = Some(drift);
            finding
        }
        (Readiness::Busy, Some(stack)) => Some(format!("{place} is being changed: {}", stack.status)),
        (Readiness::Create, _) | (_, None) => Some(format!("{place} is not deployed: {}", part.command())),
        (_, Some(stack)) => {
            let reason = stack.reason.as_deref().unwrap_or("no reason is given");
            Some(format!("{place} has failed ({}: {reason}): {}", stack.status, part.command()))
        }
    };
    Ok(row)
}

/// Stacks of one part in the same state are one line.
fn show(session: &Session, rows: &[Row]) {
    for alike in rows.chunk_by(|one, other| one.part == other.part && one.status == other.status) {
        let Some(first) = alike.first() else { continue };
        let place = if alike.len() == 1 { first.region.clone() } else { format!("{} regions", alike.len()) };
        let status = first.status.as_deref().unwrap_or("not deployed");
        let changed =
            alike.iter().filter_map(|row| row.changed).max().map(Moment::rfc3339).unwrap_or_default();
        let differs = alike.iter().any(|row| row.drift.as_ref().is_some_and(Drift::is_some));
        let drift = if differs { "  differs from the project file" } else { "" };
        session.report.say(format_args!("  {:<12} {place:<14} {status:<24} {changed}{drift}", first.part));
    }
}

async fn distribution(
    cloud: &Cloud,
    deployed: &Deployed,
    findings: &mut Vec<String>,
) -> Result<Option<DistributionState>, Failure> {
    let Ok(id) = deployed.distribution() else { return Ok(None) };
    let state = cloud.distribution_state(id).await?;
    if !state.enabled {
        findings.push(format!("the distribution {id} is disabled: parapet deploy edge"));
    }
    if !state.deployed {
        findings.push(format!("the distribution {id} is being deployed: it takes some minutes"));
    }
    if let Ok(newest) = deployed.function_version()
        && state.viewer_request.as_deref() != Some(newest)
    {
        let associated = state.viewer_request.as_deref().unwrap_or("none");
        let mend = match deployed.project().site.distribution {
            None => "parapet deploy edge",
            Some(_) => "it is brought along, so associate it by hand with all of its behaviors",
        };
        findings.push(format!(
            "the distribution {id} has {associated} as its gate, not the newest version {newest}: {mend}"
        ));
    }
    Ok(Some(state))
}

/// The outputs that people need, by name.
fn outputs(deployed: &Deployed) -> Value {
    json!({
        "bucket": deployed.bucket().ok(),
        "distribution": deployed.distribution().ok(),
        "distribution_host": deployed.distribution_domain().ok(),
        "function_version": deployed.function_version().ok(),
        "user_pool": deployed.user_pool().ok(),
        "client": deployed.client().ok(),
        "issuer": deployed.issuer().ok(),
        "hosted_ui": deployed.hosted_ui().ok(),
    })
}

fn show_outputs(session: &Session, deployed: &Deployed, distribution: Option<&DistributionState>) {
    if let Value::Object(outputs) = outputs(deployed) {
        for (name, value) in outputs {
            if let Some(value) = value.as_str() {
                session.report.say(format_args!("  {:<18} {value}", name.replace('_', " ")));
            }
        }
    }
    if let Some(state) = distribution {
        let enabled = if state.enabled { "enabled" } else { "disabled" };
        let everywhere = if state.deployed { "deployed everywhere" } else { "being deployed" };
        let gate = state.viewer_request.as_deref().unwrap_or("no gate");
        session.report.say(format_args!("  distribution state {enabled}, {everywhere}, {gate}"));
    }
}
