//! A project and a stack for the tests of this folder and of `deploy`.

use std::collections::BTreeMap;

use crate::aws::Stack;
use crate::project::Project;

/// A production site in Frankfurt with a domain; `more` is further TOML.
pub(crate) fn project(more: &str) -> Project {
    let text = format!(
        "name = \"cms\"\nstage = \"production\"\nregion = \"eu-central-1\"\n{more}\n\
         [site]\ndomains = [\"cms.example.com\"]\n"
    );
    Project::parse(&text).unwrap()
}

/// The site's stack of that project.
pub(crate) fn site_stack() -> Stack {
    let map = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    };
    Stack {
        name: "cms-production-site".to_owned(),
        id: "arn:aws:cloudformation:eu-central-1:123456789012:stack/cms-production-site/1".to_owned(),
        status: "CREATE_COMPLETE".to_owned(),
        reason: None,
        changed: None,
        parameters: map(&[("Name", "cms"), ("Stage", "production")]),
        outputs: map(&[
            ("BucketName", "cms-production-site-123456789012"),
            ("DistributionId", "E1EXAMPLE"),
            ("DistributionDomainName", "d111111abcdef8.cloudfront.net"),
        ]),
        tags: BTreeMap::new(),
    }
}
