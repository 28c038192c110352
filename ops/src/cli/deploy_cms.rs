//! What the parts of the CMS need besides stacks: packages, the user pool's keys, a secret, and tables.

use std::path::Path;

use serde_json::{Value, json};

use super::Session;
use super::deploy_gate::jwks;
use crate::aws::Cloud;
use crate::deploy::{FunctionPackage, migrate};
use crate::failure::{Exit, Failure, NextStep};
use crate::gate_config::compact_jwks;
use crate::origin_secrets;
use crate::stacks::{BACKEND, Deployed, FUNCTIONS, Given, MIGRATE_KEY, Part};

/// Where a build leaves the packages.
pub(super) const PACKAGES: &str = "dist";

/// There is no CMS to deploy.
#[derive(Debug, thiserror::Error)]
#[error("{file} has no [cms], which this is a part of")]
pub(super) struct NoCms {
    pub(super) file: String,
}

impl NextStep for NoCms {
    fn next_step(&self) -> String {
        "add a line [cms] to it, and a route of kind \"api\" for /api/*".to_owned()
    }

    fn exit(&self) -> Exit {
        Exit::Config
    }
}

/// What a part is given besides. Packages are uploaded, and a secret is made; in a dry run neither is.
pub(super) async fn given(
    session: &Session,
    cloud: &Cloud,
    deployed: &Deployed,
    part: Part,
    folder: &Path,
) -> Result<Given, Failure> {
    let project = deployed.project();
    let mut given = Given::default();
    let packages: &[(&'static str, &'static str)] = match part {
        Part::Functions => &FUNCTIONS,
        Part::Backend => &[BACKEND],
        _ => &[],
    };
    for (name, parameter) in packages {
        let package = FunctionPackage::read(folder, name)?;
        let key = package.key().to_owned();
        given.keys.insert(*parameter, key.clone());
        if part == Part::Backend {
            given.keys.insert(MIGRATE_KEY, key.clone());
        }
        if session.options.dry_run {
            continue;
        }
        let _uploading = session.report.waiting(format_args!("uploading {name}"));
        let bucket = cloud.in_region(&project.region).bucket(deployed.functions_bucket()?);
        if package.upload(&bucket).await? {
            session.report.say(format_args!("package: {key}"));
        }
    }
    if matches!(part, Part::Backend | Part::Site) && project.cms.is_some() {
        given.origin_secrets = if session.options.dry_run {
            origin_secrets::read(cloud, project).await?.unwrap_or_default()
        } else {
            origin_secrets::read_or_create(cloud, project).await?
        };
    }
    if part == Part::Backend
        && let (Ok(pool), Ok(uri)) = (deployed.user_pool(), deployed.jwks_uri())
    {
        given.jwks = Some(compact_jwks(&uri, &jwks(session, pool, &uri).await?)?);
    }
    Ok(given)
}

/// What the API's stack is given first where its program changes: the migrations of the new one beside the program that is there,
/// which works with later tables. So nobody meets a program whose tables are still missing.
pub(super) fn tables_first(deployed: &Deployed, given: &Given) -> Option<Given> {
    let (_, parameter) = BACKEND;
    let there = deployed.stack(Part::Backend)?.parameters.get(parameter)?;
    if given.keys.get(parameter)? == there {
        return None;
    }
    let mut first = given.clone();
    first.keys.insert(parameter, there.clone());
    Some(first)
}

/// Brings the database to the tables of the API. In a dry run nothing is asked.
pub(super) async fn migration(
    session: &Session,
    cloud: &Cloud,
    deployed: &Deployed,
) -> Result<Value, Failure> {
    if session.options.dry_run {
        session.report.say("migration: would follow");
        return Ok(json!({ "part": "migration", "outcome": "unknown" }));
    }
    let function = deployed.migrate_function()?;
    {
        let _migrating = session.report.waiting("migrating the database");
        migrate(&cloud.in_region(&deployed.project().region), function).await?;
    }
    session.report.say("migration: the database has the tables of the API");
    Ok(json!({ "part": "migration", "outcome": "done" }))
}
