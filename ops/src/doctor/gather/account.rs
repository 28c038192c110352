//! What the AWS account says: stacks, distribution, user pool, certificate, log groups.

use std::collections::BTreeMap;

use delivery::Bucket;
use tokio::task::JoinSet;

use super::{Subject, cognito, distribution};
use crate::aws::{Cloud, function_name};
use crate::doctor::facts::{
    AppClient, Certificate, Distribution, GateSettings, HostedUi, LogGroup, SecretPrint, UserPool, region_of,
};
use crate::doctor::{Fact, Unknown};
use crate::logs::log_group;
use crate::moment::Moment;
use crate::origin_secrets;
use crate::project::Project;
use crate::regions::{CLOUDFRONT, LAMBDA_AT_EDGE};
use crate::sealing_keys::{self, Stored};
use crate::stacks::Deployed;

/// The account, as far as it may be asked, with the project's stacks.
pub(super) struct Account {
    cloud: Option<Cloud>,
    deployed: Option<Deployed>,
    /// Why the stacks could not be read.
    stacks_unknown: Option<String>,
}

/// The user pool and what belongs to it.
pub(super) struct Identity {
    pub(super) pool: Fact<UserPool>,
    pub(super) client: Fact<AppClient>,
    pub(super) hosted_ui: Fact<Option<HostedUi>>,
}

impl Account {
    /// Reads the stacks, if there is a project.
    pub(super) async fn open(subject: &Subject) -> Account {
        let cloud = subject.cloud.clone();
        let (deployed, stacks_unknown) = match (&cloud, &subject.project) {
            (Some(cloud), Some(project)) => match Deployed::read(project, cloud).await {
                Ok(deployed) => (Some(deployed), None),
                // What was brought along is known all the same.
                Err(error) => {
                    (Some(Deployed::new(project.clone(), BTreeMap::new())), Some(error.to_string()))
                }
            },
            _ => (None, None),
        };
        Account { cloud, deployed, stacks_unknown }
    }

    fn cloud(&self) -> Result<&Cloud, Unknown> {
        self.cloud.as_ref().ok_or_else(|| {
            Unknown::because("no AWS account was asked: there is neither a project file nor --distribution")
        })
    }

    /// Something that a stack's output says.
    pub(super) fn output<T, E: std::fmt::Display>(
        &self,
        read: impl FnOnce(&Deployed) -> Result<T, E>,
    ) -> Result<T, Unknown> {
        self.cloud()?;
        let deployed = self.deployed.as_ref().ok_or_else(|| Unknown::because("there is no project file"))?;
        read(deployed).map_err(|error| {
            Unknown::because(self.stacks_unknown.clone().unwrap_or_else(|| error.to_string()))
        })
    }

    pub(super) async fn distribution(&self, subject: &Subject) -> Fact<Distribution> {
        let found = async {
            let cloud = self.cloud()?;
            let id = match &subject.distribution {
                Some(id) => id.clone(),
                None => self.output(|deployed| deployed.distribution().map(str::to_owned))?,
            };
            let domain =
                self.output(|deployed| deployed.distribution_domain().map(str::to_owned)).unwrap_or_default();
            Ok((cloud, id, domain))
        };
        match found.await {
            Ok((cloud, id, domain)) => distribution::read(cloud, &id, &domain).await,
            Err(why) => Fact::Unknown(why),
        }
    }

    pub(super) async fn identity(&self, gate: Option<&GateSettings>) -> Identity {
        let known = || {
            let cloud = self.cloud()?;
            let pool = self.output(|deployed| deployed.user_pool().map(str::to_owned));
            let pool = pool.or_else(|why| gate.and_then(pool_of_issuer).ok_or(why))?;
            let region = pool.split_once('_').map_or(cloud.region(), |(region, _)| region).to_owned();
            Ok((cloud.in_region(&region), pool))
        };
        let (cloud, pool) = match known() {
            Ok(known) => known,
            Err(why) => return Identity::unknown(&why),
        };
        let client = self.output(|deployed| deployed.client().map(str::to_owned));
        let client = client.or_else(|why| gate.map(|gate| gate.client_id.clone()).ok_or(why));
        let client_fact = async {
            match &client {
                Ok(client) => cognito::client(&cloud, &pool, client).await,
                Err(why) => Fact::Unknown(why.clone()),
            }
        };
        let hosted_ui = async {
            match gate {
                Some(gate) => cognito::hosted_ui(&cloud, &gate.hosted_ui).await,
                None => Fact::unknown("the hosted UI's domain is not known"),
            }
        };
        let (pool, client, hosted_ui) = tokio::join!(cognito::pool(&cloud, &pool), client_fact, hosted_ui);
        Identity { pool, client, hosted_ui }
    }

    pub(super) async fn certificate(
        &self,
        distribution: &Fact<Distribution>,
        subject: &Subject,
    ) -> Fact<Option<Certificate>> {
        let brought = subject.project.as_ref().and_then(|project| project.site.certificate.clone());
        let arn = match distribution {
            Fact::Known(distribution) => distribution.certificate.clone(),
            Fact::Unknown(why) if brought.is_none() => return Fact::Unknown(why.clone()),
            Fact::Unknown(_) => None,
        };
        let Some(arn) = arn.or(brought) else { return Fact::Known(None) };
        let cloud = match self.cloud() {
            Ok(cloud) => cloud.in_region(region_of(&arn)),
            Err(why) => return Fact::Unknown(why),
        };
        match cloud.certificate(&arn).await {
            Ok(Some(detail)) => Fact::Known(Some(Certificate {
                status: detail.status.map_or(String::new(), |status| status.as_str().to_owned()),
                names: detail
                    .subject_alternative_names
                    .unwrap_or_default()
                    .into_iter()
                    .chain(detail.domain_name)
                    .collect(),
                not_after: detail.not_after.map(|end| Moment::from_unix(end.secs())),
                renews: detail.renewal_eligibility.is_some_and(|renewal| renewal.as_str() == "ELIGIBLE"),
                arn,
            })),
            Ok(None) => Fact::unknown(format!("there is no certificate {arn}")),
            Err(error) => Fact::unknown(error),
        }
    }

