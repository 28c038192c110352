//! The operator's policies: well formed, small enough, enough for every kind of resource in the templates, and no more
//! than this project's own.

use std::collections::BTreeSet;
use std::fs;

use serde_json::{Value, json};

use super::documents::{resources, templates};
use super::tool;

/// The policies, and how long each may be without white space: an inline policy of a role, and one that is managed.
/// <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html>
const POLICIES: [(&str, usize); 2] = [("operator-policy", 10_240), ("operator-policy-cms", 6_144)];

/// Statements that IAM cannot scope by a resource's name or tags: lists, and what is made in that very call.
const EVERYWHERE: [&str; 4] = ["CertificateNew", "CmsLists", "Lists", "UserPoolNew"];

/// What CloudFormation calls for a kind of resource, with the operator's rights, and an ARN that it calls it for.
pub(super) struct Kind {
    pub(super) name: &'static str,
    arn: &'static str,
    calls: &'static str,
}

const fn kind(name: &'static str, arn: &'static str, calls: &'static str) -> Kind {
    Kind { name, arn, calls }
}

const APIS: &str = "arn:aws:apigateway:eu-west-1::/apis";
const API: &str = "arn:aws:apigateway:eu-west-1::/apis/example/routes";
const VPC: &str = "arn:aws:ec2:eu-west-1:111122223333:vpc/vpc-0123";
const DATABASE: &str = "arn:aws:rds:eu-west-1:111122223333:db:cms-production-database";
const PARAMETERS: &str = "arn:aws:rds:eu-west-1:111122223333:pg:cms-production-database-17";
const SUBNETS: &str = "arn:aws:rds:eu-west-1:111122223333:subgrp:cms-production-database";
const ROLE: &str = "arn:aws:iam::111122223333:role/cms-production-edge-auth";
const FUNCTION: &str = "arn:aws:lambda:us-east-1:111122223333:function:cms-production-edge-auth";
const ANNOUNCE: &str = "arn:aws:lambda:eu-west-1:111122223333:function:cms-production-announce";
const TABLE: &str = "arn:aws:dynamodb:eu-west-1:111122223333:table/cms-production-records";
const QUEUE: &str = "arn:aws:sqs:eu-west-1:111122223333:cms-production-failed-events";
const SCHEDULE: &str = "arn:aws:scheduler:eu-west-1:111122223333:schedule/default/cms-production-publish-due";
const GREETING: &str = "arn:aws:ssm:eu-west-1:111122223333:parameter/cms/production/greeting";
const BUCKET: &str = "arn:aws:s3:::cms-production-site-111122223333";
const POOL: &str = "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_EXAMPLE01";
const LOG: &str =
    "arn:aws:logs:sa-east-1:111122223333:log-group:/aws/lambda/us-east-1.cms-production-edge-auth";
const ALARM: &str = "arn:aws:cloudwatch:sa-east-1:111122223333:alarm:cms-production-faults";
const DASHBOARD: &str = "arn:aws:cloudwatch::111122223333:dashboard/cms-production";
const BUDGET: &str = "arn:aws:budgets::111122223333:budget/cms-production";
const TOPIC: &str = "arn:aws:sns:sa-east-1:111122223333:cms-production-gate-alarms";
const CERTIFICATE: &str = "arn:aws:acm:us-east-1:111122223333:certificate/12345678";
const DISTRIBUTION: &str = "arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE";
const HEADERS: &str = "arn:aws:cloudfront::111122223333:response-headers-policy/12345678";
const ACCESS: &str = "arn:aws:cloudfront::111122223333:origin-access-control/E1EXAMPLE";
const DOMAIN: &str = "cms.example.com";
const ZONE: &str = "arn:aws:route53:::hostedzone/Z1EXAMPLE";

