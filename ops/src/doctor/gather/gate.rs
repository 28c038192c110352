//! How the gate is configured: by a file, by the package that is deployed, or, before anything is, by the project.

use gate::host::Host;
use gate::route::RouteTable;

use super::Subject;
use super::account::Account;
use crate::deploy::DeployedConfig;
use crate::doctor::facts::{Distribution, GateSettings, Source};
use crate::doctor::{Fact, Unknown};
use crate::gate_config::issuers;
use crate::project::Project;

/// The configuration, and what the gate says against it.
pub(super) async fn read(
    subject: &Subject,
    account: &Account,
    distribution: &Fact<Distribution>,
) -> (Fact<GateSettings>, Vec<String>) {
    if let Some((name, text)) = &subject.config {
        return parsed(Source::File(name.clone()), text);
    }
    let Some(project) = &subject.project else {
        return (Fact::unknown("there is neither a project file nor --config"), Vec::new());
    };
    match deployed(account, distribution).await {
        Ok(config) => parsed(Source::Package(config.package), &config.text),
        Err(why) => (expected(project, account, &why), Vec::new()),
    }
}

fn parsed(source: Source, text: &str) -> (Fact<GateSettings>, Vec<String>) {
    let name = source.to_string();
    match GateSettings::read(source, text) {
        Ok(gate) => (Fact::Known(gate), Vec::new()),
        Err(problems) => (Fact::unknown(format!("the gate refuses {name}")), problems),
    }
}

/// That of the version which is asked, else of the one that was deployed last.
async fn deployed(account: &Account, distribution: &Fact<Distribution>) -> Result<DeployedConfig, Unknown> {
    let asked =
        distribution.known().ok().and_then(|it| it.behaviors.iter().find_map(|one| one.viewer_request()));
    let arn = match asked {
        Some(function) => function.arn.clone(),
        None => account.newest_version().known()?.clone(),
    };
    let (cloud, bucket) = account.packages()?;
    DeployedConfig::read(&cloud, &bucket, &arn).await.map_err(Unknown::because)
}

/// What a deploy would make of the project. `why` the deployed configuration cannot be had.
fn expected(project: &Project, account: &Account, why: &Unknown) -> Fact<GateSettings> {
    let unknown =
        || Unknown::because(format!("only the project file is known, not the deployed configuration: {why}"));
    let settings = || {
        let mut hosts = project.site.domains.clone();
        if hosts.is_empty() {
            hosts.push(account.output(|deployed| deployed.distribution_domain().map(str::to_owned))?);
        }
        let gate = &project.gate;
        Ok(GateSettings {
            source: Source::Project,
            hosts: hosts.iter().filter_map(|host| Host::parse(host).ok()).collect(),
            auth_paths: gate.auth_paths.clone(),
            issuers: issuers(&account.output(|deployed| deployed.issuer().map(|it| it.into_owned()))?),
            jwks_uri: account.output(|deployed| deployed.jwks_uri().map(|it| it.into_owned()))?,
            hosted_ui: account.output(|deployed| deployed.hosted_ui().map(|it| it.into_owned()))?,
            client_id: account.output(|deployed| deployed.client().map(str::to_owned))?,
            client_secret: Fact::Unknown(unknown()),
            scopes: gate.scopes.clone(),
            baked_keys: Fact::Unknown(unknown()),
            layout: gate.layout,
            sealing_keys: Fact::Unknown(unknown()),
            renew_within: gate.renew_within,
            routes: RouteTable::new(project.routes.clone()),
            response_headers: gate.response_headers.clone(),
        })
    };
    match settings() {
        Ok(settings) => Fact::Known(settings),
        Err(why) => Fact::Unknown(why),
    }
}
