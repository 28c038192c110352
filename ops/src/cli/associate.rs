//! `parapet associate`.

use clap::Args;
use serde_json::json;

use super::Session;
use super::live::wait_until_everywhere;
use crate::association::{AssociationError, Behavior, with_gate};
use crate::failure::{Exit, Failure};
use crate::regions;
use crate::report::Count;
use crate::stacks::Deployed;

/// Put the gate in front of a distribution that is brought along
///
/// Each of its behaviors gets the deployed version of the gate on viewer requests, and on the answers of a bucket. What else
/// is set there stays as it is; a behavior that has another function for such an event is named, and nothing is changed.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  parapet associate --dry-run\n  parapet associate --distribution E2EXAMPLE --yes"
)]
pub(super) struct Arguments {
    /// The distribution, instead of the project file's
    #[arg(long, value_name = "ID")]
    distribution: Option<String>,
    /// The version of the gate, instead of the deployed one
    #[arg(long = "function", value_name = "ARN")]
    version: Option<String>,
}

pub(super) async fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let project = session.project()?;
    let named = arguments.distribution.as_ref().or(project.site.distribution.as_ref());
    let id = named.ok_or(AssociationError::OwnStack)?;
    let cloud = session.cloud(regions::CLOUDFRONT).await;
    let version = match &arguments.version {
        Some(version) => version.clone(),
        None => Deployed::read(&project, &cloud).await?.function_version()?.to_owned(),
    };
    let (config, found) = cloud.distribution_config_as_found(id).await?;
    let associated = with_gate(config, &version)?;
    let changes: Vec<&Behavior> =
        associated.behaviors.iter().filter(|behavior| !behavior.changed.is_empty()).collect();
    let result = |outcome: &str| {
        session.report.result(&json!({
            "distribution": id, "function": version, "outcome": outcome, "behaviors": associated.behaviors,
        }));
    };
    if changes.is_empty() {
        session.report.say(format_args!("{id}: nothing to change, {version} answers in all behaviors"));
        result("unchanged");
        return Ok(Exit::Done);
    }
    session.report.say(format_args!("{id}: {version} would answer"));
    for Behavior { path, changed, .. } in &changes {
        session.report.say(format_args!("  ~ {path}  {}", changed.join(", ")));
    }
    if session.options.dry_run {
        session.report.say("nothing was done: this was a dry run");
        result("planned");
        return Ok(Exit::Done);
    }
    session.confirm(&format!("Change {} of {id} so?", Count::of(changes.len(), "behavior")))?;
    let changed = cloud.update_distribution(id, associated.config.clone(), &found).await;
    changed.map_err(|error| {
        let is_other = error.is("PreconditionFailed") || error.is("InvalidIfMatchVersion");
        if is_other { Failure::from(AssociationError::Changed(id.clone())) } else { error.into() }
    })?;
    wait_until_everywhere(session, &cloud, id).await?;
    session.report.say(format_args!("{id}: the gate answers; parapet doctor looks at the rest"));
    result("associated");
    Ok(Exit::Done)
}
