//! What one stack gives fits what another takes: a parameter that an output feeds has its name, and accepts its value.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::documents::{names, templates};
use super::tool;

/// An output, a value that AWS would give it, the parameters that it feeds, and who else reads it.
struct Output {
    name: &'static str,
    sample: &'static str,
    feeds: &'static [&'static str],
    read_by: &'static str,
}

const fn output(
    name: &'static str,
    sample: &'static str,
    feeds: &'static [&'static str],
    read_by: &'static str,
) -> Output {
    Output { name, sample, feeds, read_by }
}

const CERTIFICATE: &str =
    "arn:aws:acm:us-east-1:111122223333:certificate/12345678-1234-1234-1234-123456789012";
const VERSION: &str = "arn:aws:lambda:us-east-1:111122223333:function:cms-production-edge-auth:12";
const ANNOUNCE: &str = "arn:aws:lambda:eu-west-1:111122223333:function:cms-production-announce";
const BACKEND: &str = "arn:aws:lambda:eu-west-1:111122223333:function:cms-production-backend";
const RECORD_SIGN_IN: &str = "arn:aws:lambda:eu-west-1:111122223333:function:cms-production-record-sign-in";
const QUEUE: &str = "https://sqs.eu-west-1.amazonaws.com/111122223333/cms-production-failed-events";
const ISSUER: &str = "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_EXAMPLE01";

#[rustfmt::skip]
const OUTPUTS: &[Output] = &[
    output("packages.PackagesBucketName", "cms-production-packages-111122223333", &["edge.PackagesBucketName"], ""),
    output("packages-region.FunctionsBucketName", "cms-production-functions-111122223333", &["backend.FunctionsBucketName", "functions.FunctionsBucketName"], ""),
    output("network.FirstSubnetId", "subnet-0a1b2c3d", &["backend.FirstSubnetId", "data.FirstSubnetId"], ""),
    output("network.SecondSubnetId", "subnet-4a5b6c7d", &["backend.SecondSubnetId", "data.SecondSubnetId"], ""),
    output("network.BackendSecurityGroupId", "sg-0a1b2c3d", &["backend.BackendSecurityGroupId"], ""),
    output("network.DatabaseSecurityGroupId", "sg-4a5b6c7d", &["data.DatabaseSecurityGroupId"], ""),
    output("data.DatabaseHost", "cms-production-database.abc.eu-west-1.rds.amazonaws.com", &["backend.DatabaseHost"], ""),
    output("data.DatabaseResourceId", "db-ABCDEFGHIJKL", &["backend.DatabaseResourceId"], ""),
    output("backend.ApiDomainName", "abc123.execute-api.eu-west-1.amazonaws.com", &["site.ApiDomainName"], ""),
    output("backend.BackendFunctionArn", BACKEND, &["functions.BackendFunctionArn"], ""),
    output("backend.MigrateFunctionName", "cms-production-migrate", &[], "parapet, which starts it"),
    output("certificate.CertificateArn", CERTIFICATE, &["site.CertificateArn", "identity.HostedUiCertificateArn"], ""),
    output("identity.UserPoolId", "eu-west-1_EXAMPLE01", &[], "parapet doctor"),
    output("identity.UserPoolArn", "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_EXAMPLE01", &["functions.UserPoolArn"], "people, for the policies of an API"),
    output("identity.UserPoolClientId", "1example23456789", &[], "parapet, for edge-auth.json"),
    output("identity.Issuer", ISSUER, &["backend.Issuer"], "parapet, for edge-auth.json"),
    output("identity.JwksUri", "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_EXAMPLE01/.well-known/jwks.json", &[], "parapet, for edge-auth.json"),
    output("identity.HostedUiUrl", "https://login.example.com", &[], "parapet, for edge-auth.json"),
    output("identity.HostedUiDomainTarget", "d111111abcdef8.cloudfront.net", &[], "people, for a DNS record"),
    output("edge.FunctionName", "cms-production-edge-auth", &["edge-region.FunctionName", "watch.FunctionName"], ""),
    output("edge.FunctionArn", "arn:aws:lambda:us-east-1:111122223333:function:cms-production-edge-auth", &[], "people"),
    output("edge.FunctionVersionArn", VERSION, &["site.FunctionVersionArn"], ""),
    output("edge-region.LogGroupName", "/aws/lambda/us-east-1.cms-production-edge-auth", &[], "parapet logs"),
    output("site.BucketName", "cms-production-site-111122223333", &["backend.SiteBucketName", "functions.SiteBucketName"], "parapet deploy site"),
    output("site.DistributionId", "E1EXAMPLE", &["functions.DistributionId", "watch.DistributionId"], "parapet invalidate"),
    output("site.DistributionArn", "arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE", &[], "people, for an existing bucket's policy"),
    output("site.DistributionDomainName", "d111111abcdef8.cloudfront.net", &["dns.DistributionDomainName"], "parapet, for callback URLs; people, for DNS records"),
    output("site.AccessLogsBucketName", "cms-production-access-logs-111122223333", &[], "people"),
    output("functions.RecordsTableName", "cms-production-records", &["backend.RecordsTableName"], ""),
    output("functions.UploadsBucketName", "cms-production-uploads-111122223333", &["backend.UploadsBucketName"], "parapet, for site.UploadsOrigin"),
    output("functions.AnnounceFunctionArn", ANNOUNCE, &["site.AnnounceFunctionArn"], ""),
    output("functions.RecordSignInFunctionArn", RECORD_SIGN_IN, &["identity.RecordSignInFunctionArn"], ""),
    output("functions.FailedEventsQueueUrl", QUEUE, &[], "people, to look at failed events"),
    output("dns.SiteUrl", "https://cms.example.com/", &[], "people"),
    output("watch.DashboardName", "cms-production", &[], "people"),
];