#[rustfmt::skip]
pub(super) const KINDS: &[Kind] = &[
    kind("AWS::ApiGatewayV2::Api", APIS, "apigateway:POST"),
    kind("AWS::ApiGatewayV2::Authorizer", API, "apigateway:POST apigateway:GET apigateway:PATCH apigateway:DELETE"),
    kind("AWS::ApiGatewayV2::Integration", API, "apigateway:POST apigateway:GET apigateway:PATCH apigateway:DELETE"),
    kind("AWS::ApiGatewayV2::Route", API, "apigateway:POST apigateway:GET apigateway:PATCH apigateway:DELETE"),
    kind("AWS::ApiGatewayV2::Stage", API, "apigateway:POST apigateway:GET apigateway:PATCH apigateway:DELETE apigateway:TagResource logs:CreateLogDelivery logs:PutResourcePolicy logs:DescribeResourcePolicies"),
    kind("AWS::Budgets::Budget", BUDGET, "budgets:ModifyBudget budgets:ViewBudget budgets:TagResource budgets:UntagResource budgets:ListTagsForResource"),
    kind("AWS::CertificateManager::Certificate", CERTIFICATE, "acm:RequestCertificate acm:AddTagsToCertificate acm:DescribeCertificate acm:DeleteCertificate acm:ListTagsForCertificate"),
    kind("AWS::CloudFront::Distribution", DISTRIBUTION, "cloudfront:CreateDistribution cloudfront:TagResource cloudfront:GetDistribution cloudfront:GetDistributionConfig cloudfront:UpdateDistribution cloudfront:DeleteDistribution cloudfront:ListTagsForResource cloudfront:UntagResource"),
    kind("AWS::CloudFront::OriginAccessControl", ACCESS, "cloudfront:CreateOriginAccessControl cloudfront:GetOriginAccessControl cloudfront:UpdateOriginAccessControl cloudfront:DeleteOriginAccessControl"),
    kind("AWS::CloudFront::ResponseHeadersPolicy", HEADERS, "cloudfront:CreateResponseHeadersPolicy cloudfront:GetResponseHeadersPolicy cloudfront:UpdateResponseHeadersPolicy cloudfront:DeleteResponseHeadersPolicy"),
    kind("AWS::CloudWatch::Alarm", ALARM, "cloudwatch:PutMetricAlarm cloudwatch:DescribeAlarms cloudwatch:DeleteAlarms cloudwatch:TagResource cloudwatch:UntagResource cloudwatch:ListTagsForResource"),
    kind("AWS::CloudWatch::Dashboard", DASHBOARD, "cloudwatch:PutDashboard cloudwatch:GetDashboard cloudwatch:DeleteDashboards cloudwatch:TagResource cloudwatch:UntagResource cloudwatch:ListTagsForResource"),
    kind("AWS::Cognito::ManagedLoginBranding", POOL, "cognito-idp:CreateManagedLoginBranding cognito-idp:DescribeManagedLoginBranding cognito-idp:DescribeManagedLoginBrandingByClient cognito-idp:UpdateManagedLoginBranding cognito-idp:DeleteManagedLoginBranding"),
    kind("AWS::Cognito::UserPool", POOL, "cognito-idp:CreateUserPool cognito-idp:TagResource cognito-idp:DescribeUserPool cognito-idp:GetUserPoolMfaConfig cognito-idp:SetUserPoolMfaConfig cognito-idp:UpdateUserPool cognito-idp:DeleteUserPool cognito-idp:ListTagsForResource cognito-idp:UntagResource"),
    kind("AWS::Cognito::UserPoolClient", POOL, "cognito-idp:CreateUserPoolClient cognito-idp:DescribeUserPoolClient cognito-idp:UpdateUserPoolClient cognito-idp:DeleteUserPoolClient cognito-idp:ListUserPoolClients"),
    kind("AWS::Cognito::UserPoolDomain", POOL, "cognito-idp:CreateUserPoolDomain cognito-idp:UpdateUserPoolDomain cognito-idp:DescribeUserPoolDomain cognito-idp:DeleteUserPoolDomain"),
    kind("AWS::Cognito::UserPoolGroup", POOL, "cognito-idp:CreateGroup cognito-idp:GetGroup cognito-idp:UpdateGroup cognito-idp:DeleteGroup cognito-idp:ListGroups"),
    kind("AWS::DynamoDB::Table", TABLE, "dynamodb:CreateTable dynamodb:DeleteTable dynamodb:DescribeTable dynamodb:DescribeContinuousBackups dynamodb:DescribeTimeToLive dynamodb:UpdateTable dynamodb:UpdateTimeToLive dynamodb:UpdateContinuousBackups dynamodb:TagResource dynamodb:UntagResource dynamodb:ListTagsOfResource"),
    kind("AWS::EC2::FlowLog", VPC, "ec2:CreateFlowLogs ec2:DescribeFlowLogs ec2:DeleteFlowLogs ec2:CreateTags ec2:DeleteTags"),
    kind("AWS::EC2::RouteTable", VPC, "ec2:CreateRouteTable ec2:DescribeRouteTables ec2:DeleteRouteTable ec2:CreateTags ec2:DeleteTags"),
    kind("AWS::EC2::SecurityGroup", VPC, "ec2:CreateSecurityGroup ec2:DescribeSecurityGroups ec2:DeleteSecurityGroup ec2:AuthorizeSecurityGroupEgress ec2:RevokeSecurityGroupEgress ec2:CreateTags ec2:DeleteTags"),
    kind("AWS::EC2::SecurityGroupEgress", VPC, "ec2:AuthorizeSecurityGroupEgress ec2:RevokeSecurityGroupEgress"),
    kind("AWS::EC2::SecurityGroupIngress", VPC, "ec2:AuthorizeSecurityGroupIngress ec2:RevokeSecurityGroupIngress"),
    kind("AWS::EC2::Subnet", VPC, "ec2:CreateSubnet ec2:DescribeSubnets ec2:ModifySubnetAttribute ec2:DeleteSubnet ec2:CreateTags ec2:DeleteTags"),
    kind("AWS::EC2::SubnetRouteTableAssociation", VPC, "ec2:AssociateRouteTable ec2:DisassociateRouteTable"),
    kind("AWS::EC2::VPC", VPC, "ec2:CreateVpc ec2:DescribeVpcs ec2:ModifyVpcAttribute ec2:DeleteVpc ec2:CreateTags ec2:DeleteTags"),
    kind("AWS::EC2::VPCEndpoint", VPC, "ec2:CreateVpcEndpoint ec2:DescribeVpcEndpoints ec2:ModifyVpcEndpoint ec2:DeleteVpcEndpoints ec2:CreateTags ec2:DeleteTags"),
    kind("AWS::IAM::Role", ROLE, "iam:CreateRole iam:GetRole iam:DeleteRole iam:PutRolePolicy iam:GetRolePolicy iam:DeleteRolePolicy iam:ListRolePolicies iam:ListAttachedRolePolicies iam:UpdateAssumeRolePolicy iam:TagRole iam:UntagRole iam:UpdateRole iam:PassRole"),
    kind("AWS::Lambda::EventInvokeConfig", ANNOUNCE, "lambda:PutFunctionEventInvokeConfig lambda:UpdateFunctionEventInvokeConfig lambda:GetFunctionEventInvokeConfig lambda:DeleteFunctionEventInvokeConfig"),
    kind("AWS::Lambda::Function", FUNCTION, "lambda:CreateFunction lambda:GetFunction lambda:UpdateFunctionCode lambda:UpdateFunctionConfiguration lambda:DeleteFunction lambda:TagResource lambda:UntagResource lambda:GetFunctionCodeSigningConfig lambda:GetRuntimeManagementConfig lambda:GetFunctionRecursionConfig"),
    kind("AWS::Lambda::Permission", ANNOUNCE, "lambda:AddPermission lambda:RemovePermission lambda:GetPolicy"),
    kind("AWS::Lambda::Version", FUNCTION, "lambda:PublishVersion lambda:GetFunctionConfiguration lambda:ListVersionsByFunction lambda:DeleteFunction lambda:GetProvisionedConcurrencyConfig lambda:EnableReplication* lambda:DisableReplication*"),
    kind("AWS::Logs::LogGroup", LOG, "logs:CreateLogGroup logs:PutRetentionPolicy logs:DeleteRetentionPolicy logs:DeleteLogGroup logs:DescribeLogGroups logs:TagResource logs:UntagResource logs:ListTagsForResource logs:GetDataProtectionPolicy"),
    kind("AWS::Logs::MetricFilter", LOG, "logs:PutMetricFilter logs:DescribeMetricFilters logs:DeleteMetricFilter"),
    kind("AWS::RDS::DBInstance", DATABASE, "rds:CreateDBInstance rds:DescribeDBInstances rds:ModifyDBInstance rds:DeleteDBInstance rds:AddTagsToResource rds:RemoveTagsFromResource rds:ListTagsForResource"),
    kind("AWS::RDS::DBParameterGroup", PARAMETERS, "rds:CreateDBParameterGroup rds:DescribeDBParameterGroups rds:DescribeDBParameters rds:ModifyDBParameterGroup rds:DeleteDBParameterGroup rds:AddTagsToResource"),
    kind("AWS::RDS::DBSubnetGroup", SUBNETS, "rds:CreateDBSubnetGroup rds:DescribeDBSubnetGroups rds:ModifyDBSubnetGroup rds:DeleteDBSubnetGroup rds:AddTagsToResource"),
    kind("AWS::Route53::RecordSet", ZONE, "route53:ChangeResourceRecordSets route53:GetHostedZone route53:ListResourceRecordSets"),
    kind("AWS::Route53::RecordSetGroup", ZONE, "route53:ChangeResourceRecordSets route53:GetHostedZone route53:ListResourceRecordSets"),
    kind("AWS::S3::Bucket", BUCKET, "s3:CreateBucket s3:DeleteBucket s3:PutEncryptionConfiguration s3:GetEncryptionConfiguration s3:PutBucketVersioning s3:GetBucketVersioning s3:PutLifecycleConfiguration s3:GetLifecycleConfiguration s3:PutBucketPublicAccessBlock s3:GetBucketPublicAccessBlock s3:PutBucketOwnershipControls s3:GetBucketOwnershipControls s3:PutBucketTagging s3:GetBucketTagging s3:PutBucketNotification s3:GetBucketNotification s3:PutBucketCORS s3:GetBucketCORS s3:GetBucketAcl s3:PutBucketAcl s3:ListBucket"),
    kind("AWS::S3::BucketPolicy", BUCKET, "s3:PutBucketPolicy s3:GetBucketPolicy s3:DeleteBucketPolicy"),
    kind("AWS::SQS::Queue", QUEUE, "sqs:CreateQueue sqs:DeleteQueue sqs:GetQueueAttributes sqs:GetQueueUrl sqs:SetQueueAttributes sqs:ListQueueTags sqs:TagQueue sqs:UntagQueue"),
    kind("AWS::SSM::Parameter", GREETING, "ssm:PutParameter ssm:DeleteParameter ssm:GetParameters ssm:AddTagsToResource ssm:ListTagsForResource"),
    kind("AWS::Scheduler::Schedule", SCHEDULE, "scheduler:CreateSchedule scheduler:DeleteSchedule scheduler:GetSchedule scheduler:UpdateSchedule"),
    kind("AWS::SNS::Subscription", TOPIC, "sns:Subscribe sns:Unsubscribe sns:GetSubscriptionAttributes sns:ListSubscriptionsByTopic"),
    kind("AWS::SNS::Topic", TOPIC, "sns:CreateTopic sns:DeleteTopic sns:GetTopicAttributes sns:SetTopicAttributes sns:TagResource sns:UntagResource sns:ListTagsForResource sns:GetDataProtectionPolicy sns:ListSubscriptionsByTopic"),
    kind("AWS::SNS::TopicPolicy", TOPIC, "sns:SetTopicAttributes sns:GetTopicAttributes"),
];

