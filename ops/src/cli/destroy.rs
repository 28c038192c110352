//! `parapet destroy`.

use clap::Args;
use serde_json::json;
use tokio::sync::mpsc::unbounded_channel;

use super::Session;
use super::deploy_stacks::while_telling;
use super::session::Unconfirmed;
use crate::aws::Cloud;
use crate::deploy::{Doomed, Fate, delete, doomed, each, empty_bucket};
use crate::failure::{Exit, Failure, NextStep};
use crate::project::Project;
use crate::regions;
use crate::report::Count;
use crate::stacks::Part;

/// Delete all stacks, after their name was typed
///
/// Says what is lost and what stays. In production the buckets, the user pool and the logs stay. The gate's function
/// stays everywhere: CloudFront deletes its copies only hours after the distribution is gone.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  parapet destroy --dry-run\n  parapet destroy --empty-buckets --confirm cms-staging"
)]
pub(super) struct Arguments {
    /// What would have to be typed: the project's name and stage, such as cms-staging
    #[arg(long, value_name = "NAME")]
    confirm: Option<String>,
    /// Delete everything in the buckets that are to be deleted; CloudFormation deletes only empty ones
    #[arg(long)]
    empty_buckets: bool,
}

/// Buckets are in the way.
#[derive(Debug, thiserror::Error)]
#[error("CloudFormation deletes only empty buckets, and these are not: {}", .0.join(", "))]
struct FullBuckets(Vec<String>);

/// There is nobody to type it.
#[derive(Debug, thiserror::Error)]
#[error("{name} is destroyed only when somebody types its name, and standard input is no terminal")]
struct Unnamed {
    name: String,
}

impl NextStep for Unnamed {
    fn next_step(&self) -> String {
        format!("look at it with --dry-run, then run the command with --confirm {}", self.name)
    }

    fn exit(&self) -> Exit {
        Exit::Unconfirmed
    }
}

impl NextStep for FullBuckets {
    fn next_step(&self) -> String {
        "keep what you need of them, then run the command again with --empty-buckets".to_owned()
    }
}

pub(super) async fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let project = session.project()?;
    let cloud = session.cloud(regions::CLOUDFRONT).await;
    let caller = cloud.caller().await?;
    let stacks = {
        let _looking = session.report.waiting("looking at the stacks");
        doomed(&cloud, &project).await?
    };
    if stacks.is_empty() {
        session.report.say("there is no stack to destroy");
        session.report.result(&json!({ "destroyed": [], "dry_run": session.options.dry_run }));
        return Ok(Exit::Done);
    }
    session.report.say(format_args!("In account {}:", caller.account));
    show(session, &stacks);
    let full: Vec<_> = stacks.iter().flat_map(|stack| stack.full_buckets.clone()).collect();
    if session.options.dry_run {
        session.report.say("nothing was done: this was a dry run");
    } else {
        if !full.is_empty() && !arguments.empty_buckets {
            return Err(FullBuckets(full).into());
        }
        confirm(arguments, session, &project)?;
        destroy(session, &cloud, &stacks).await?;
    }
    let kept = farewell(session, &project, &stacks);
    let names = stacks.iter().map(|it| json!({ "stack": it.stack.name, "region": it.region }));
    session.report.result(&json!({
        "dry_run": session.options.dry_run,
        "destroyed": names.collect::<Vec<_>>(),
        "not_empty": full,
        "kept": kept,
    }));
    Ok(Exit::Done)
}

fn confirm(arguments: &Arguments, session: &Session, project: &Project) -> Result<(), Failure> {
    let name = format!("{}-{}", project.name, project.stage);
    match &arguments.confirm {
        Some(given) if *given == name => Ok(()),
        Some(_) => Err(Unconfirmed::Declined.into()),
        None => match session.confirm_name(&format!("Type {name} to destroy it:"), &name) {
            Err(Unconfirmed::Nobody { .. }) => Err(Unnamed { name }.into()),
            other => Ok(other?),
        },
    }
}

