//! `parapet rollback`.

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::Session;
use super::deploy_stacks::deploy_stacks;
use super::live::wait_until_live;
use crate::aws::{Cloud, FunctionVersion};
use crate::deploy::{RollbackError, package_of, version_to_go_back_to, wanted};
use crate::failure::{Exit, Failure};
use crate::regions;
use crate::stacks::{Deployed, Given, PackageLocation, Part};

/// Go back to an earlier package of the gate
///
/// The earlier package is deployed as a new version, and the distribution gets it. The project file stays as it is:
/// the next `parapet deploy edge` deploys what it says.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  parapet rollback --dry-run\n  parapet rollback edge --to 12")]
pub(super) struct Arguments {
    /// What goes back
    #[arg(value_enum, default_value_t)]
    part: Rolled,
    /// Go back to the package of this version, instead of the one before
    #[arg(long, value_name = "VERSION")]
    to: Option<u64>,
}

/// What can go back: a site's earlier files are deployed from its own sources.
#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Rolled {
    /// The gate
    #[default]
    Edge,
}

pub(super) async fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let Rolled::Edge = arguments.part;
    let project = session.project()?;
    let cloud = session.cloud(regions::CLOUDFRONT).await;
    let mut deployed = Deployed::read(&project, &cloud).await?;
    let versions = cloud.function_versions(deployed.function_name()?).await?;
    let hash = serving(&deployed, &versions).to_owned();
    list(session, &versions, &hash);
    let version = version_to_go_back_to(&versions, &hash, arguments.to)?;
    let package = package_of(version)?;
    let results = deploy_again(session, &cloud, &mut deployed, version.number, &package).await?;
    session.report.result(&json!({
        "dry_run": session.options.dry_run,
        "to": version.number,
        "package": package,
        "version": deployed.function_version().ok(),
        "steps": results,
    }));
    Ok(Exit::Done)
}

/// Goes back to the package of the version with this ARN; answers its number.
pub(super) async fn back_to(
    session: &Session,
    cloud: &Cloud,
    deployed: &mut Deployed,
    arn: &str,
) -> Result<u64, Failure> {
    let versions = cloud.function_versions(deployed.function_name()?).await?;
    let version = versions.iter().find(|version| version.arn == arn);
    let version = version.ok_or(RollbackError::NothingBefore)?;
    deploy_again(session, cloud, deployed, version.number, &package_of(version)?).await?;
    Ok(version.number)
}

/// Deploys the package of an earlier version, and puts it in front of the distribution; answers what was done.
async fn deploy_again(
    session: &Session,
    cloud: &Cloud,
    deployed: &mut Deployed,
    number: u64,
    package: &PackageLocation,
) -> Result<Vec<Value>, Failure> {
    if cloud.bucket(deployed.packages_bucket()?).head(&package.key).await?.is_none() {
        return Err(RollbackError::PackageGone { number, key: package.key.clone() }.into());
    }
    session.report.say(format_args!("going back to the package of version {number}"));
    let stacks = wanted(Part::Edge, deployed, &Given::package(package.clone()))?;
    let edge = deploy_stacks(session, cloud, stacks).await?;
    let mut results = vec![edge.result];
    if session.options.dry_run {
        session.report.say("site: would follow with the new version");
    } else {
        deployed.put(Part::Edge, edge.stack);
        if deployed.project().site.distribution.is_none() {
            let stacks = wanted(Part::Site, deployed, &Given::default())?;
            let site = deploy_stacks(session, cloud, stacks).await?;
            deployed.put(Part::Site, site.stack);
            results.push(site.result);
        }
    }
    wait_until_live(session, cloud, deployed).await?;
    Ok(results)
}

/// The hash of the package that viewers meet: that of the version which the site's stack associates. The edge stack is
/// ahead of it where going back was interrupted between the two.
fn serving<'a>(deployed: &'a Deployed, versions: &'a [FunctionVersion]) -> &'a str {
    let parameter = |part, name| deployed.stack(part).and_then(|stack| stack.parameters.get(name));
    let associated = parameter(Part::Site, "FunctionVersionArn");
    let version = associated.and_then(|arn| versions.iter().find(|version| version.arn == *arn));
    let published = || parameter(Part::Edge, "PackageSha256").map(String::as_str).unwrap_or_default();
    version.map_or_else(published, |version| version.sha256.as_str())
}

/// The last versions, newest first.
fn list(session: &Session, versions: &[FunctionVersion], deployed: &str) {
    const SHOWN: usize = 10;
    for version in versions.iter().rev().take(SHOWN) {
        let mark = if version.sha256 == deployed { "  deployed" } else { "" };
        let FunctionVersion { number, published, sha256, .. } = version;
        session.report.say(format_args!("  version {number}  {published}  {sha256}{mark}"));
    }
}