/// What belongs to somebody else.
#[rustfmt::skip]
const FOREIGN: &[(&str, &str)] = &[
    ("cloudformation:DeleteStack", "arn:aws:cloudformation:us-east-1:111122223333:stack/other-production-edge/1"),
    ("cloudformation:ExecuteChangeSet", "arn:aws:cloudformation:us-east-1:111122223333:stack/cms-staging-site/1"),
    ("s3:DeleteBucket", "arn:aws:s3:::other"),
    ("s3:PutObject", "arn:aws:s3:::cms-staging-site-111122223333/site/index.html"),
    ("s3:PutObject", "arn:aws:s3:::cms-production-site-444455556666/site/index.html"),
    ("lambda:UpdateFunctionCode", "arn:aws:lambda:us-east-1:111122223333:function:cms-staging-edge-auth"),
    ("lambda:UpdateFunctionCode", "arn:aws:lambda:eu-west-1:111122223333:function:cms-production-edge-auth"),
    ("lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:111122223333:function:cms-production-backend"),
    ("rds:DeleteDBInstance", "arn:aws:rds:eu-west-1:111122223333:db:cms-staging-database"),
    ("rds-db:connect", "arn:aws:rds-db:eu-west-1:111122223333:dbuser:db-EXAMPLE/app"),
    ("dynamodb:GetItem", TABLE),
    ("iam:PutRolePolicy", "arn:aws:iam::111122223333:role/administrator"),
    ("iam:PassRole", "arn:aws:iam::111122223333:role/administrator"),
    ("iam:AttachRolePolicy", ROLE),
    ("ssm:GetParameter", "arn:aws:ssm:us-east-1:111122223333:parameter/cms/staging/sealing-keys"),
    ("logs:FilterLogEvents", "arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/other"),
    ("cloudwatch:DeleteAlarms", "arn:aws:cloudwatch:us-east-1:111122223333:alarm:other"),
    ("budgets:ModifyBudget", "arn:aws:budgets::111122223333:budget/other"),
    ("cognito-idp:AdminSetUserPassword", POOL),
    ("cognito-idp:AdminUpdateUserAttributes", POOL),
    ("cognito-idp:AdminInitiateAuth", POOL),
    ("route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/Z2OTHER"),
];

