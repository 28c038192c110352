//! What is deployed, and in which order: each part comes after those whose outputs it is given.

use super::{Deployed, Part};
use crate::project::Project;

/// What a deploy is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Where people sign in.
    Identity,
    /// The gate, up to its association with the distribution.
    Edge,
    /// The distribution and the bucket, with or without their files.
    Site {
        /// Whether the stack is deployed.
        stack: bool,
        /// Whether the files are.
        files: bool,
    },
    /// Everything.
    All,
}

/// A step of a deploy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The stack of a part, in all of its regions.
    Stack(Part),
    /// The site's files, and the invalidation of what they change.
    Files,
}

/// The steps of a deploy, in their order.
///
/// Where the site has no domain of its own, the gate and the user pool need the distribution's name: then the site is
/// deployed first, disabled, and once more with the gate.
#[must_use]
pub fn steps(project: &Project, deployed: &Deployed, target: Target) -> Vec<Step> {
    let own_site = project.site.distribution.is_none();
    let wants_certificate =
        own_site && !project.site.domains.is_empty() && project.site.certificate.is_none();
    let site_first = own_site && project.site.domains.is_empty() && deployed.distribution_domain().is_err();
    let wants_records = own_site && !project.site.domains.is_empty() && project.site.hosted_zone.is_some();
    let own_client = project.sign_in.client.is_none();
    let parts: &[(Part, bool)] = match target {
        Target::Identity => &[(Part::Identity, own_client)],
        Target::Edge => &[
            (Part::Packages, true),
            (Part::Edge, true),
            (Part::EdgeRegion, true),
            (Part::Site, own_site && deployed.stack(Part::Site).is_some()),
        ],
        Target::Site { stack, .. } => &[
            (Part::Certificate, stack && wants_certificate),
            (Part::Site, stack && own_site),
            (Part::Dns, stack && wants_records),
        ],
        Target::All => &[
            (Part::Packages, true),
            (Part::Certificate, wants_certificate),
            (Part::Site, site_first),
            (Part::Identity, own_client),
            (Part::Edge, true),
            (Part::EdgeRegion, true),
            (Part::Site, own_site),
            (Part::Dns, wants_records),
        ],
    };
    let mut steps: Vec<Step> =
        parts.iter().filter(|(_, is)| *is).map(|(part, _)| Step::Stack(*part)).collect();
    if matches!(target, Target::Site { files: true, .. } | Target::All) {
        steps.push(Step::Files);
    }
    if target == Target::All {
        steps.push(Step::Stack(Part::Watch));
    }
    steps
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::stacks::sample::{project, site_stack};

    const SITE: Target = Target::Site { stack: true, files: true };

    fn names(
        project: &Project,
        stacks: BTreeMap<Part, crate::aws::Stack>,
        target: Target,
    ) -> Vec<&'static str> {
        let steps = steps(project, &Deployed::new(project.clone(), stacks), target);
        steps
            .into_iter()
            .map(|step| if let Step::Stack(part) = step { part.name() } else { "files" })
            .collect()
    }

    #[test]
    fn with_domains_everything_is_deployed_once() {
        let expected =
            ["packages", "certificate", "identity", "edge", "edge-region", "site", "files", "watch"];
        assert_eq!(names(&project(""), BTreeMap::new(), Target::All), expected);
        assert_eq!(names(&project(""), BTreeMap::new(), SITE), ["certificate", "site", "files"]);
    }

    #[test]
    fn without_domains_the_site_comes_first_until_its_name_is_known() {
        let mut project = project("");
        project.site.domains.clear();
        let first = ["packages", "site", "identity", "edge", "edge-region", "site", "files", "watch"];
        assert_eq!(names(&project, BTreeMap::new(), Target::All), first);
        let known = BTreeMap::from([(Part::Site, site_stack())]);
        let again = ["packages", "identity", "edge", "edge-region", "site", "files", "watch"];
        assert_eq!(names(&project, known, Target::All), again);
    }

    #[test]
    fn records_are_made_where_a_hosted_zone_is_named() {
        let mut project = project("");
        project.site.hosted_zone = Some("Z1EXAMPLE".to_owned());
        assert_eq!(names(&project, BTreeMap::new(), SITE), ["certificate", "site", "dns", "files"]);
    }

    #[test]
    fn what_is_brought_along_is_not_deployed() {
        let mut project = project("");
        project.site.certificate = Some("arn:aws:acm:us-east-1:123456789012:certificate/a".to_owned());
        project.sign_in.client = Some("1example23456789".to_owned());
        assert_eq!(names(&project, BTreeMap::new(), Target::Identity), [""; 0]);
        let all = ["packages", "edge", "edge-region", "site", "files", "watch"];
        assert_eq!(names(&project, BTreeMap::new(), Target::All), all);
        project.site.distribution = Some("E1EXAMPLE".to_owned());
        assert_eq!(names(&project, BTreeMap::new(), SITE), ["files"]);
    }

    #[test]
    fn the_edge_ends_with_the_association_where_there_is_a_site() {
        let known = BTreeMap::from([(Part::Site, site_stack())]);
        assert_eq!(names(&project(""), known, Target::Edge), ["packages", "edge", "edge-region", "site"]);
        assert_eq!(names(&project(""), BTreeMap::new(), Target::Edge), ["packages", "edge", "edge-region"]);
    }

    #[test]
    fn the_stack_and_the_files_can_be_had_apart() {
        let stack = Target::Site { stack: true, files: false };
        assert_eq!(names(&project(""), BTreeMap::new(), stack), ["certificate", "site"]);
        let files = Target::Site { stack: false, files: true };
        assert_eq!(names(&project(""), BTreeMap::new(), files), ["files"]);
    }
}
