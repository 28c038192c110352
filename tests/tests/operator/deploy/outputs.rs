//! What each part's stack gives.

use std::collections::BTreeMap;

pub(crate) const ACCOUNT: &str = "123456789012";
pub(crate) const POOL: &str = "eu-central-1_EXAMPLE";
pub(crate) const CLIENT: &str = "1example23456789";
pub(crate) const DISTRIBUTION: &str = "E1EXAMPLE";
pub(crate) const HOST: &str = "d111111abcdef8.cloudfront.net";

/// The part of a stack, from its name: `cms-staging-edge-region`.
pub(crate) fn part(stack: &str) -> &str {
    stack.splitn(3, '-').nth(2).unwrap_or(stack)
}

/// `versions` are the gate's, by the hashes of their packages.
pub(crate) fn outputs(
    part: &str,
    parameters: &BTreeMap<String, String>,
    versions: &[String],
) -> BTreeMap<String, String> {
    let scope = format!("{}-{}", parameters["Name"], parameters["Stage"]);
    let function = format!("{scope}-edge-auth");
    let arn = format!("arn:aws:lambda:us-east-1:{ACCOUNT}:function:{function}");
    let issuer = format!("https://cognito-idp.eu-central-1.amazonaws.com/{POOL}");
    let regional = format!("arn:aws:lambda:eu-central-1:{ACCOUNT}:function:{scope}");
    let outputs = match part {
        "packages" => vec![("PackagesBucketName", format!("{scope}-packages-{ACCOUNT}"))],
        "certificate" => {
            vec![("CertificateArn", format!("arn:aws:acm:us-east-1:{ACCOUNT}:certificate/{scope}"))]
        }
        "identity" => vec![
            ("UserPoolId", POOL.to_owned()),
            ("UserPoolArn", format!("arn:aws:cognito-idp:eu-central-1:{ACCOUNT}:userpool/{POOL}")),
            ("UserPoolClientId", CLIENT.to_owned()),
            ("JwksUri", format!("{issuer}/.well-known/jwks.json")),
            ("Issuer", issuer),
            ("HostedUiUrl", "https://cms.auth.eu-central-1.amazoncognito.com".to_owned()),
        ],
        "edge" => vec![
            ("FunctionVersionArn", format!("{arn}:{}", versions.len())),
            ("FunctionArn", arn),
            ("FunctionName", function),
        ],
        "site" => vec![
            ("BucketName", format!("{scope}-site-{ACCOUNT}")),
            ("DistributionId", DISTRIBUTION.to_owned()),
            ("DistributionDomainName", HOST.to_owned()),
        ],
        "packages-region" => vec![("FunctionsBucketName", format!("{scope}-functions-{ACCOUNT}"))],
        "functions" => vec![
            ("RecordsTableName", format!("{scope}-records")),
            ("UploadsBucketName", format!("{scope}-uploads-{ACCOUNT}")),
            ("AnnounceFunctionArn", format!("{regional}-announce")),
            ("RecordSignInFunctionArn", format!("{regional}-record-sign-in")),
        ],
        "network" => vec![
            ("FirstSubnetId", "subnet-1".to_owned()),
            ("SecondSubnetId", "subnet-2".to_owned()),
            ("BackendSecurityGroupId", "sg-1".to_owned()),
            ("DatabaseSecurityGroupId", "sg-2".to_owned()),
        ],
        "data" => vec![
            ("DatabaseHost", format!("{scope}-database.example.eu-central-1.rds.amazonaws.com")),
            ("DatabaseResourceId", "db-EXAMPLE".to_owned()),
        ],
        "backend" => vec![
            ("ApiDomainName", "example.execute-api.eu-central-1.amazonaws.com".to_owned()),
            ("BackendFunctionArn", format!("{regional}-backend")),
            ("MigrateFunctionName", format!("{scope}-migrate")),
        ],
        "watch" => vec![("DashboardName", scope)],
        _ => Vec::new(),
    };
    outputs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// The buckets of a part.
pub(crate) fn buckets(part: &str, outputs: &BTreeMap<String, String>) -> Vec<String> {
    let output = match part {
        "packages" => "PackagesBucketName",
        "packages-region" => "FunctionsBucketName",
        "functions" => "UploadsBucketName",
        "site" => "BucketName",
        _ => return Vec::new(),
    };
    vec![outputs[output].clone()]
}