#[test]
fn the_policies_are_well_formed_and_fit() {
    let mut sids = BTreeSet::new();
    for (name, longest) in POLICIES {
        let domain = "a-name-that-is-longer-than-most.example.com";
        let filled = filled(name, "abcdefghijklmnopqrst", "abcdefghijkl").replace(DOMAIN, domain);
        assert!(!filled.contains("${"), "a placeholder is left: {filled}");
        let bytes = filled.chars().filter(|c| !c.is_whitespace()).count();
        assert!(bytes <= longest, "{name}: {bytes} characters");
        let policy: Value = serde_json::from_str(&filled).unwrap();
        assert_eq!(policy["Version"], "2012-10-17");
        for statement in policy["Statement"].as_array().unwrap() {
            let sid = statement["Sid"].as_str().unwrap();
            assert!(sids.insert(sid.to_owned()), "{sid} is there twice");
            assert_eq!(statement["Effect"], "Allow", "{sid}");
            for action in texts(&statement["Action"]) {
                let verb = action.split_once(':').unwrap().1;
                let is_wild = verb.starts_with("*LogDelivery");
                let letters = verb.chars().take_while(char::is_ascii_alphabetic).count();
                assert!(letters >= 3 || is_wild, "{sid}: {action}");
            }
            let everywhere = texts(&statement["Resource"]).any(|resource| resource == "*");
            assert_eq!(everywhere, EVERYWHERE.contains(&sid), "{sid}: resource *");
        }
    }
}

