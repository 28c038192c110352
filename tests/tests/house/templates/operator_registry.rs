//! The operator's policies allow what CloudFormation's own registry says that its handlers call, for every kind of
//! resource in the templates; and what they leave out has a reason.

use serde_json::{Value, json};

use super::operator_policy::{KINDS, both, names};
use super::tool;

/// The permissions of each kind's handlers, from the schemas that cfn-lint brings along.
const HANDLERS: &str = "\
import json, sys
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER
def permissions(kind):
    handlers = PROVIDER_SCHEMA_MANAGER.get_resource_schema('us-east-1', kind).schema.get('handlers', {})
    used = (handlers.get(name, {}) for name in ('create', 'read', 'update', 'delete'))
    return sorted({permission for handler in used for permission in handler.get('permissions', [])})
json.dump([permissions(kind) for kind in json.load(sys.stdin)], sys.stdout)
";

/// What no template asks for, by the beginning of the permissions, and what it would be for.
const UNUSED: &[(&str, &str)] = &[
    ("acm-pca:", "certificates of a private authority"),
    ("autoscaling:", "the handler asks for it and calls nothing there"),
    ("elasticfilesystem:", "file systems of functions"),
    ("firehose:", "log groups that are delivered elsewhere"),
    ("kinesis:", "tables that stream"),
    ("kms:", "keys of one's own"),
    ("s3files:", "file systems of functions"),
    ("s3tables:", "tables of a bucket's metadata"),
    ("secretsmanager:", "passwords of a database"),
    ("vpc-lattice:", "endpoints of service networks"),
    ("vpce:", "endpoints in other regions"),
    ("cloudfront:CreateConnectionGroup", "distributions of several tenants"),
    ("cloudfront:CreateDistributionWithTags", "CreateDistribution and TagResource are what IAM knows it by"),
    ("cloudfront:GetConnectionGroup", "distributions of several tenants"),
    ("cloudfront:GetVpcOrigin", "origins in a VPC"),
    ("cloudfront:UpdateDistributionWithStagingConfig", "staging distributions"),
    ("cognito-idp:AddCustomAttributes", "attributes of one's own"),
    ("dynamodb:", "imports, replicas, streams and policies of a table, and its items"),
    ("ec2:AssociateSubnetCidrBlock", "IPv6"),
    ("ec2:CreateVpcEncryptionControl", "encryption within the network"),
    ("ec2:DisassociateSubnetCidrBlock", "IPv6"),
    ("iam:AttachRolePolicy", "managed policies, of which no role has any"),
    ("iam:DetachRolePolicy", "managed policies"),
    ("lambda:AssociateRuntimeAlias", "a call within Lambda"),
    ("lambda:PassCapacityProvider", "machines of one's own"),
    ("logs:", "log groups with keys, indexes and policies of their own, and what table imports write"),
    ("rds:", "replicas, restored databases and roles of a database"),
    ("route53:ListHostedZones", "zones that are named instead of numbered"),
    ("s3:", "replication, inventories, websites and the like, and objects"),
    ("sns:PutDataProtectionPolicy", "policies against personal data"),
];

#[test]
fn the_policies_allow_what_the_handlers_call() {
    let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    let handlers = tool::python(HANDLERS, &[], &json!(kinds));
    let policy = both();
    for (kind, permissions) in KINDS.iter().zip(handlers.as_array().unwrap()) {
        for permission in permissions.as_array().unwrap().iter().filter_map(Value::as_str) {
            let is_unused = UNUSED.iter().any(|(unused, _)| permission.starts_with(unused));
            assert!(is_unused || names(&policy, permission), "{}: {permission}", kind.name);
        }
    }
}

#[test]
fn what_is_left_out_is_asked_for_by_some_handler() {
    let kinds: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
    let handlers = tool::python(HANDLERS, &[], &json!(kinds));
    let asked: Vec<&str> = handlers
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|permissions| permissions.as_array().unwrap())
        .filter_map(Value::as_str)
        .collect();
    for (unused, reason) in UNUSED {
        assert!(asked.iter().any(|permission| permission.starts_with(unused)), "{unused}: {reason}");
    }
}
