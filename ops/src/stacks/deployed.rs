//! What is deployed: the outputs of all stacks of a project, beside what the project brings along.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Part;
use crate::aws::{CallError, Cloud, Stack};
use crate::failure::NextStep;
use crate::project::Project;

/// The stacks of a project, as they were when they were read. [`Part::EdgeRegion`] is seen in us-east-1 only.
#[derive(Debug, Clone)]
pub struct Deployed {
    project: Project,
    stacks: BTreeMap<Part, Stack>,
}

/// Something is wanted from a stack that is not there.
#[derive(Debug, thiserror::Error)]
#[error("{what} is not known yet: the stack {stack} in {region} has no output {output}")]
pub struct NotDeployed {
    what: &'static str,
    output: &'static str,
    stack: String,
    region: String,
    part: Part,
    /// No stack will ever say it.
    project_has_distribution: bool,
}

impl NextStep for NotDeployed {
    fn next_step(&self) -> String {
        if self.project_has_distribution {
            "name the site's domains in the project file: the distribution is brought along".to_owned()
        } else {
            format!("deploy it with {}", self.part.command())
        }
    }
}

impl Deployed {
    /// Reads all stacks.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked.
    pub async fn read(project: &Project, cloud: &Cloud) -> Result<Deployed, CallError> {
        let mut stacks = BTreeMap::new();
        for part in Part::ALL {
            let cloud = cloud.in_region(part.region(project));
            if let Some(stack) = cloud.stack(&part.stack_name(project)).await? {
                stacks.insert(part, stack);
            }
        }
        Ok(Deployed::new(project.clone(), stacks))
    }

    /// The project whose stacks they are.
    #[must_use]
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// These stacks of this project.
    #[must_use]
    pub fn new(project: Project, stacks: BTreeMap<Part, Stack>) -> Deployed {
        Deployed { project, stacks }
    }

    /// Takes the place of what was known of a part's stack.
    pub fn put(&mut self, part: Part, stack: Option<Stack>) {
        match stack {
            Some(stack) => self.stacks.insert(part, stack),
            None => self.stacks.remove(&part),
        };
    }

    /// The stack of a part, whatever state it is in.
    #[must_use]
    pub fn stack(&self, part: Part) -> Option<&Stack> {
        self.stacks.get(&part)
    }

