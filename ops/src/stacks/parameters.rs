//! What each part's stack is given: from the project file, and from the outputs of the parts before it.

use std::collections::BTreeMap;

use super::{Deployed, Given, NotDeployed, Part, cms_parameters};
use crate::project::{Mfa, Project};
use crate::sign_in::CALLBACKS;

/// The parameters of a part's stack. What is not given stays as the stack has it.
///
/// # Errors
///
/// When a part before it is not deployed.
pub fn parameters(
    part: Part,
    deployed: &Deployed,
    given: &Given,
) -> Result<BTreeMap<String, String>, NotDeployed> {
    let project = deployed.project();
    let mut parameters = Parameters::default();
    parameters.add("Name", &project.name);
    parameters.add("Stage", &project.stage);
    match part {
        Part::Packages | Part::PackagesRegion | Part::Network => {}
        Part::Functions => cms_parameters::functions(deployed, given, &mut parameters)?,
        Part::Data => cms_parameters::data(deployed, &mut parameters)?,
        Part::Backend => cms_parameters::backend(deployed, given, &mut parameters)?,
        Part::Certificate => domains(project, &mut parameters),
        Part::Identity => identity(deployed, &mut parameters)?,
        Part::Edge => edge(deployed, given, &mut parameters)?,
        Part::EdgeRegion => {
            parameters.add("FunctionName", deployed.function_name()?);
            parameters.add("LogRetentionDays", &project.watch.log_days.to_string());
            parameters.add("AlarmEmail", project.watch.email.as_deref().unwrap_or_default());
        }
        Part::Site => site(deployed, given, &mut parameters)?,
        Part::Dns => {
            domains(project, &mut parameters);
            parameters.add("DistributionDomainName", deployed.distribution_domain()?);
        }
        Part::Watch => {
            parameters.add("DistributionId", deployed.distribution()?);
            parameters.add("FunctionName", deployed.function_name()?);
            parameters.add("AlarmEmail", project.watch.email.as_deref().unwrap_or_default());
            let budget = project.watch.monthly_budget.unwrap_or_default();
            parameters.add("MonthlyBudget", &budget.to_string());
        }
    }
    if matches!(part, Part::Network | Part::Functions | Part::Backend | Part::Edge) {
        parameters.add_or_none("PermissionsBoundaryArn", project.permissions_boundary.as_deref());
    }
    Ok(parameters.0)
}

#[derive(Default)]
pub(super) struct Parameters(BTreeMap<String, String>);

impl Parameters {
    pub(super) fn add(&mut self, key: &str, value: &str) {
        self.0.insert(key.to_owned(), value.to_owned());
    }

    /// Empty means: none. It is said, so that what was there before goes.
    pub(super) fn add_or_none(&mut self, key: &str, value: Option<&str>) {
        self.add(key, value.unwrap_or_default());
    }

    /// Without a value, the template's default.
    pub(super) fn add_some(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.add(key, value);
        }
    }
}

/// The site's domains and their zone, for their certificate and their records.
fn domains(project: &Project, parameters: &mut Parameters) {
    let keys = ["DomainName", "SecondDomainName", "ThirdDomainName"];
    for (position, key) in keys.iter().enumerate() {
        parameters.add_or_none(key, project.site.domains.get(position).map(String::as_str));
    }
    parameters.add_or_none("HostedZoneId", project.site.hosted_zone.as_deref());
}

