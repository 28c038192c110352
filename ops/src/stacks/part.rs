//! The parts: one template, one stack, one concern each.

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
    /// The records of the site's domains.
    Dns,
    /// The dashboard and the alarms.
    Watch,
}

impl Part {
    /// All of them, in the order in which they are deployed at last.
    pub const ALL: [Part; 8] = [
        Part::Packages,
        Part::Certificate,
        Part::Identity,
        Part::Edge,
        Part::EdgeRegion,
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
            Part::Dns => "dns",
            Part::Watch => "watch",
        }
    }

    /// Its template.
    #[must_use]
    pub fn template(self) -> &'static str {
        match self {
            Part::Packages => include_str!("../../../infra/packages.yaml"),
            Part::Certificate => include_str!("../../../infra/certificate.yaml"),
            Part::Identity => include_str!("../../../infra/identity.yaml"),
            Part::Edge => include_str!("../../../infra/edge.yaml"),
            Part::EdgeRegion => include_str!("../../../infra/edge-region.yaml"),
            Part::Site => include_str!("../../../infra/site.yaml"),
            Part::Dns => include_str!("../../../infra/dns.yaml"),
            Part::Watch => include_str!("../../../infra/watch.yaml"),
        }
    }

    /// The command that deploys it.
    #[must_use]
    pub fn command(self) -> &'static str {
        match self {
            Part::Packages | Part::Edge | Part::EdgeRegion => "parapet deploy edge",
            Part::Identity => "parapet deploy identity",
            Part::Certificate | Part::Site | Part::Dns => "parapet deploy site",
            Part::Watch => "parapet deploy all",
        }
    }

    /// The regions that its stack is in: one, but for [`Part::EdgeRegion`].
    #[must_use]
    pub fn regions(self, project: &Project) -> Vec<String> {
        match self {
            Part::Identity | Part::Site => vec![project.region.clone()],
            Part::EdgeRegion => regions::LAMBDA_AT_EDGE.iter().map(|region| (*region).to_owned()).collect(),
            _ => vec![regions::CLOUDFRONT.to_owned()],
        }
    }

    /// The region of its only stack.
    #[must_use]
    pub fn region(self, project: &Project) -> &str {
        match self {
            Part::Identity | Part::Site => &project.region,
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
    use super::Part;

    /// The API reference of `CreateChangeSet`, in bytes.
    const LONGEST_TEMPLATE: usize = 51_200;

    #[test]
    fn every_template_fits_into_a_call() {
        for part in Part::ALL {
            assert!(part.template().len() <= LONGEST_TEMPLATE, "{part}: {}", part.template().len());
        }
    }
}
