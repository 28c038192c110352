//! What the CMS's own stacks are given.

use super::parameters::Parameters;
use super::{Deployed, Given, NotDeployed, Part};
use crate::gate_config::routes_json;
use crate::project::{Cms, Project};

/// The packages of the functions beside the API, with the parameters that their keys are for.
pub const FUNCTIONS: [(&str, &str); 4] = [
    ("announce", "AnnounceKey"),
    ("make-renditions", "MakeRenditionsKey"),
    ("publish-due", "PublishDueKey"),
    ("record-sign-in", "RecordSignInKey"),
];
/// The same of the API.
pub const BACKEND: (&str, &str) = ("backend", "BackendKey");
/// The parameter for the package that migrates the API's database, which is the same one in the end.
pub const MIGRATE_KEY: &str = "MigrateKey";

pub(super) fn functions(
    deployed: &Deployed,
    given: &Given,
    parameters: &mut Parameters,
) -> Result<(), NotDeployed> {
    parameters.add("FunctionsBucketName", deployed.functions_bucket()?);
    for (_, key) in FUNCTIONS {
        parameters.add_some(key, given_or_kept(deployed, Part::Functions, given.keys.get(key), key));
    }
    parameters.add("SiteBucketName", deployed.bucket()?);
    parameters.add("DistributionId", deployed.distribution()?);
    parameters.add_or_none("UserPoolArn", deployed.user_pool_arn().ok());
    // Both need the other: without the API there is nothing that could be due yet.
    parameters.add_or_none("BackendFunctionArn", deployed.backend_function().ok());
    parameters.add("SiteOrigin", &site_origin(deployed)?);
    let greeting = cms(deployed.project()).map(|cms| cms.greeting.as_str());
    parameters.add_some("Greeting", greeting.filter(|greeting| !greeting.is_empty()));
    Ok(())
}

pub(super) fn data(deployed: &Deployed, parameters: &mut Parameters) -> Result<(), NotDeployed> {
    for name in ["FirstSubnetId", "SecondSubnetId", "DatabaseSecurityGroupId"] {
        parameters.add(name, deployed.network(name)?);
    }
    if let Some(cms) = cms(deployed.project()) {
        parameters.add("DatabaseClass", &cms.database_class);
        parameters.add("StorageGib", &cms.storage_gib.to_string());
        parameters.add("MultiAz", if cms.multi_az { "true" } else { "false" });
        parameters.add("BackupDays", &cms.backup_days.to_string());
    }
    Ok(())
}

pub(super) fn backend(
    deployed: &Deployed,
    given: &Given,
    parameters: &mut Parameters,
) -> Result<(), NotDeployed> {
    let project = deployed.project();
    parameters.add("FunctionsBucketName", deployed.functions_bucket()?);
    for key in [BACKEND.1, MIGRATE_KEY] {
        parameters.add_some(key, given_or_kept(deployed, Part::Backend, given.keys.get(key), key));
    }
    for name in ["FirstSubnetId", "SecondSubnetId", "BackendSecurityGroupId"] {
        parameters.add(name, deployed.network(name)?);
    }
    for name in ["DatabaseHost", "DatabaseResourceId"] {
        parameters.add(name, deployed.database(name)?);
    }
    parameters.add("SiteBucketName", deployed.bucket()?);
    parameters.add("UploadsBucketName", deployed.uploads_bucket()?);
    parameters.add("RecordsTableName", deployed.records_table()?);
    parameters.add("Issuer", &deployed.issuer()?);
    let clients: Vec<&str> =
        [deployed.client()?].into_iter().chain(project.gate.api_clients.iter().map(String::as_str)).collect();
    parameters.add("ClientIds", &clients.join(","));
    parameters.add("Scopes", &project.gate.scopes.join(","));
    parameters.add_some("Jwks", given_or_kept(deployed, Part::Backend, given.jwks.as_ref(), "Jwks"));
    parameters.add("Routes", &routes_json(project));
    if let Some(cms) = cms(project) {
        let groups: Vec<_> = cms.roles.iter().map(|(role, group)| format!("{role}={group}")).collect();
        parameters.add("RoleGroups", &groups.join(","));
        parameters.add("Concurrency", &cms.concurrency.to_string());
    }
    parameters.add("SiteOrigin", &site_origin(deployed)?);
    if !given.origin_secrets.is_empty() {
        parameters.add("OriginSecrets", &given.origin_secrets.join(","));
    }
    Ok(())
}

/// What the site's distribution is told of the API, whoever's it is.
pub(super) fn site(deployed: &Deployed, given: &Given, parameters: &mut Parameters) {
    let project = deployed.project();
    let own = project.api.as_ref().map(|api| api.domain.as_str());
    if cms(project).is_none() {
        parameters.add_or_none("ApiDomainName", own);
        return;
    }
    parameters.add_or_none("ApiDomainName", deployed.api_domain().ok());
    parameters.add_or_none("AnnounceFunctionArn", deployed.announce_function().ok());
    parameters.add_some("OriginSecret", given.origin_secrets.first().map(String::as_str));
    let uploads = deployed.uploads_bucket().ok();
    let uploads = uploads.map(|bucket| format!("https://{bucket}.s3.{}.amazonaws.com", project.region));
    parameters.add_or_none("UploadsOrigin", uploads.as_deref());
}

fn cms(project: &Project) -> Option<&Cms> {
    project.cms.as_ref()
}

fn site_origin(deployed: &Deployed) -> Result<String, NotDeployed> {
    Ok(format!("https://{}", deployed.hosts()?.first().map_or("", String::as_str)))
}

fn given_or_kept<'a>(
    deployed: &'a Deployed,
    part: Part,
    given: Option<&'a String>,
    name: &str,
) -> Option<&'a str> {
    let kept = || deployed.stack(part).and_then(|stack| stack.parameters.get(name));
    given.or_else(kept).map(String::as_str)
}