fn identity(deployed: &Deployed, parameters: &mut Parameters) -> Result<(), NotDeployed> {
    let project = deployed.project();
    let sign_in = &project.sign_in;
    let hosts = deployed.hosts()?;
    let urls = |path: &str| {
        let urls =
            hosts.iter().map(|host| format!("https://{host}{}{path}", project.gate.auth_paths.prefix()));
        urls.collect::<Vec<_>>().join(",")
    };
    // Also those of `parapet sign-in` (RFC 8252 section 7.3): Cognito compares them whole, with their ports.
    let callbacks = [urls("/callback"), CALLBACKS.join(",")].join(",");
    parameters.add("CallbackUrls", &callbacks);
    parameters.add("LogoutUrls", &urls("/signed-out"));
    parameters.add_or_none("HostedUiPrefix", sign_in.hosted_ui_prefix.as_deref());
    let domain = sign_in.hosted_ui_domain.as_ref();
    parameters.add_or_none("HostedUiDomainName", domain.map(|domain| domain.name.as_str()));
    let certificate = domain.and_then(|domain| domain.certificate.as_deref());
    parameters.add_or_none("HostedUiCertificateArn", certificate);
    let zone = project.site.hosted_zone.as_deref();
    let zone = zone.filter(|_| domain.is_some_and(|domain| shares_a_zone(&domain.name, &hosts)));
    parameters.add_or_none("HostedZoneId", zone);
    parameters.add("Groups", &sign_in.groups.join(","));
    parameters.add_or_none("ExistingUserPoolId", sign_in.user_pool.as_deref());
    if sign_in.user_pool.is_none() {
        let mfa = match sign_in.mfa {
            Mfa::Off => "OFF",
            Mfa::Optional => "OPTIONAL",
            Mfa::On => "ON",
        };
        parameters.add("Mfa", mfa);
        parameters.add("SelfSignUp", if sign_in.self_sign_up { "true" } else { "false" });
        parameters.add_or_none("EmailFrom", sign_in.email.as_ref().map(|email| email.from.as_str()));
        parameters.add_or_none("EmailSourceArn", sign_in.email.as_ref().map(|email| email.identity.as_str()));
    }
    // It comes after the pool whose sign-ins it records.
    if sign_in.user_pool.is_none() {
        parameters.add_or_none("RecordSignInFunctionArn", deployed.record_sign_in_function().ok());
    }
    parameters.add("RefreshTokenDays", &sign_in.refresh_token_days.to_string());
    Ok(())
}

/// Whether a name lies in the zone of the site's first host, as far as names tell: their last two labels are the same.
fn shares_a_zone(name: &str, hosts: &[String]) -> bool {
    let apex = |name: &str| name.rsplit('.').take(2).map(str::to_owned).collect::<Vec<_>>();
    hosts.first().is_some_and(|host| apex(host) == apex(name))
}

fn edge(deployed: &Deployed, given: &Given, parameters: &mut Parameters) -> Result<(), NotDeployed> {
    parameters.add("PackagesBucketName", deployed.packages_bucket()?);
    if let Some(package) = &given.package {
        parameters.add("PackageKey", &package.key);
        parameters.add("PackageSha256", &package.sha256);
    } else if let Some(stack) = deployed.stack(Part::Edge) {
        parameters.add_some("PackageKey", stack.parameters.get("PackageKey").map(String::as_str));
        parameters.add_some("PackageSha256", stack.parameters.get("PackageSha256").map(String::as_str));
    }
    Ok(())
}