/// Outputs that feed a parameter of another name, because that parameter can be fed by something else too.
const OTHER_NAME: &[(&str, &str)] = &[
    ("certificate.CertificateArn", "identity.HostedUiCertificateArn"),
    ("site.BucketName", "backend.SiteBucketName"),
    ("site.BucketName", "functions.SiteBucketName"),
];

const MATCH: &str = "\
import json, re, sys
pairs = json.load(sys.stdin)
json.dump([bool(re.fullmatch(pattern, value)) for pattern, value in pairs], sys.stdout)
";

#[test]
fn every_output_is_known_and_somebody_reads_it() {
    let given: BTreeSet<String> = templates()
        .iter()
        .flat_map(|(part, template)| {
            names(template, "Outputs").into_iter().map(move |name| format!("{part}.{name}"))
        })
        .collect();
    let known: BTreeSet<String> = OUTPUTS.iter().map(|output| output.name.to_owned()).collect();
    assert_eq!(given, known);
    for output in OUTPUTS {
        assert!(!output.feeds.is_empty() || !output.read_by.is_empty(), "nobody reads {}", output.name);
    }
}

#[test]
fn a_parameter_with_an_output_s_name_is_fed_by_it_and_by_no_other() {
    let by_name: BTreeMap<&str, &Output> = OUTPUTS.iter().map(|output| (last(output.name), output)).collect();
    assert_eq!(by_name.len(), OUTPUTS.len(), "two outputs have one name");
    let mut fed = BTreeSet::new();
    for (part, template) in templates() {
        for parameter in names(template, "Parameters") {
            if by_name.contains_key(parameter.as_str()) {
                fed.insert((by_name[parameter.as_str()].name.to_owned(), format!("{part}.{parameter}")));
            }
        }
    }
    fed.extend(OTHER_NAME.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())));
    let said: BTreeSet<(String, String)> = OUTPUTS
        .iter()
        .flat_map(|output| output.feeds.iter().map(|to| (output.name.to_owned(), (*to).to_owned())))
        .collect();
    assert_eq!(fed, said);
}

#[test]
fn what_is_fed_is_accepted() {
    let templates = templates();
    let mut pairs = Vec::new();
    let mut fed = Vec::new();
    for output in OUTPUTS {
        for to in output.feeds {
            let (part, name) = to.split_once('.').unwrap();
            let parameter = &templates[part]["Parameters"][name];
            assert_eq!(parameter["Type"], "String", "{to}");
            let pattern = parameter["AllowedPattern"].as_str().unwrap_or_else(|| panic!("{to}: no pattern"));
            pairs.push(json!([pattern, output.sample]));
            fed.push((output.name, to));
        }
    }
    let accepted = tool::python(MATCH, &[], &Value::Array(pairs));
    for ((from, to), accepted) in fed.iter().zip(accepted.as_array().unwrap()) {
        assert_eq!(accepted, &Value::Bool(true), "{from} does not match what {to} allows");
    }
}

#[test]
fn what_may_be_empty_can_be_left_out() {
    for (part, template) in templates() {
        for (name, parameter) in template["Parameters"].as_object().unwrap() {
            let description = parameter["Description"].as_str().unwrap();
            let says_so = description.contains("Empty - ");
            let default = parameter.get("Default");
            assert!(!says_so || default.is_some(), "{part}.{name} may be empty, and has no default");
            let is_empty = default == Some(&json!(""));
            assert!(
                !is_empty || says_so || name.starts_with("Existing"),
                "{part}.{name}: what does empty mean?"
            );
        }
    }
}

fn last(name: &str) -> &str {
    name.rsplit('.').next().unwrap()
}