/// Stacks of one part that hold the same are shown once.
fn show(session: &Session, stacks: &[Doomed]) {
    let report = &session.report;
    let is_like = |one: &Doomed, other: &Doomed| {
        one.part == other.part && (&one.lost, &one.kept) == (&other.lost, &other.kept)
    };
    for alike in stacks.chunk_by(is_like) {
        let Some(stack) = alike.first() else { continue };
        let regions: Vec<_> = alike.iter().map(|stack| stack.region.as_str()).collect();
        report.say(format_args!("- {} in {}", stack.stack.name, regions.join(", ")));
        for (fate, resources) in [("lost", &stack.lost), ("stays", &stack.kept)] {
            for (kind, id) in resources.iter().filter(|(kind, _)| Fate::is_worth_telling(kind)) {
                let full = if stack.full_buckets.contains(id) { ", not empty" } else { "" };
                report.say(format_args!("    {fate}: {kind} {id}{full}"));
            }
        }
    }
}

/// Deletes the stacks, those of one part side by side. What fails stops what comes after.
async fn destroy(session: &Session, cloud: &Cloud, stacks: &[Doomed]) -> Result<(), Failure> {
    for together in stacks.chunk_by(|one, other| one.part == other.part) {
        for stack in together {
            let cloud = cloud.in_region(&stack.region);
            for bucket in &stack.full_buckets {
                let _emptying = session.report.waiting(format_args!("emptying {bucket}"));
                let deleted = empty_bucket(&cloud, bucket).await?;
                session.report.say(format_args!("{bucket}: {} deleted", Count::of(deleted, "version")));
            }
        }
        let (tell, told) = unbounded_channel();
        let work = each(together.to_vec(), |doomed| {
            let (cloud, tell) = (cloud.in_region(&doomed.region), tell.clone());
            async move { delete(&cloud, &doomed.stack, &tell).await }
        });
        while_telling(session, told, work).await.into_iter().collect::<Result<Vec<_>, _>>()?;
        if let Some(first) = together.first() {
            session.report.say(format_args!("{}: destroyed", first.part));
        }
    }
    Ok(())
}

/// What stays, and how to delete it; for programs, each with its type.
fn farewell(session: &Session, project: &Project, stacks: &[Doomed]) -> Vec<serde_json::Value> {
    let report = &session.report;
    let parameter = project.sealing_keys_parameter();
    if stacks.iter().any(|stack| stack.part == Part::Edge) {
        let function = project.function_name();
        report.say(format_args!(
            "The function {function} and its role stay. CloudFront deletes its copies some hours after the distribution \
             is gone; until then Lambda refuses to delete it. Then:"
        ));
        report
            .say(format_args!("  aws lambda delete-function --region us-east-1 --function-name {function}"));
        report.say(format_args!("  aws iam delete-role-policy --role-name {function} --policy-name log"));
        report.say(format_args!("  aws iam delete-role --role-name {function}"));
        report.say("The sealing keys stay, too:");
        report.say(format_args!("  aws ssm delete-parameter --region us-east-1 --name {parameter}"));
        report.say("To deploy again before that: parapet deploy all --adopt-existing");
    }
    let mut parameters = vec![parameter];
    if stacks.iter().any(|stack| stack.part == Part::Backend) {
        let secrets = project.origin_secrets_parameter();
        report.say("What the distribution showed to the API stays, too:");
        report.say(format_args!("  aws ssm delete-parameter --region {} --name {secrets}", project.region));
        parameters.push(secrets);
    }
    let kept = stacks.iter().flat_map(|stack| &stack.kept);
    let kept = kept.map(|(kind, id)| json!({ "type": kind, "id": id }));
    let parameters = parameters.into_iter().map(|id| json!({ "type": "AWS::SSM::Parameter", "id": id }));
    kept.chain(parameters).collect()
}