fn site(deployed: &Deployed, given: &Given, parameters: &mut Parameters) -> Result<(), NotDeployed> {
    let project = deployed.project();
    let site = &project.site;
    // Without the gate the template disables the distribution.
    parameters.add("FunctionVersionArn", deployed.function_version().unwrap_or_default());
    let certificate = if site.domains.is_empty() { "" } else { deployed.certificate()? };
    parameters.add("CertificateArn", certificate);
    parameters.add("DomainNames", &site.domains.join(","));
    cms_parameters::site(deployed, given, parameters);
    parameters.add("SitePrefix", &format!("/{}", site.prefix));
    parameters.add("AppPath", &site.app_path);
    parameters.add_or_none("ExistingBucketName", site.bucket.as_deref());
    parameters.add("PriceClass", &site.price_class);
    parameters.add_or_none("WebAclArn", site.web_acl.as_deref());
    parameters.add_some("PagesContentSecurityPolicy", site.pages_policy.as_deref());
    parameters.add_some("AppContentSecurityPolicy", site.app_policy.as_deref());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::Stack;
    use crate::stacks::PackageLocation;
    use crate::stacks::sample::{project, site_stack};

    fn stack(outputs: &[(&str, &str)]) -> Stack {
        let outputs = outputs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        Stack { outputs: outputs.collect(), ..site_stack() }
    }

    fn deployed(project: Project) -> Deployed {
        let version = "arn:aws:lambda:us-east-1:123456789012:function:cms-production-edge-auth:3";
        let edge = [("FunctionName", "cms-production-edge-auth"), ("FunctionVersionArn", version)];
        let stacks = [
            (Part::Packages, stack(&[("PackagesBucketName", "packages")])),
            (Part::Certificate, stack(&[("CertificateArn", "arn:certificate")])),
            (Part::Edge, stack(&edge)),
            (Part::Site, site_stack()),
        ];
        Deployed::new(project, stacks.into_iter().collect())
    }

    #[test]
    fn a_template_has_every_parameter_that_its_stack_is_given() {
        let mut project = project("[api]\ndomain = \"api.example.com\"\n[watch]\nemail = \"a@example.com\"");
        project.site.hosted_zone = Some("Z1EXAMPLE".to_owned());
        let package = PackageLocation { key: "edge-auth/1.zip".to_owned(), sha256: "a".to_owned() };
        let given = Given::package(package);
        for part in
            Part::ALL.into_iter().filter(|part| parameters(*part, &deployed(project.clone()), &given).is_ok())
        {
            for key in parameters(part, &deployed(project.clone()), &given).unwrap().keys() {
                assert!(part.template().contains(&format!("\n  {key}:\n    Type: ")), "{part}: {key}");
            }
        }
    }

    #[test]
    fn outputs_become_parameters_of_the_parts_after() {
        let site = parameters(Part::Site, &deployed(project("")), &Given::default()).unwrap();
        assert!(site["FunctionVersionArn"].ends_with(":cms-production-edge-auth:3"));
        assert_eq!(site["CertificateArn"], "arn:certificate");
        assert_eq!(site["SitePrefix"], "/site");
        let watch = parameters(Part::Watch, &deployed(project("")), &Given::default()).unwrap();
        assert_eq!(watch["DistributionId"], "E1EXAMPLE");
        assert_eq!((&*watch["FunctionName"], &*watch["MonthlyBudget"]), ("cms-production-edge-auth", "0"));
        let told = "[watch]\nemail = \"a@example.com\"\nmonthly_budget = 30";
        let watch = parameters(Part::Watch, &deployed(project(told)), &Given::default()).unwrap();
        assert_eq!(watch["MonthlyBudget"], "30");
    }

    #[test]
    fn without_the_gate_the_site_gets_no_function() {
        let mut deployed = deployed(project(""));
        deployed.put(Part::Edge, None);
        assert_eq!(parameters(Part::Site, &deployed, &Given::default()).unwrap()["FunctionVersionArn"], "");
        let error = parameters(Part::Watch, &deployed, &Given::default()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the gate's function is not known yet: the stack cms-production-edge in us-east-1 has no output FunctionName"
        );
    }

    #[test]
    fn the_user_pool_is_told_where_people_come_back_to() {
        let mut project = project("");
        let identity = parameters(Part::Identity, &deployed(project.clone()), &Given::default()).unwrap();
        let loopback = CALLBACKS.join(",");
        assert_eq!(identity["CallbackUrls"], format!("https://cms.example.com/auth/callback,{loopback}"));
        assert_eq!(identity["LogoutUrls"], "https://cms.example.com/auth/signed-out");
        project.site.domains = Vec::new();
        let identity = parameters(Part::Identity, &deployed(project), &Given::default()).unwrap();
        let expected = format!("https://d111111abcdef8.cloudfront.net/auth/callback,{loopback}");
        assert_eq!(identity["CallbackUrls"], expected);
    }

    #[test]
    fn only_a_name_beside_the_site_s_lies_in_its_zone() {
        let hosts = ["cms.example.com".to_owned()];
        assert!(shares_a_zone("login.example.com", &hosts));
        assert!(!shares_a_zone("login.example.org", &hosts));
        assert!(!shares_a_zone("login.example.com", &[]));
    }
}