    /// The bucket with the site.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn bucket(&self) -> Result<&str, NotDeployed> {
        let own = self.project.site.bucket.as_deref();
        own.map_or_else(|| self.output(Part::Site, "BucketName", "the site's bucket"), Ok)
    }

    /// The distribution's id.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn distribution(&self) -> Result<&str, NotDeployed> {
        let own = self.project.site.distribution.as_deref();
        own.map_or_else(|| self.output(Part::Site, "DistributionId", "the distribution"), Ok)
    }

    /// The distribution's own host name: `d111111abcdef8.cloudfront.net`.
    ///
    /// # Errors
    ///
    /// When there is none yet; that of a distribution brought along stands in no output.
    pub fn distribution_domain(&self) -> Result<&str, NotDeployed> {
        self.output(Part::Site, "DistributionDomainName", "the distribution's host name")
    }

    /// The hosts that the gate answers for: the site's domains, else the distribution's own name.
    ///
    /// # Errors
    ///
    /// When there is neither yet.
    pub fn hosts(&self) -> Result<Vec<String>, NotDeployed> {
        if self.project.site.domains.is_empty() {
            self.distribution_domain().map(|host| vec![host.to_owned()])
        } else {
            Ok(self.project.site.domains.clone())
        }
    }

    /// The certificate of the site's domains.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn certificate(&self) -> Result<&str, NotDeployed> {
        let own = self.project.site.certificate.as_deref();
        own.map_or_else(|| self.output(Part::Certificate, "CertificateArn", "the certificate"), Ok)
    }

    /// The bucket with the gate's packages.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn packages_bucket(&self) -> Result<&str, NotDeployed> {
        self.output(Part::Packages, "PackagesBucketName", "the packages' bucket")
    }

    /// The gate's function.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn function_name(&self) -> Result<&str, NotDeployed> {
        self.output(Part::Edge, "FunctionName", "the gate's function")
    }

    /// The newest version of the gate that the edge stack published, as an ARN that ends in its number.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn function_version(&self) -> Result<&str, NotDeployed> {
        self.output(Part::Edge, "FunctionVersionArn", "the gate's version")
    }

    /// The user pool's id.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn user_pool(&self) -> Result<&str, NotDeployed> {
        let own = self.project.sign_in.user_pool.as_deref();
        own.map_or_else(|| self.output(Part::Identity, "UserPoolId", "the user pool"), Ok)
    }

    /// The user pool, as policies name it.
    ///
    /// # Errors
    ///
    /// When no stack of ours knows it.
    pub fn user_pool_arn(&self) -> Result<&str, NotDeployed> {
        self.output(Part::Identity, "UserPoolArn", "the user pool's ARN")
    }

    /// The app client's id.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn client(&self) -> Result<&str, NotDeployed> {
        let own = self.project.sign_in.client.as_deref();
        own.map_or_else(|| self.output(Part::Identity, "UserPoolClientId", "the app client"), Ok)
    }

    /// The user pool's issuer, in the older of Cognito's two forms.
    ///
    /// # Errors
    ///
    /// When there is no user pool yet.
    pub fn issuer(&self) -> Result<Cow<'_, str>, NotDeployed> {
        self.of_pool("Issuer", "the issuer", issuer)
    }

    /// Where the user pool's keys are.
    ///
    /// # Errors
    ///
    /// When there is no user pool yet.
    pub fn jwks_uri(&self) -> Result<Cow<'_, str>, NotDeployed> {
        self.of_pool("JwksUri", "the keys' address", |pool| format!("{}/.well-known/jwks.json", issuer(pool)))
    }

    /// The hosted UI, without a slash at its end.
    ///
    /// # Errors
    ///
    /// When there is none yet.
    pub fn hosted_ui(&self) -> Result<Cow<'_, str>, NotDeployed> {
        let sign_in = &self.project.sign_in;
        if let Some(domain) = &sign_in.hosted_ui_domain {
            return Ok(Cow::Owned(format!("https://{}", domain.name)));
        }
        match (&sign_in.user_pool, &sign_in.hosted_ui_prefix) {
            (Some(pool), Some(prefix)) => {
                Ok(Cow::Owned(format!("https://{prefix}.auth.{}.amazoncognito.com", region(pool))))
            }
            _ => self.output(Part::Identity, "HostedUiUrl", "the hosted UI").map(Cow::Borrowed),
        }
    }

    /// What the identity stack says, else what follows from the id of the pool brought along.
    fn of_pool(
        &self,
        output: &'static str,
        what: &'static str,
        derived: impl Fn(&str) -> String,
    ) -> Result<Cow<'_, str>, NotDeployed> {
        match (self.output(Part::Identity, output, what), &self.project.sign_in.user_pool) {
            (Ok(value), _) => Ok(Cow::Borrowed(value)),
            (Err(_), Some(pool)) => Ok(Cow::Owned(derived(pool))),
            (Err(error), None) => Err(error),
        }
    }

    pub(super) fn output(
        &self,
        part: Part,
        output: &'static str,
        what: &'static str,
    ) -> Result<&str, NotDeployed> {
        let value = self.stacks.get(&part).and_then(|stack| stack.outputs.get(output));
        value.map(String::as_str).ok_or_else(|| NotDeployed {
            what,
            output,
            stack: part.stack_name(&self.project),
            region: part.region(&self.project).to_owned(),
            part,
            project_has_distribution: part == Part::Site && self.project.site.distribution.is_some(),
        })
    }
}

/// A pool's id begins with its region: `eu-central-1_EXAMPLE`.
fn region(pool: &str) -> &str {
    pool.split_once('_').map_or(pool, |(region, _)| region)
}

fn issuer(pool: &str) -> String {
    format!("https://cognito-idp.{}.amazonaws.com/{pool}", region(pool))
}