#[test]
fn the_policy_allows_what_cloudformation_does_for_the_templates() {
    let used: BTreeSet<String> = templates()
        .values()
        .flat_map(resources)
        .map(|(_, resource)| resource["Type"].as_str().unwrap().to_owned())
        .collect();
    let known: BTreeSet<String> = KINDS.iter().map(|kind| kind.name.to_owned()).collect();
    assert_eq!(used, known);
    let policy = both();
    for kind in KINDS {
        for call in kind.calls.split(' ') {
            assert!(allows(&policy, call, kind.arn), "{}: {call} is not allowed", kind.name);
        }
    }
}

#[test]
fn the_policy_leaves_alone_what_is_somebody_else_s() {
    let policy = both();
    for (action, resource) in FOREIGN {
        assert!(!allows(&policy, action, resource), "{action} on {resource}");
    }
}

/// A zone has the names of others, too.
#[test]
fn records_are_changed_under_the_sites_name_alone() {
    let policy = both();
    let statements = policy["Statement"].as_array().unwrap();
    let records: Vec<&Value> = statements
        .iter()
        .filter(|statement| {
            texts(&statement["Action"]).any(|action| action == "route53:ChangeResourceRecordSets")
        })
        .collect();
    let [records] = records.as_slice() else { panic!("{records:?}") };
    let key = "route53:ChangeResourceRecordSetsNormalizedRecordNames";
    let names: Vec<&str> = texts(&records["Condition"]["ForAllValues:StringLike"][key]).collect();
    // Itself, what validates its certificate, and the hosted UI; and nobody else's.
    for ours in ["cms.example.com", "_3f1.cms.example.com", "sign-in.cms.example.com"] {
        assert!(names.iter().any(|pattern| matches(pattern, ours)), "{ours}");
    }
    for foreign in ["example.com", "www.example.com", "notcms.example.com"] {
        assert!(!names.iter().any(|pattern| matches(pattern, foreign)), "{foreign}");
    }
}

