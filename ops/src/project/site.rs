//! `[site]`.

use std::path::PathBuf;

use super::rule::Rule;
use super::section::Section;
use crate::site::{HeaderField, HeaderRule};

/// `[site]`.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    /// Host names, at most three; without any, the distribution's own name serves.
    pub domains: Vec<String>,
    /// The folder that `deploy site` deploys unless another one is named, relative to the project file.
    pub folder: PathBuf,
    /// A bucket brought along.
    pub bucket: Option<String>,
    /// A distribution brought along: then no site stack is deployed, only files.
    pub distribution: Option<String>,
    /// Where in the bucket the files lie, without slashes at its ends: `site`. Never empty: the distribution's origin path
    /// keeps viewers away from what deploys remember beside it.
    pub prefix: String,
    /// A certificate of us-east-1 brought along.
    pub certificate: Option<String>,
    /// The Route 53 zone in which the certificate is validated.
    pub hosted_zone: Option<String>,
    /// Where the single-page app lies, as a cache behavior's path pattern: `/admin/*`. Empty where there is none; unless
    /// it is said, the path of the first route of kind `app`.
    pub app_path: String,
    /// CloudFront's price class; empty for what suits the stage.
    pub price_class: String,
    /// A web ACL of AWS WAF in us-east-1.
    pub web_acl: Option<String>,
    /// The `content-security-policy` of pages, where it is not Parapet's own; empty for none.
    pub pages_policy: Option<String>,
    /// The same of the app.
    pub app_policy: Option<String>,
    /// How long an object stays after its file has gone, in hours.
    pub removal_grace_hours: u32,
    /// Whether files with a hash in their name are stored compressed with brotli.
    pub precompress: bool,
    /// Header fields of files by their paths, of which a later one counts more.
    pub headers: Vec<HeaderRule>,
}

/// How many domains a certificate's template has parameters for.
const MAX_DOMAINS: usize = 3;

/// The longest grace, in hours: a year.
const MAX_GRACE: u32 = 8_760;

impl Site {
    /// `app_path` is what it is where the file does not say it.
    pub(super) fn read(mut section: Section<'_>, app_path: &str) -> Site {
        let distribution = section.optional("distribution", &Rule::DISTRIBUTION);
        let bucket = section.optional("bucket", &Rule::BUCKET);
        if distribution.is_some() {
            section.refuse(
                &[
                    "certificate",
                    "hosted_zone",
                    "app_path",
                    "price_class",
                    "web_acl",
                    "pages_policy",
                    "app_policy",
                ],
                "the distribution is brought along and keeps its own settings",
            );
            if bucket.is_none() {
                section.missing("bucket", "the bucket of the distribution that is brought along");
            }
        }
        let site = Site {
            domains: read_domains(&mut section),
            folder: section.text("folder", "dist/site", &Rule::FOLDER).into(),
            prefix: section.text("prefix", "site", &Rule::PREFIX),
            bucket,
            distribution,
            certificate: section.optional("certificate", &Rule::CERTIFICATE),
            hosted_zone: section.optional("hosted_zone", &Rule::HOSTED_ZONE),
            app_path: section.text("app_path", app_path, &Rule::APP_PATH),
            price_class: section.text("price_class", "", &Rule::PRICE_CLASS),
            web_acl: section.optional("web_acl", &Rule::WEB_ACL),
            pages_policy: section.optional("pages_policy", &Rule::POLICY),
            app_policy: section.optional("app_policy", &Rule::POLICY),
            removal_grace_hours: section.number(
                "removal_grace_hours",
                24,
                "a whole number of hours from 0 to 8760",
                |hours| hours <= MAX_GRACE,
            ),
            precompress: section.switch("precompress", true),
            headers: read_headers(&mut section),
        };
        check_certificate(&site, &section);
        section.finish();
        site
    }
}

fn read_domains(section: &mut Section<'_>) -> Vec<String> {
    let domains = section.list("domains", &Rule::DOMAIN);
    if domains.len() > MAX_DOMAINS {
        section.wrong("domains", "at most 3 host names", &domains.len().to_string());
    }
    domains
}

/// `[[site.headers]]`: a path pattern, and under the names of header fields what they are for the files that it names.
fn read_headers(section: &mut Section<'_>) -> Vec<HeaderRule> {
    let mut rules = Vec::new();
    for mut rule in section.sections("headers") {
        let pattern = rule.required("path", &Rule::FILE_PATTERN);
        let mut fields = Vec::new();
        for name in rule.names() {
            match HeaderField::parse(&name) {
                Some(field) => {
                    fields.extend(rule.optional(&name, &Rule::HEADER_VALUE).map(|value| (field, value)))
                }
                None => rule.refuse_as(&name, HeaderField::EXPECTED),
            }
        }
        rules.push(HeaderRule::new(&pattern, fields));
    }
    rules
}

fn check_certificate(site: &Site, section: &Section<'_>) {
    if site.domains.is_empty() && !section.problems().has(&section.key("domains")) {
        for (key, is_there) in
            [("certificate", site.certificate.is_some()), ("hosted_zone", site.hosted_zone.is_some())]
        {
            if is_there {
                section.wrong(key, "domains beside it, since it is for them", "none");
            }
        }
    }
}
