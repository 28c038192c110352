//! The operator's policy allows every call that `parapet` itself makes: the sources of `ops/src/aws`, where all of them
//! stand, are held to a table of calls and what IAM asks for them.

use std::fs;
use std::path::{Path, PathBuf};

use regex_lite::Regex;

use super::operator_policy::{allows, both};
use super::tool;

/// A call, the actions that IAM checks for it, and a resource of the project that it may be about.
struct Call(&'static str, &'static str, &'static str);

const STACK: &str = "arn:aws:cloudformation:us-east-1:111122223333:stack/cms-production-edge/1";
const FUNCTION: &str = "arn:aws:lambda:us-east-1:111122223333:function:cms-production-edge-auth";
const MIGRATE: &str = "arn:aws:lambda:eu-west-1:111122223333:function:cms-production-migrate";
const PARAMETER: &str = "arn:aws:ssm:us-east-1:111122223333:parameter/cms/production/sealing-keys";
const CERTIFICATE: &str = "arn:aws:acm:us-east-1:111122223333:certificate/12345678";
const LOG: &str =
    "arn:aws:logs:sa-east-1:111122223333:log-group:/aws/lambda/us-east-1.cms-production-edge-auth:*";
const POOL: &str = "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_EXAMPLE01";
const BUCKET: &str = "arn:aws:s3:::cms-production-site-111122223333";
const OBJECT: &str = "arn:aws:s3:::cms-production-site-111122223333/site/index.html";
const DISTRIBUTION: &str = "arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE";
const CACHE_POLICY: &str = "arn:aws:cloudfront::111122223333:cache-policy/12345678";
const REQUEST_POLICY: &str = "arn:aws:cloudfront::111122223333:origin-request-policy/12345678";
const HEADERS_POLICY: &str = "arn:aws:cloudfront::111122223333:response-headers-policy/12345678";

#[rustfmt::skip]
const CALLS: &[Call] = &[
    Call("create_change_set", "cloudformation:CreateChangeSet cloudformation:TagResource", STACK),
    Call("delete_change_set", "cloudformation:DeleteChangeSet", STACK),
    Call("delete_stack", "cloudformation:DeleteStack", STACK),
    Call("describe_change_set", "cloudformation:DescribeChangeSet", STACK),
    Call("describe_events", "cloudformation:DescribeEvents", STACK),
    Call("describe_stack_events", "cloudformation:DescribeStackEvents", STACK),
    Call("describe_stacks", "cloudformation:DescribeStacks", STACK),
    Call("execute_change_set", "cloudformation:ExecuteChangeSet", STACK),
    Call("get_template", "cloudformation:GetTemplate", STACK),
    Call("list_stack_resources", "cloudformation:ListStackResources", STACK),
    Call("create_invalidation", "cloudfront:CreateInvalidation", DISTRIBUTION),
    Call("update_distribution", "cloudfront:UpdateDistribution", DISTRIBUTION),
    Call("get_cache_policy", "cloudfront:GetCachePolicy", CACHE_POLICY),
    Call("get_distribution", "cloudfront:GetDistribution", DISTRIBUTION),
    Call("get_distribution_config", "cloudfront:GetDistributionConfig", DISTRIBUTION),
    Call("get_invalidation", "cloudfront:GetInvalidation", DISTRIBUTION),
    Call("get_origin_request_policy", "cloudfront:GetOriginRequestPolicy", REQUEST_POLICY),
    Call("get_response_headers_policy", "cloudfront:GetResponseHeadersPolicy", HEADERS_POLICY),
    Call("describe_certificate", "acm:DescribeCertificate", CERTIFICATE),
    Call("describe_log_groups", "logs:DescribeLogGroups", "*"),
    Call("filter_log_events", "logs:FilterLogEvents", LOG),
    Call("describe_user_pool", "cognito-idp:DescribeUserPool", POOL),
    Call("describe_user_pool_client", "cognito-idp:DescribeUserPoolClient", POOL),
    Call("describe_user_pool_domain", "cognito-idp:DescribeUserPoolDomain", "*"),
    Call("list_user_pools", "cognito-idp:ListUserPools", "*"),
    Call("list_groups", "cognito-idp:ListGroups", POOL),
    Call("list_users", "cognito-idp:ListUsers", POOL),
    Call("list_users_in_group", "cognito-idp:ListUsersInGroup", POOL),
    Call("admin_add_user_to_group", "cognito-idp:AdminAddUserToGroup", POOL),
    Call("admin_create_user", "cognito-idp:AdminCreateUser", POOL),
    Call("admin_delete_user", "cognito-idp:AdminDeleteUser", POOL),
    Call("admin_disable_user", "cognito-idp:AdminDisableUser", POOL),
    Call("admin_enable_user", "cognito-idp:AdminEnableUser", POOL),
    Call("admin_get_user", "cognito-idp:AdminGetUser", POOL),
    Call("admin_list_groups_for_user", "cognito-idp:AdminListGroupsForUser", POOL),
    Call("admin_remove_user_from_group", "cognito-idp:AdminRemoveUserFromGroup", POOL),
    Call("admin_user_global_sign_out", "cognito-idp:AdminUserGlobalSignOut", POOL),
    Call("invoke", "lambda:InvokeFunction", MIGRATE),
    Call("list_versions_by_function", "lambda:ListVersionsByFunction", FUNCTION),
    Call("get_parameter", "ssm:GetParameter", PARAMETER),
    Call("put_parameter", "ssm:PutParameter ssm:AddTagsToResource", PARAMETER),
    // Everybody may ask who they are.
    Call("get_caller_identity", "", "*"),
    Call("delete_objects", "s3:DeleteObject s3:DeleteObjectVersion", OBJECT),
    Call("get_object", "s3:GetObject", OBJECT),
    Call("head_object", "s3:GetObject", OBJECT),
    Call("list_object_versions", "s3:ListBucketVersions", BUCKET),
    Call("list_objects_v2", "s3:ListBucket", BUCKET),
    Call("put_object", "s3:PutObject", OBJECT),
];

#[test]
fn the_policy_allows_every_call_that_parapet_makes() {
    let policy = both();
    let made = made();
    for Call(name, actions, resource) in CALLS {
        assert!(made.iter().any(|call| call == name), "nothing calls {name} any more");
        for action in actions.split_whitespace() {
            assert!(allows(&policy, action, resource), "{name}: {action} is not allowed");
        }
    }
}

/// The names of all calls in the sources: those of `parapet`, and those that it shares with the backend. Each is sent once, so that none can be written in a way that is not found.
fn made() -> Vec<String> {
    let call = Regex::new(
        r"(?:\bclient|\.(?:acm|cloudformation|cloudfront|cognito|lambda|logs|s3|ssm|sts)\(\))\s*\.\s*([a-z0-9_]+)\(",
    )
    .unwrap();
    let mut made = Vec::new();
    let folders = ["ops/src/aws", "delivery/src"];
    for file in folders.iter().flat_map(|folder| sources(&tool::root().join(folder))) {
        let source = fs::read_to_string(&file).unwrap();
        let found: Vec<String> = call.captures_iter(&source).map(|found| found[1].to_owned()).collect();
        for name in &found {
            assert!(CALLS.iter().any(|Call(known, ..)| known == name), "{}: {name}", file.display());
        }
        assert_eq!(found.len(), source.matches(".send()").count(), "{}: {found:?}", file.display());
        made.extend(found);
    }
    made
}

#[test]
fn calls_stand_in_one_folder() {
    let folder = tool::root().join("ops/src");
    for file in sources(&folder).iter().filter(|file| !file.starts_with(folder.join("aws"))) {
        let source = fs::read_to_string(file).unwrap();
        assert!(!source.contains(".send()"), "{} calls AWS by itself", file.display());
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}
