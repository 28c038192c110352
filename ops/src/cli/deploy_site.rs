//! The files of `parapet deploy site`.

use std::path::PathBuf;

use clap::Args;
use delivery::Patience;
use serde_json::{Value, json};

use super::site_place::{Place, PlaceArguments};
use super::{Session, pages_policy};
use crate::failure::{Exit, Failure, NextStep};
use crate::invalidation;
use crate::moment::Moment;
use crate::project::Project;
use crate::site::{Action, Deploy, Deployed, Plan};
use crate::stacks;

/// How long an object stays after its file has gone, in hours, unless something else is said.
const GRACE_HOURS: u32 = 24;

/// Which files are deployed, and how.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct SiteArguments {
    /// The folder with the site's files; without it, the project's
    dir: Option<PathBuf>,
    #[command(flatten)]
    place: PlaceArguments,
    /// How long an object stays after its file has gone, so that open pages still find their parts
    /// [default: the project's, or 24]
    #[arg(long, value_name = "HOURS")]
    grace_hours: Option<u32>,
    /// Replace objects that no deploy has put there, where a file has their name
    #[arg(long)]
    adopt: bool,
    /// Store hashed code and styles as they are, not compressed with brotli
    #[arg(long)]
    no_precompress: bool,
    /// Do not wait until the invalidation is completed
    #[arg(long)]
    no_wait: bool,
}

/// No folder is named.
#[derive(Debug, thiserror::Error)]
#[error("no folder is named, and with --bucket and --distribution no project file says one")]
struct NoFolder;

impl NextStep for NoFolder {
    fn next_step(&self) -> String {
        "name the folder: parapet deploy site DIR --bucket NAME --distribution ID".to_owned()
    }

    fn exit(&self) -> Exit {
        Exit::Usage
    }
}

impl SiteArguments {
    /// Whether the bucket and the distribution are named, so that there is no stack to deploy and no project to read.
    pub(super) fn names_its_place(&self) -> bool {
        self.place.is_complete()
    }
}

/// Deploys the files to the place that the command line names.
pub(super) async fn run_named(arguments: &SiteArguments, session: &Session) -> Result<Value, Failure> {
    let folder = arguments.dir.clone().ok_or(NoFolder)?;
    let place = arguments.place.named(session).await?;
    let result = deploy(arguments, folder, None, place, session).await?;
    if session.options.dry_run {
        session.report.say("nothing was done: this was a dry run");
    }
    Ok(result)
}

/// Deploys the files to the site of stacks that have been read. It is a part of a deploy: the end of a dry run is said there.
pub(super) async fn run_deployed(
    arguments: &SiteArguments,
    deployed: &stacks::Deployed,
    session: &Session,
) -> Result<Value, Failure> {
    let project = deployed.project();
    let place = arguments.place.of_deployed(deployed, session).await?;
    deploy(arguments, folder(arguments, project, session), Some(project), place, session).await
}

/// The project's folder is relative to the project file.
fn folder(arguments: &SiteArguments, project: &Project, session: &Session) -> PathBuf {
    let of_project = || match session.options.project.parent() {
        Some(parent) => parent.join(&project.site.folder),
        None => project.site.folder.clone(),
    };
    arguments.dir.clone().unwrap_or_else(of_project)
}

async fn deploy(
    arguments: &SiteArguments,
    folder: PathBuf,
    project: Option<&Project>,
    place: Place,
    session: &Session,
) -> Result<Value, Failure> {
    let report = &session.report;
    let of_project = project.map(|project| &project.site);
    let grace = of_project.map_or(GRACE_HOURS, |site| site.removal_grace_hours);
    let deploy = Deploy {
        folder,
        site: place.site,
        distribution: place.distribution,
        grace_hours: arguments.grace_hours.unwrap_or(grace),
        adopt: arguments.adopt,
        precompress: !arguments.no_precompress && of_project.is_none_or(|site| site.precompress),
        patience: session.options.patience(),
        rules: of_project.map(|site| site.headers.clone()).unwrap_or_default(),
    };
    let planned = deploy.plan(Moment::now(), report).await?;
    let (plan, left_out) = (planned.plan.clone(), planned.left_out.clone());
    report.say(&plan);
    for path in &left_out {
        report.say(format_args!("left out      {path}  (its name begins with a dot)"));
    }
    for warning in &plan.warnings {
        report.warn(warning);
    }
    pages_policy::warn(&planned.files, project, report);
    if session.options.dry_run {
        return Ok(result(&plan, &left_out, None, true));
    }
    let deployed = planned.apply(report).await?;
    if session.options.verbose {
        let seconds = deployed.seconds;
        report.note(format_args!(
            "seconds: {:.3} scanning, {:.3} listing at the same time, {:.3} for the rest",
            seconds.scanning, seconds.listing, seconds.rest
        ));
    }
    let Some(id) = &deployed.id else {
        report.say(format_args!("{} is up to date", deploy.site.address()));
        return Ok(result(&plan, &left_out, Some(&deployed), false));
    };
    if let Some(created) = &deployed.invalidation {
        report.say(format_args!("invalidation {}: {}", created.id, deployed.cost));
        if !arguments.no_wait {
            invalidation::wait(
                &deploy.distribution,
                std::slice::from_ref(created),
                Patience::lasting(deploy.patience),
                report,
            )
            .await?;
        }
    }
    report.say(format_args!("deploy {id} is live in {}", deploy.site.address()));
    Ok(result(&plan, &left_out, Some(&deployed), false))
}

fn result(plan: &Plan, left_out: &[String], deployed: Option<&Deployed>, dry_run: bool) -> Value {
    let count = |action| plan.count(action);
    json!({
        "deploy": deployed.and_then(|deployed| deployed.id.as_ref()),
        "dry_run": dry_run,
        "uploaded": count(Action::Upload),
        "removed": count(Action::Remove),
        "to_remove_later": count(Action::RemoveLater),
        "kept": count(Action::Keep),
        "of_others": count(Action::Leave),
        "left_out": left_out,
        "warnings": plan.warnings,
        "steps": plan.steps.iter().filter(|step| step.action != Action::Keep).collect::<Vec<_>>(),
        "invalidation": {
            "id": deployed.and_then(|deployed| deployed.invalidation.as_ref()).map(|created| &created.id),
            "paths": plan.paths.iter().map(ToString::to_string).collect::<Vec<_>>(),
        },
        "seconds": deployed.map(|deployed| deployed.seconds),
    })
}
