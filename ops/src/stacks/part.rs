//! The parts: one template, one stack, one concern each.

use std::borrow::Cow;
use std::fmt;

use crate::project::Project;
use crate::regions;

/// A part of what is deployed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// The bucket with the gate's packages.
    Packages,
    /// The certificate of the site's domains.
    Certificate,
    /// The user pool, its app client and hosted UI.
    Identity,
    /// The gate's function.
    Edge,
    /// What the gate needs in each region that runs it: a log group and alarms.
    EdgeRegion,
    /// The bucket with the site, and the distribution.
    Site,
    /// The bucket with the packages of the API and the functions beside it.
    PackagesRegion,
    /// The functions beside the API, and what they keep.
    Functions,
    /// The private subnets of the API and its database.
    Network,
    /// The database.
    Data,
    /// The API.
    Backend,
    /// The records of the site's domains.
    Dns,
    /// The dashboard and the alarms.
    Watch,
}

/// In a template, where a deletion policy stands: only production keeps it.
const KEPT_IN_PRODUCTION: &str = "Retain # in production";

impl Part {
    /// All of them, in the order in which they are deployed at last.
    pub const ALL: [Part; 13] = [
        Part::Packages,
        Part::Certificate,
        Part::Identity,
        Part::Edge,
        Part::EdgeRegion,
        Part::PackagesRegion,
        Part::Functions,
        Part::Network,
        Part::Data,
        Part::Backend,
        Part::Site,
        Part::Dns,
        Part::Watch,
    ];

    /// Its name in stacks, tags and files: `edge-region`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Part::Packages => "packages",
            Part::Certificate => "certificate",
            Part::Identity => "identity",
            Part::Edge => "edge",
            Part::EdgeRegion => "edge-region",
            Part::Site => "site",
            Part::PackagesRegion => "packages-region",
            Part::Functions => "functions",
            Part::Network => "network",
            Part::Data => "data",
            Part::Backend => "backend",
            Part::Dns => "dns",
            Part::Watch => "watch",
        }
    }

    /// Its template, as production has it.
    #[must_use]
    pub fn template(self) -> &'static str {
        match self {
            Part::Packages => include_str!("../../../infra/packages.yaml"),
            Part::Certificate => include_str!("../../../infra/certificate.yaml"),
            Part::Identity => include_str!("../../../infra/identity.yaml"),
            Part::Edge => include_str!("../../../infra/edge.yaml"),
            Part::EdgeRegion => include_str!("../../../infra/edge-region.yaml"),
            Part::Site => include_str!("../../../infra/site.yaml"),
            Part::PackagesRegion => include_str!("../../../infra/packages-region.yaml"),
            Part::Functions => include_str!("../../../infra/functions.yaml"),
            Part::Network => include_str!("../../../infra/network.yaml"),
            Part::Data => include_str!("../../../infra/data.yaml"),
            Part::Backend => include_str!("../../../infra/backend.yaml"),
            Part::Dns => include_str!("../../../infra/dns.yaml"),
            Part::Watch => include_str!("../../../infra/watch.yaml"),
        }
    }

    /// Its template, as a stage has it: what production keeps, the others delete. CloudFormation takes no condition there.
    #[must_use]
    pub fn template_of(self, stage: &str) -> Cow<'static, str> {
        match stage {
            "production" => Cow::Borrowed(self.template()),
            _ => Cow::Owned(self.template().replace(KEPT_IN_PRODUCTION, "Delete")),
        }
    }

    /// Parameters whose values CloudFormation tells nobody (`NoEcho`).
    #[must_use]
    pub fn secrets(self) -> &'static [&'static str] {
        match self {
            Part::Site => &["OriginSecret"],
            Part::Backend => &["OriginSecrets"],
            _ => &[],
        }
    }

    /// The command that deploys it.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            Part::Packages | Part::Edge | Part::EdgeRegion => "parapet deploy edge",
            Part::Identity => "parapet deploy identity",
            Part::PackagesRegion | Part::Functions => "parapet deploy functions",
            Part::Network => "parapet deploy network",
            Part::Data => "parapet deploy data",
            Part::Backend => "parapet deploy backend",
            Part::Certificate | Part::Site | Part::Dns => "parapet deploy site",
            Part::Watch => "parapet deploy all",
        }
    }

    /// The regions that its stack is in: one, but for [`Part::EdgeRegion`].
    #[must_use]
    pub fn regions(self, project: &Project) -> Vec<String> {
        match self {
            Part::EdgeRegion => regions::LAMBDA_AT_EDGE.iter().map(|region| (*region).to_owned()).collect(),
            _ => vec![self.region(project).to_owned()],
        }
    }

    /// The region of its only stack.
    #[must_use]
    pub fn region(self, project: &Project) -> &str {
        match self {
            Part::Identity
            | Part::Site
            | Part::PackagesRegion
            | Part::Functions
            | Part::Network
            | Part::Data
            | Part::Backend => &project.region,
            _ => regions::CLOUDFRONT,
        }
    }

    /// Its stack's name, such as `cms-production-edge`.
    #[must_use]
    pub fn stack_name(self, project: &Project) -> String {
        project.stack_name(self.name())
    }
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT_IN_PRODUCTION, Part};

    /// The API reference of `CreateChangeSet`, in bytes.
    const LONGEST_TEMPLATE: usize = 51_200;

    #[test]
    fn every_template_fits_into_a_call() {
        for part in Part::ALL {
            assert!(part.template().len() <= LONGEST_TEMPLATE, "{part}: {}", part.template().len());
        }
    }

    #[test]
    fn only_production_keeps_its_data() {
        assert!(Part::Data.template_of("production").contains(KEPT_IN_PRODUCTION));
        let staging = Part::Data.template_of("staging");
        assert!(staging.contains("DeletionPolicy: Delete") && !staging.contains("Retain"));
        assert!(Part::Edge.template_of("staging").contains("DeletionPolicy: Retain"));
    }

    #[test]
    fn every_parameter_that_is_not_told_is_known() {
        for part in Part::ALL {
            let parameters = part.template().split("\nResources:").next().unwrap();
            let hidden: Vec<&str> = parameters
                .split("\n  ")
                .scan("", |name, line| {
                    if !line.starts_with(' ') {
                        *name = line.split(':').next().unwrap();
                    }
                    Some((*name, line.trim() == "NoEcho: true"))
                })
                .filter_map(|(name, is_hidden)| is_hidden.then_some(name))
                .collect();
            assert_eq!(hidden, part.secrets(), "{part}");
        }
    }
}
