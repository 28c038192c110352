//! What the template's bucket policy lets the distribution read.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::bucket::ReadGrant;

/// A bucket policy that means something else than this reader knows.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BucketPolicyError {
    /// It has not the form of one.
    #[error("it cannot be read")]
    Form(#[from] serde_json::Error),
    /// A statement that is not known here.
    #[error("the statement {0} is not known here")]
    Statement(String),
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct PolicyProperties {
    bucket: String,
    policy_document: PolicyDocument,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct PolicyDocument {
    #[serde(rename = "Version")]
    _version: String,
    statement: Vec<Statement>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Statement {
    #[serde(default)]
    sid: String,
    effect: String,
    principal: Value,
    action: Value,
    resource: Value,
    #[serde(default)]
    condition: BTreeMap<String, Value>,
}

/// Adds what the policy with these properties grants to the distribution on the bucket. A policy of another bucket
/// grants nothing here.
pub(super) fn add_grant(
    grant: &mut ReadGrant,
    properties: &Value,
    bucket: &str,
    distribution_arn: &str,
) -> Result<(), BucketPolicyError> {
    let properties = PolicyProperties::deserialize(properties)?;
    let arn = format!("arn:aws:s3:::{bucket}");
    for statement in &properties.policy_document.statement {
        // The loopback has no TLS; on AWS such a statement turns clear text away.
        let clear_text_only = json!({ "aws:SecureTransport": "false" });
        if statement.effect == "Deny" && only(&statement.condition, "Bool") == Some(&clear_text_only) {
            continue;
        }
        let by_distribution = json!({ "AWS:SourceArn": distribution_arn });
        let known = properties.bucket == bucket
            && statement.effect == "Allow"
            && statement.principal == json!({ "Service": "cloudfront.amazonaws.com" })
            && only(&statement.condition, "StringEquals") == Some(&by_distribution);
        let resource = statement.resource.as_str().filter(|_| known).and_then(|text| text.strip_prefix(&arn));
        match (statement.action.as_str(), resource) {
            (Some("s3:ListBucket"), Some("")) => grant.list = true,
            (Some("s3:GetObject"), Some(objects)) if grant.prefix.is_none() => {
                let prefix = objects.strip_prefix('/').and_then(|objects| objects.strip_suffix('*'));
                let plain = prefix.filter(|prefix| !prefix.contains(['*', '?']));
                let plain = plain.ok_or_else(|| BucketPolicyError::Statement(statement.sid.clone()))?;
                grant.prefix = Some(plain.to_owned());
            }
            _ => return Err(BucketPolicyError::Statement(statement.sid.clone())),
        }
    }
    Ok(())
}

/// The value of the only condition there is, if it has this operator.
fn only<'c>(conditions: &'c BTreeMap<String, Value>, operator: &str) -> Option<&'c Value> {
    conditions.get(operator).filter(|_| conditions.len() == 1)
}
