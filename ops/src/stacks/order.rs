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
    /// The functions beside the API.
    Functions,
    /// The network of the API and its database.
    Network,
    /// The database.
    Data,
    /// The API, up to its database's tables.
    Backend,
    /// Everything.
    All,
}

/// A step of a deploy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The stack of a part, in all of its regions.
    Stack(Part),
    /// The tables of the database.
    Migration,
    /// The site's files, and the invalidation of what they change.
    Files,
}

/// The steps of a deploy, in their order.
///
/// Where the site has no domain of its own, the gate and the user pool need the distribution's name: then the site is
/// deployed first, disabled, and once more with the gate. So it is with the CMS, whose functions need the site, while the
/// site needs the CMS; and the functions and the user pool know each other.
#[must_use]
pub fn steps(project: &Project, deployed: &Deployed, target: Target) -> Vec<Step> {
    let mut steps = Vec::new();
    for (part, _) in parts(&Wants::of(project, deployed), deployed, target).into_iter().filter(|(_, is)| *is)
    {
        steps.push(Step::Stack(part));
        // Before anybody is sent to the API.
        if part == Part::Backend {
            steps.push(Step::Migration);
        }
    }
    if matches!(target, Target::Site { files: true, .. } | Target::All) {
        steps.push(Step::Files);
    }
    if target == Target::All {
        steps.push(Step::Stack(Part::Watch));
    }
    steps
}

/// What a project wants of its stacks.
#[expect(clippy::struct_excessive_bools, reason = "each is about another stack")]
struct Wants {
    site: bool,
    site_first: bool,
    certificate: bool,
    records: bool,
    records_first: bool,
    identity: bool,
    trigger: bool,
    cms: bool,
    functions_again: bool,
}

impl Wants {
    fn of(project: &Project, deployed: &Deployed) -> Wants {
        let (site, named) = (project.site.distribution.is_none(), !project.site.domains.is_empty());
        let (cms, identity) = (project.cms.is_some(), project.sign_in.client.is_none());
        let is_below = hosted_ui_is_below_the_site(project);
        let site_first = site && (!named || cms || is_below) && deployed.distribution_domain().is_err();
        let records = site && named && project.site.hosted_zone.is_some();
        Wants {
            site,
            site_first,
            certificate: site && named && project.site.certificate.is_none(),
            records,
            records_first: records && site_first && is_below,
            identity,
            trigger: cms && identity && deployed.record_sign_in_function().is_err(),
            cms,
            functions_again: cms && deployed.backend_function().is_err(),
        }
    }
}

fn parts(wants: &Wants, deployed: &Deployed, target: Target) -> Vec<(Part, bool)> {
    let has = |part| deployed.stack(part).is_some();
    match target {
        Target::Identity => vec![(Part::Identity, wants.identity)],
        Target::Edge => vec![
            (Part::Packages, true),
            (Part::Edge, true),
            (Part::EdgeRegion, true),
            (Part::Site, wants.site && has(Part::Site)),
        ],
        Target::Site { stack, .. } => vec![
            (Part::Certificate, stack && wants.certificate),
            (Part::Site, stack && wants.site),
            (Part::Dns, stack && wants.records),
        ],
        Target::Functions => vec![(Part::PackagesRegion, wants.cms), (Part::Functions, wants.cms)],
        Target::Network => vec![(Part::Network, wants.cms)],
        Target::Data => vec![(Part::Data, wants.cms)],
        Target::Backend => vec![
            (Part::PackagesRegion, wants.cms),
            (Part::Backend, wants.cms),
            (Part::Functions, wants.functions_again && has(Part::Functions)),
            (Part::Site, wants.cms && wants.site && has(Part::Site)),
        ],
        Target::All => vec![
            (Part::Packages, true),
            (Part::Certificate, wants.certificate),
            (Part::Site, wants.site_first),
            (Part::Dns, wants.records_first),
            (Part::Identity, wants.identity),
            (Part::Edge, true),
            (Part::EdgeRegion, true),
            (Part::PackagesRegion, wants.cms),
            (Part::Functions, wants.cms),
            (Part::Network, wants.cms),
            (Part::Data, wants.cms),
            (Part::Backend, wants.cms),
            (Part::Functions, wants.functions_again),
            (Part::Identity, wants.trigger),
            (Part::Site, wants.site),
            (Part::Dns, wants.records),
        ],
    }
}

/// Cognito wants a record of the name above the hosted UI's own, and of the site's it is dns that makes it.
fn hosted_ui_is_below_the_site(project: &Project) -> bool {
    let domain = project.sign_in.hosted_ui_domain.as_ref();
    let above = domain.and_then(|domain| domain.name.split_once('.')).map(|(_, above)| above);
    above.is_some_and(|above| project.site.domains.iter().any(|name| name == above))
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
            .map(|step| match step {
                Step::Stack(part) => part.name(),
                Step::Migration => "migration",
                Step::Files => "files",
            })
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
    fn a_hosted_ui_below_the_site_comes_after_the_record_of_the_site() {
        let mut project = project("");
        project.site.hosted_zone = Some("Z1EXAMPLE".to_owned());
        let domain = |name: &str| crate::project::HostedUiDomain { name: name.to_owned(), certificate: None };
        let begin = |project: &Project| names(project, BTreeMap::new(), Target::All)[2..5].to_vec();
        project.sign_in.hosted_ui_domain = Some(domain("login.cms.example.com"));
        assert_eq!(begin(&project), ["site", "dns", "identity"]);
        project.sign_in.hosted_ui_domain = Some(domain("login.example.com"));
        assert_eq!(begin(&project), ["identity", "edge", "edge-region"]);
    }

    #[test]
    fn the_cms_is_deployed_between_the_gate_and_the_site() {
        let project = project("[cms]\n");
        let gate = ["packages", "certificate", "site", "identity", "edge", "edge-region"];
        let cms = ["packages-region", "functions", "network", "data", "backend", "migration"];
        let again = ["functions", "identity", "site", "files", "watch"];
        let first: Vec<_> = gate.into_iter().chain(cms).chain(again).collect();
        assert_eq!(names(&project, BTreeMap::new(), Target::All), first);
        let with = |name: &str| {
            let outputs = BTreeMap::from([(name.to_owned(), "x".to_owned())]);
            crate::aws::Stack { outputs, ..site_stack() }
        };
        let known = BTreeMap::from([
            (Part::Site, site_stack()),
            (Part::Functions, with("RecordSignInFunctionArn")),
            (Part::Backend, with("BackendFunctionArn")),
        ]);
        let gate = gate.into_iter().filter(|part| *part != "site");
        let later: Vec<_> = gate.chain(cms).chain(["site", "files", "watch"]).collect();
        assert_eq!(names(&project, known.clone(), Target::All), later);
        assert_eq!(
            names(&project, known, Target::Backend),
            ["packages-region", "backend", "migration", "site"]
        );
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
