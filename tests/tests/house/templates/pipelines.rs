//! What pipelines are given: the policy for files, and the examples of a workflow and of the gate in Terraform.

use std::fs;

use clap::Parser as _;
use ops::cli::Arguments;
use serde_json::Value;

use super::documents::templates;
use super::operator_policy::{allows, filled};
use super::tool;

const OBJECT: &str = "arn:aws:s3:::cms-production-site-111122223333/site/index.html";
const JOURNAL: &str = "arn:aws:s3:::cms-production-site-111122223333/.parapet/journal.json";
const BUCKET: &str = "arn:aws:s3:::cms-production-site-111122223333";
const DISTRIBUTION: &str = "arn:aws:cloudfront::111122223333:distribution/E1EXAMPLE";
const STACK: &str = "arn:aws:cloudformation:eu-west-1:111122223333:stack/cms-production-site/1";

/// What `parapet deploy site --files-only` and `parapet invalidate` ask of AWS.
const CALLS: [(&str, &str); 11] = [
    ("cloudformation:DescribeStacks", STACK),
    ("s3:ListBucket", BUCKET),
    ("s3:GetObject", JOURNAL),
    ("s3:PutObject", JOURNAL),
    ("s3:GetObject", OBJECT),
    ("s3:PutObject", OBJECT),
    ("s3:DeleteObject", OBJECT),
    ("cloudfront:CreateInvalidation", DISTRIBUTION),
    ("cloudfront:GetInvalidation", DISTRIBUTION),
    ("cloudfront:GetDistribution", DISTRIBUTION),
    ("cloudfront:GetDistributionConfig", DISTRIBUTION),
];

/// What changes more than files, or somebody else's.
const REFUSED: [(&str, &str); 9] = [
    ("cloudformation:CreateChangeSet", STACK),
    ("cloudformation:DeleteStack", STACK),
    ("cloudfront:UpdateDistribution", DISTRIBUTION),
    ("s3:PutBucketPolicy", BUCKET),
    ("s3:DeleteObjectVersion", OBJECT),
    ("s3:PutObject", "arn:aws:s3:::cms-production-packages-111122223333/edge-auth/1.zip"),
    ("s3:GetObject", "arn:aws:s3:::cms-production-uploads-111122223333/uploads/1"),
    ("ssm:GetParameter", "arn:aws:ssm:us-east-1:111122223333:parameter/cms/production/sealing-keys"),
    ("iam:PassRole", "arn:aws:iam::111122223333:role/cms-production-edge-auth"),
];

#[test]
fn the_policy_for_files_allows_deploying_them_and_nothing_else() {
    let policy: Value = serde_json::from_str(&filled("files-policy", "cms", "production")).unwrap();
    for (action, resource) in CALLS {
        assert!(allows(&policy, action, resource), "{action} on {resource} is not allowed");
    }
    for (action, resource) in REFUSED {
        assert!(!allows(&policy, action, resource), "{action} on {resource} is allowed");
    }
    let statements = policy["Statement"].as_array().unwrap();
    assert!(statements.iter().all(|statement| statement["Resource"] != "*"), "{policy}");
}

#[test]
fn the_trust_of_the_role_names_one_repository_and_one_audience() {
    let text = fs::read_to_string(tool::root().join("docs/examples/github-role-trust.json")).unwrap();
    let trust: Value = serde_json::from_str(&text).unwrap();
    let equals = &trust["Statement"][0]["Condition"]["StringEquals"];
    assert_eq!(equals["token.actions.githubusercontent.com:aud"], "sts.amazonaws.com");
    let subject = equals["token.actions.githubusercontent.com:sub"].as_str().unwrap();
    assert!(subject.starts_with("repo:") && !subject.contains('*'), "{subject}");
}

/// The workflow is YAML, asks for the token that the role wants, and calls `parapet` with what it knows.
#[test]
fn the_workflow_calls_parapet_as_it_is() {
    let read =
        "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout, default=str)";
    let file = tool::root().join("docs/examples/github-actions.yml");
    let workflow = tool::python(read, &[file], &Value::Null);
    assert_eq!(workflow["permissions"]["id-token"], "write");
    let steps = workflow["jobs"]["deploy"]["steps"].as_array().unwrap();
    let runs: Vec<&str> = steps.iter().filter_map(|step| step["run"].as_str()).collect();
    let command = runs.iter().find_map(|run| run.strip_prefix("parapet ")).unwrap();
    let line = std::iter::once("parapet").chain(command.split(' '));
    Arguments::try_parse_from(line).unwrap();
}

/// The function has the settings of `infra/edge.yaml`, and its package is what `parapet package` makes.
#[test]
fn the_gate_in_terraform_is_the_gate_of_the_template() {
    let file = tool::root().join("docs/examples/terraform/gate.tf");
    let example = tool::terraform(&file);
    let resources = example["resource"].as_array().unwrap();
    let find = |kind: &str| resources.iter().find_map(|resource| resource.get(kind)).unwrap();
    let ours = &find("aws_lambda_function")["gate"];
    let template = &templates()["edge"]["Resources"]["Function"]["Properties"];
    for (name, property) in [
        ("runtime", "Runtime"),
        ("handler", "Handler"),
        ("architectures", "Architectures"),
        ("memory_size", "MemorySize"),
        ("timeout", "Timeout"),
    ] {
        assert_eq!(ours[name][0], template[property], "{name}");
    }
    // CloudFront takes published versions alone, from us-east-1.
    assert_eq!((&ours["publish"][0], &ours["skip_destroy"][0]), (&Value::Bool(true), &Value::Bool(true)));
    assert_eq!(ours["provider"][0], "${aws.edge}");
    assert_eq!(example["provider"][0]["aws"]["region"][0], "us-east-1");
    let trust = find("aws_iam_role")["gate"]["assume_role_policy"].to_string();
    assert!(trust.contains("edgelambda.amazonaws.com"), "{trust}");
    let text = fs::read_to_string(&file).unwrap();
    let said: String =
        text.lines().take(4).map(|line| line.trim_start_matches("# ").trim_end_matches('\\')).collect();
    let command = said.split_once("parapet ").map(|(_, command)| command).unwrap();
    Arguments::try_parse_from(std::iter::once("parapet").chain(command.split_whitespace())).unwrap();
}