/// What ids hide is told by tags, both when it is made and later.
#[test]
fn what_has_no_name_is_scoped_by_tags() {
    let policy = both();
    let tagged = [
        ("DistributionNew", "RequestTag"),
        ("Distribution", "ResourceTag"),
        ("UserPoolNew", "RequestTag"),
        ("UserPool", "ResourceTag"),
        ("People", "ResourceTag"),
        ("CertificateNew", "RequestTag"),
        ("Certificate", "ResourceTag"),
        ("CmsNetworkNew", "RequestTag"),
        ("CmsNetwork", "ResourceTag"),
        ("CmsApiNew", "RequestTag"),
        ("CmsApi", "ResourceTag"),
    ];
    for (sid, tag) in tagged {
        let statements = policy["Statement"].as_array().unwrap();
        let statement = statements.iter().find(|statement| statement["Sid"] == sid).unwrap();
        let equals = &statement["Condition"]["StringEquals"];
        assert_eq!(equals[format!("aws:{tag}/parapet:name")], "cms", "{sid}");
        assert_eq!(equals[format!("aws:{tag}/parapet:stage")], "production", "{sid}");
    }
}

/// Both policies as one, for a production stage of a project.
pub(super) fn both() -> Value {
    let statements: Vec<Value> = POLICIES
        .iter()
        .map(|(name, _)| serde_json::from_str::<Value>(&filled(name, "cms", "production")).unwrap())
        .flat_map(|policy| policy["Statement"].as_array().unwrap().clone())
        .collect();
    json!({ "Statement": statements })
}

pub(super) fn filled(policy: &str, name: &str, stage: &str) -> String {
    fs::read_to_string(tool::root().join(format!("infra/{policy}.json")))
        .unwrap()
        .replace("${Name}", name)
        .replace("${Stage}", stage)
        .replace("${AccountId}", "111122223333")
        .replace("${Region}", "eu-west-1")
        .replace("${HostedZoneId}", "Z1EXAMPLE")
        .replace("${Domain}", DOMAIN)
}

/// Whether a statement names both; conditions are taken as met.
pub(super) fn allows(policy: &Value, action: &str, resource: &str) -> bool {
    policy["Statement"].as_array().unwrap().iter().any(|statement| {
        texts(&statement["Action"]).any(|pattern| matches(pattern, action))
            && texts(&statement["Resource"]).any(|pattern| matches(pattern, resource))
    })
}

/// Whether a statement names the action at all; the registry writes some in other letters than IAM.
pub(super) fn names(policy: &Value, action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    let mut actions = policy["Statement"].as_array().unwrap().iter().flat_map(|it| texts(&it["Action"]));
    actions.any(|pattern| matches(&pattern.to_ascii_lowercase(), &action))
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let several = value.as_array().into_iter().flatten();
    value.as_str().into_iter().chain(several.map(|item| item.as_str().unwrap()))
}

/// IAM's `*`: any characters, any number of them.
fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((before, rest)) => text.strip_prefix(before).is_some_and(|tail| {
            (0..=tail.len()).filter_map(|skipped| tail.get(skipped..)).any(|end| matches(rest, end))
        }),
    }
}
