//! The gate's package: what goes into it, and into the packages' bucket with it.

use std::path::Path;

use http::HeaderMap;

use super::Session;
use crate::aws::Cloud;
use crate::deploy::PackageInputs;
use crate::failure::{Failure, NextStep};
use crate::gate_config::{GateFacts, edge_auth_json};
use crate::moment::Moment;
use crate::package;
use crate::sealing_keys::{self, Stored};
use crate::stacks::{Deployed, PackageLocation};
use crate::web_client::WebClient;

/// Where a build leaves the gate's binary.
pub(super) const BINARY: &str = "dist/edge-auth/edge-auth";

/// The keys are not where they should be.
#[derive(Debug, thiserror::Error)]
#[error("{uri} answers {status}, expected the user pool's keys with 200")]
struct NoJwks {
    uri: String,
    status: u16,
}

impl NextStep for NoJwks {
    fn next_step(&self) -> String {
        "check that the user pool of the project file is the right one: parapet doctor".to_owned()
    }
}

/// Makes the package and uploads it. In a dry run nothing is uploaded; without sealing keys there is then no package.
pub(super) async fn gate_package(
    session: &Session,
    cloud: &Cloud,
    deployed: &Deployed,
    binary: &Path,
) -> Result<Option<PackageLocation>, Failure> {
    let dry_run = session.options.dry_run;
    let project = deployed.project();
    let stored = if dry_run {
        sealing_keys::read(cloud, project).await?
    } else {
        Some(sealing_keys::read_or_create(cloud, project, Moment::now()).await?)
    };
    let Some(stored) = stored else { return Ok(None) };
    let inputs = inputs(session, cloud, deployed, binary, &stored).await?;
    let bucket = cloud.bucket(deployed.packages_bucket()?);
    if let Some(location) = inputs.known(&bucket).await? {
        return Ok(Some(location));
    }
    let _packing = session.report.waiting("packing the gate");
    let package = inputs.pack()?;
    let (size, location) = (package.size(), package.location().clone());
    if !dry_run {
        package.upload(&bucket).await?;
    }
    session.report.say(format_args!("package: {}, {size} of {} bytes", location.key, package::LIMIT));
    Ok(Some(location))
}

/// Where the package would lie that is made of what is here now; nothing without sealing keys. Nothing is changed.
pub(super) async fn package_of_now(
    session: &Session,
    cloud: &Cloud,
    deployed: &Deployed,
    binary: &Path,
) -> Result<Option<PackageLocation>, Failure> {
    let Some(stored) = sealing_keys::read(cloud, deployed.project()).await? else { return Ok(None) };
    let inputs = inputs(session, cloud, deployed, binary, &stored).await?;
    match inputs.known(&cloud.bucket(deployed.packages_bucket()?)).await? {
        Some(location) => Ok(Some(location)),
        None => Ok(Some(inputs.pack()?.location().clone())),
    }
}

async fn inputs(
    session: &Session,
    cloud: &Cloud,
    deployed: &Deployed,
    binary: &Path,
    stored: &Stored,
) -> Result<PackageInputs, Failure> {
    let facts = gate_facts(session, cloud, deployed, stored.ring.reveal()).await?;
    Ok(PackageInputs::read(binary, edge_auth_json(deployed.project(), &facts)?)?)
}

async fn gate_facts(
    session: &Session,
    cloud: &Cloud,
    deployed: &Deployed,
    sealing_keys: Vec<String>,
) -> Result<GateFacts, Failure> {
    let project = deployed.project();
    let (pool, client) = (deployed.user_pool()?, deployed.client()?);
    // The identity stack's own client has no secret; one that is brought along may.
    let client_secret = if project.sign_in.client.is_some() {
        cloud.in_region(&project.region).app_client(pool, client).await?.client_secret
    } else {
        None
    };
    let jwks_uri = deployed.jwks_uri()?.into_owned();
    let jwks = jwks(session, pool, &jwks_uri).await?;
    Ok(GateFacts {
        hosts: deployed.hosts()?,
        issuer: deployed.issuer()?.into_owned(),
        jwks_uri,
        hosted_ui_url: deployed.hosted_ui()?.into_owned(),
        client_id: client.to_owned(),
        client_secret,
        jwks,
        sealing_keys,
    })
}

/// The user pool's keys. A double of AWS's pools answers at its own address instead.
pub(super) async fn jwks(session: &Session, pool: &str, uri: &str) -> Result<String, Failure> {
    let uri = match &session.options.endpoint_url {
        Some(endpoint) if uri.contains(".amazonaws.com/") => {
            format!("{}/{pool}/.well-known/jwks.json", endpoint.trim_end_matches('/'))
        }
        _ => uri.to_owned(),
    };
    let answer = WebClient::new()?.get(&uri, HeaderMap::new()).await?;
    if answer.status == http::StatusCode::OK {
        return Ok(answer.body);
    }
    Err(NoJwks { uri, status: answer.status.as_u16() }.into())
}
