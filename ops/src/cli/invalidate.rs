//! `parapet invalidate`.

use clap::Args;
use delivery::{Batches, Distribution, InvalidationError, Patience, Reference, Target, collapse};
use serde_json::json;

use super::Session;
use super::site_place::{Place, PlaceArguments};
use crate::failure::{Exit, Failure, NextStep};
use crate::invalidation::{self, Cost};
use crate::moment::random;
use crate::report::Count;
use crate::site::{ManifestStore, SiteError};

/// Make CloudFront forget paths and cache tags, and wait until it has
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  parapet invalidate /guide/ '/blog/*'
  parapet invalidate '#theme'
  parapet invalidate --since 20261121T123000Z-1f2e

A path names the page of viewers, so a folder's page is /guide/ and /guide/index.html. With * at its end it names
everything that starts with it, and counts as one. Characters that a URL cannot hold are encoded; a query string is
part of a path where the cache policy makes it part of the cache key.

A cache tag begins with # and names every object that carries it, under all of its addresses. It needs a distribution
with a CacheTagConfig, and costs as much as one path.

A run that failed may be repeated with the --reference that it names: CloudFront then gives the invalidation that
exists already, instead of a second one. Without it each run is another invalidation.")]
pub(super) struct Arguments {
    /// What to forget: paths that start with a slash, quoted where they end with *, and cache tags, quoted with their #
    #[arg(value_name = "PATH|#TAG", required_unless_present = "since", conflicts_with = "since")]
    paths: Vec<String>,
    /// Everything that this deploy and those after it have changed
    #[arg(long, value_name = "DEPLOY")]
    since: Option<String>,
    #[command(flatten)]
    place: PlaceArguments,
    /// A name for this invalidation: with it, the same paths are invalidated once however often this is run
    #[arg(long, value_name = "NAME")]
    reference: Option<String>,
    /// Do not wait until it is completed
    #[arg(long)]
    no_wait: bool,
}

/// Paths and tags that cannot be invalidated.
#[derive(Debug, thiserror::Error)]
#[error("{} wrong:\n{}", if .0.len() == 1 { "a path or tag is" } else { "some paths or tags are" }, .0.join("\n"))]
struct WrongPaths(Vec<String>);

impl NextStep for WrongPaths {
    fn next_step(&self) -> String {
        "mend them and run the command again: nothing has been invalidated".to_owned()
    }

    fn exit(&self) -> Exit {
        Exit::Usage
    }
}

/// An invalidation that failed on its way.
#[derive(Debug, thiserror::Error)]
#[error("the invalidation may have been created or not")]
struct Unsure {
    #[source]
    error: InvalidationError,
    reference: Reference,
}

impl NextStep for Unsure {
    fn next_step(&self) -> String {
        format!(
            "{}; repeat it with --reference {}, which costs nothing where CloudFront has taken it on already",
            self.error.next_step(),
            self.reference.as_str()
        )
    }
}

pub(super) async fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let reference = match &arguments.reference {
        Some(name) => Reference::parse(name)?,
        None => Reference::new(random().map_err(SiteError::from)?),
    };
    let (distribution, targets) = match &arguments.since {
        Some(deploy) => since(deploy, arguments, session).await?,
        None => {
            let targets = read(&arguments.paths)?;
            (arguments.place.distribution(session).await?, targets)
        }
    };
    let batches = Batches::of(targets, &reference);
    let cost = Cost { paths: batches.target_count() };
    say(&batches, cost, session);
    let (mut created, patience) = (Vec::new(), Patience::lasting(session.options.patience()));
    if !session.options.dry_run {
        let unsure = |error| Unsure { error, reference: reference.clone() };
        for batch in &batches.batches {
            let one = invalidation::create(&distribution, batch, patience, &session.report)
                .await
                .map_err(unsure)?;
            let paths = Count::of(batch.targets.len(), "path");
            session.report.say(format_args!("invalidation {} of {paths}", one.id));
            created.push(one);
        }
        if !arguments.no_wait {
            invalidation::wait(&distribution, &created, patience, &session.report).await?;
            session.report.say("completed");
        }
    }
    let paths = batches.batches.iter().flat_map(|batch| batch.targets.iter().map(ToString::to_string));
    session.report.result(&json!({
        "dry_run": session.options.dry_run,
        "distribution": distribution.id(),
        "reference": reference.as_str(),
        "invalidations": created.iter().map(|one| &one.id).collect::<Vec<_>>(),
        "paths": paths.collect::<Vec<_>>(),
        "at_most_usd": f64::from(u32::try_from(cost.at_most_thousandths()).unwrap_or(u32::MAX)) / 1_000.0,
    }));
    Ok(Exit::Done)
}

fn say(batches: &Batches, cost: Cost, session: &Session) {
    if batches.dropped > 0 {
        let dropped = batches.dropped;
        session.report.say(format_args!("{dropped} left out: named twice, or by a wildcard anyway"));
    }
    session.report.say(cost);
    if session.options.dry_run {
        for path in batches.batches.iter().flat_map(|batch| &batch.targets) {
            session.report.say(path);
        }
        session.report.say("nothing was done: this was a dry run");
    }
}

fn read(texts: &[String]) -> Result<Vec<Target>, WrongPaths> {
    let (mut targets, mut problems) = (Vec::new(), Vec::new());
    for text in texts {
        match Target::parse(text) {
            Ok(target) => targets.push(target),
            Err(problem) => problems.push(format!("  {problem}")),
        }
    }
    if problems.is_empty() { Ok(targets) } else { Err(WrongPaths(problems)) }
}

async fn since(
    deploy: &str,
    arguments: &Arguments,
    session: &Session,
) -> Result<(Distribution, Vec<Target>), Failure> {
    let Place { site, distribution } = match arguments.place.is_complete() {
        true => arguments.place.named(session).await?,
        false => arguments.place.of_project(&session.project()?, session).await?,
    };
    let (_, manifest) = ManifestStore::read(&site).await?;
    let paths = collapse(manifest.paths_since(deploy)?);
    Ok((distribution, paths.into_iter().map(Target::Path).collect()))
}
