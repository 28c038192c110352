//! What `Ref` and `Fn::GetAtt` give for the resources that the project's templates have.

use serde_json::Value;

/// Where a stack stands.
pub(super) struct Place<'a> {
    pub(super) account_id: &'a str,
    pub(super) region: &'a str,
}

/// Resources of any other type are refused, so that nothing of a template is left out unnoticed.
pub(super) fn is_known(kind: &str) -> bool {
    attributes(kind).is_some()
}

/// Whether resources of this type have the attribute.
pub(super) fn has_attribute(kind: &str, attribute: &str) -> bool {
    attributes(kind).is_some_and(|known| known.contains(&attribute))
}

/// The value of an attribute; `id` is what `Ref` gives.
pub(super) fn attribute(kind: &str, attribute: &str, id: &str, place: &Place<'_>) -> Option<Value> {
    let (account, region) = (place.account_id, place.region);
    let value = match (kind, attribute) {
        ("AWS::S3::Bucket", "Arn") => format!("arn:aws:s3:::{id}"),
        ("AWS::S3::Bucket", "DomainName") => format!("{id}.s3.amazonaws.com"),
        ("AWS::S3::Bucket", "RegionalDomainName") => format!("{id}.s3.{region}.amazonaws.com"),
        ("AWS::CloudFront::Distribution", "Arn") => {
            format!("arn:aws:cloudfront::{account}:distribution/{id}")
        }
        ("AWS::CloudFront::Distribution", "DomainName") => {
            format!("{}.cloudfront.net", id.to_ascii_lowercase())
        }
        ("AWS::Lambda::Function", "Arn") => format!("arn:aws:lambda:{region}:{account}:function:{id}"),
        ("AWS::DynamoDB::Table", "Arn") => format!("arn:aws:dynamodb:{region}:{account}:table/{id}"),
        ("AWS::IAM::Role", "Arn") => format!("arn:aws:iam::{account}:role/{id}"),
        ("AWS::Logs::LogGroup", "Arn") => format!("arn:aws:logs:{region}:{account}:log-group:{id}:*"),
        ("AWS::SQS::Queue", "Arn") => format!("arn:aws:sqs:{region}:{account}:{id}"),
        (kind, attribute) if has_attribute(kind, attribute) => id.to_owned(),
        _ => return None,
    };
    Some(value.into())
}

fn attributes(kind: &str) -> Option<&'static [&'static str]> {
    Some(match kind {
        "AWS::S3::Bucket" => &["Arn", "DomainName", "RegionalDomainName"],
        "AWS::DynamoDB::Table"
        | "AWS::IAM::Role"
        | "AWS::Lambda::Function"
        | "AWS::Logs::LogGroup"
        | "AWS::SQS::Queue" => &["Arn"],
        "AWS::S3::BucketPolicy"
        | "AWS::Lambda::EventInvokeConfig"
        | "AWS::Lambda::Permission"
        | "AWS::SSM::Parameter"
        | "AWS::Scheduler::Schedule" => &[],
        "AWS::CloudFront::Distribution" => &["Arn", "DomainName", "Id"],
        "AWS::CloudFront::OriginAccessControl"
        | "AWS::CloudFront::CachePolicy"
        | "AWS::CloudFront::OriginRequestPolicy"
        | "AWS::CloudFront::ResponseHeadersPolicy" => &["Id"],
        _ => return None,
    })
}