    /// The version that was deployed last.
    pub(super) fn newest_version(&self) -> Fact<String> {
        Fact::from(self.output(|deployed| deployed.function_version().map(str::to_owned)))
    }

    /// The account in the region of packages, and their bucket.
    pub(super) fn packages(&self) -> Result<(Cloud, String), Unknown> {
        let bucket = self.output(|deployed| deployed.packages_bucket().map(str::to_owned))?;
        Ok((self.cloud()?.in_region(CLOUDFRONT), bucket))
    }

    /// The sealing keys in Parameter Store, of which only hashes are kept.
    pub(super) async fn stored_keys(&self, subject: &Subject) -> Fact<Option<Vec<SecretPrint>>> {
        let project = subject.project.as_ref().ok_or_else(|| Unknown::because("there is no project file"));
        let (cloud, project) = match (self.cloud(), project) {
            (Ok(cloud), Ok(project)) => (cloud, project),
            (Err(why), _) | (_, Err(why)) => return Fact::Unknown(why),
        };
        let prints = |stored: Stored| stored.ring.keys().map(|key| SecretPrint::of(key.reveal())).collect();
        Fact::from(sealing_keys::read(cloud, project).await).map(|stored| stored.map(prints))
    }

    /// The host of the CMS's API, and what the distribution shows to it; nothing where there is no CMS.
    pub(super) async fn cms_api(&self, subject: &Subject) -> Fact<Option<(String, String)>> {
        let Some(project) = &subject.project else { return Fact::unknown("there is no project file") };
        if project.cms.is_none() {
            return Fact::Known(None);
        }
        let host = self.output(|deployed| deployed.api_domain().map(str::to_owned));
        let (cloud, host) = match (self.cloud(), host) {
            (Ok(cloud), Ok(host)) => (cloud, host),
            (Err(why), _) | (_, Err(why)) => return Fact::Unknown(why),
        };
        match origin_secrets::read(cloud, project).await {
            Ok(secrets) => match secrets.and_then(|secrets| secrets.into_iter().next()) {
                Some(secret) => Fact::Known(Some((host, secret))),
                None => Fact::unknown("there is no origin secret yet"),
            },
            Err(error) => Fact::unknown(error),
        }
    }

    /// The bucket with the site's documents, and where in it they lie.
    pub(super) fn bucket(&self, subject: &Subject) -> Option<(Bucket, String)> {
        let project = subject.project.as_ref()?;
        let name = self.output(|deployed| deployed.bucket().map(str::to_owned)).ok()?;
        let bucket = self.cloud().ok()?.in_region(&project.region).bucket(&name);
        Some((bucket, project.site.prefix.clone()))
    }

    /// In every region that runs the function, side by side.
    pub(super) async fn log_groups(
        &self,
        distribution: &Fact<Distribution>,
        subject: &Subject,
    ) -> Vec<(String, Fact<Option<LogGroup>>)> {
        let associated =
            distribution.known().ok().and_then(|it| it.behaviors.iter().find_map(|one| one.viewer_request()));
        let by_arn = associated.and_then(|function| function_name(&function.arn)).map(str::to_owned);
        let function = by_arn.or_else(|| subject.project.as_ref().map(Project::function_name));
        let (cloud, function) = match (self.cloud(), function) {
            (Ok(cloud), Some(function)) => (cloud, function),
            (Err(why), _) => return vec![(CLOUDFRONT.to_owned(), Fact::Unknown(why))],
            (_, None) => {
                return vec![(CLOUDFRONT.to_owned(), Fact::unknown("the gate's function is not known"))];
            }
        };
        let mut asked = JoinSet::new();
        for region in LAMBDA_AT_EDGE {
            let (cloud, group) = (cloud.in_region(region), log_group(&function));
            asked.spawn(async move { (region.to_owned(), cloud.log_retention(&group).await) });
        }
        let mut groups: Vec<_> = asked.join_all().await;
        groups.sort_by(|one, other| one.0.cmp(&other.0));
        let fact = |found: Result<_, _>| {
            Fact::from(found).map(|it: Option<_>| it.map(|retention_days| LogGroup { retention_days }))
        };
        groups.into_iter().map(|(region, found)| (region, fact(found))).collect()
    }
}

impl Identity {
    fn unknown(why: &Unknown) -> Identity {
        Identity {
            pool: Fact::Unknown(why.clone()),
            client: Fact::Unknown(why.clone()),
            hosted_ui: Fact::Unknown(why.clone()),
        }
    }
}

/// The pool's id is the issuer's path.
fn pool_of_issuer(gate: &GateSettings) -> Option<String> {
    let issuer = gate.issuers.iter().find(|issuer| issuer.contains("cognito-idp."))?;
    issuer.rsplit_once('/').map(|(_, pool)| pool.to_owned()).filter(|pool| pool.contains('_'))
}
