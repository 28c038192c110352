//! cfn-lint finds nothing in the templates; and each of the project's own rules finds a template that breaks it. Such
//! a template is one of ours with one place changed, so that a rule that no longer looks at ours is noticed too.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use super::tool;

/// A template with one place changed, the rule that must find it, and what it must say.
struct Bad {
    part: &'static str,
    from: &'static str,
    to: &'static str,
    rule: &'static str,
    says: &'static str,
}

const fn bad(
    part: &'static str,
    from: &'static str,
    to: &'static str,
    rule: &'static str,
    says: &'static str,
) -> Bad {
    Bad { part, from, to, rule, says }
}

/// A place between two properties of the function.
const FUNCTION: &str = "      PackageType: Zip\n";
const VERSION: &str = "      CodeSha256: !Ref PackageSha256\n";
const GATE: &str = "LambdaFunctionARN: !Ref FunctionVersionArn";

#[rustfmt::skip]
const BAD: &[Bad] = &[
    bad("edge", FUNCTION, "      Environment: {Variables: {LEVEL: info}}\n", "E9101", "environment variables"),
    bad("edge", FUNCTION, "      Layers: ['arn:aws:lambda:us-east-1:111122223333:layer:a:1']\n", "E9101", "layers"),
    bad("edge", FUNCTION, "      VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}\n", "E9101", "VPCs"),
    bad("edge", FUNCTION, "      DeadLetterConfig: {TargetArn: 'arn:aws:sqs:us-east-1:111122223333:a'}\n", "E9101", "dead letter"),
    bad("edge", FUNCTION, "      TracingConfig: {Mode: Active}\n", "E9101", "X-Ray"),
    bad("edge", FUNCTION, "      EphemeralStorage: {Size: 1024}\n", "E9101", "ephemeral storage"),
    bad("edge", FUNCTION, "      KmsKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/a'\n", "E9101", "keys of your own"),
    bad("edge", FUNCTION, "      FileSystemConfigs: [{Arn: a, LocalMountPath: /mnt/a}]\n", "E9101", "file systems"),
    bad("edge", FUNCTION, "      SnapStart: {ApplyOn: PublishedVersions}\n", "E9101", "SnapStart"),
    bad("edge", FUNCTION, "      ReservedConcurrentExecutions: 10\n", "E9101", "reserved concurrency"),
    bad("edge", FUNCTION, "      ImageConfig: {Command: [a]}\n", "E9101", "container images"),
    bad("edge", "PackageType: Zip", "PackageType: Image", "E9101", "container images (PackageType)"),
    bad("edge", VERSION, "      CodeSha256: a\n      ProvisionedConcurrencyConfig: {ProvisionedConcurrentExecutions: 1}\n", "E9101", "provisioned concurrency"),
    bad("edge", "Runtime: python3.13", "Runtime: provided.al2023", "E9102", "provided.al2023"),
    bad("edge", "Runtime: python3.13", "Runtime: java21", "E9102", "java21"),
    bad("edge", "Runtime: python3.13", "Runtime: nodejs18.x", "E9102", "nodejs18.x"),
    bad("edge", "      Runtime: python3.13\n", "", "E9102", "Runtime is None"),
    bad("edge", "[x86_64]", "[arm64]", "E9102", "arm64"),
    bad("edge", "Timeout: 5", "Timeout: 6", "E9103", "Timeout is 6"),
    bad("edge", "Timeout: 5", "Timeout: 31", "E9103", "Timeout is 31"),
    bad("edge", "MemorySize: 128", "MemorySize: 256", "E9103", "MemorySize is 256"),
    bad("edge", "                - edgelambda.amazonaws.com\n", "", "E9104", "trusted by lambda.amazonaws.com"),
    bad("edge", "                - lambda.amazonaws.com\n", "", "E9104", "trusted by edgelambda.amazonaws.com"),
    bad("edge", "                - lambda.amazonaws.com\n", "                - lambda.amazonaws.com\n                - ec2.amazonaws.com\n", "E9104", "ec2.amazonaws.com"),
    bad("edge", "Role: !GetAtt Role.Arn", "Role: arn:aws:iam::111122223333:role/other", "E9104", "not of this template"),
    bad("edge", VERSION, "", "E9105", "CodeSha256 is missing"),
    bad("edge", "    Type: AWS::Lambda::Version\n    DeletionPolicy: Retain\n", "    Type: AWS::Lambda::Version\n", "E9105", "DeletionPolicy is None"),
    bad("edge", "    UpdateReplacePolicy: Retain\n    Properties:\n      FunctionName: !Ref Function\n", "    UpdateReplacePolicy: Delete\n    Properties:\n      FunctionName: !Ref Function\n", "E9105", "UpdateReplacePolicy is Delete"),
    bad("site", GATE, "LambdaFunctionARN: arn:aws:lambda:us-east-1:111122223333:function:a", "E9106", "numbered version"),
    bad("site", GATE, "LambdaFunctionARN: arn:aws:lambda:us-east-1:111122223333:function:a:$LATEST", "E9106", "numbered version"),
    bad("site", GATE, "LambdaFunctionARN: arn:aws:lambda:us-east-1:111122223333:function:a:live", "E9106", "numbered version"),
    bad("site", GATE, "LambdaFunctionARN: arn:aws:lambda:eu-west-1:111122223333:function:a:1", "E9106", "numbered version"),
    bad("site", GATE, "LambdaFunctionARN: !GetAtt SiteBucket.Arn", "E9106", "numbered version"),
    bad("site", ":function:[A-Za-z0-9_-]+:[0-9]+'", ":function:[A-Za-z0-9_-]+'", "E9106", "numbered version"),
    bad("site", "EventType: viewer-request", "EventType: origin-request", "E9106", "EventType is origin-request"),
    bad("site", "EventType: viewer-request", "EventType: viewer-response", "E9106", "EventType is viewer-response"),
    bad("site", "IncludeBody: false", "IncludeBody: true", "E9106", "IncludeBody is true"),
    bad("watch", "[a-z][a-z0-9-]{0,19}", "[a-z]+", "E9201", "AllowedPattern of Name"),
    bad("watch", "  Stage:\n", "  Level:\n", "E9201", "expected to be Name and Stage"),
    bad("packages", "    Description: The bucket that packages are put into.\n", "", "E9202", "PackagesBucketName"),
    bad("packages", "    Description: The project's name, the first part of every resource's name.\n", "", "E9202", "Description of Name"),
    bad("certificate", "names.", "names", "E9202", "the template"),
    bad("certificate", "    ConstraintDescription: a host name such as cms.example.com\n", "", "E9203", "ConstraintDescription of DomainName"),
    bad("packages", "BucketName: !Sub ${Name}-${Stage}-packages", "BucketName: !Sub ${Name}-packages", "E9204", "BucketName is"),
    bad("edge", "      RoleName: !Sub ${Name}-${Stage}-edge-auth\n", "", "E9204", "RoleName is missing"),
    bad("edge-region", "      AlarmName: !Sub ${Name}-${Stage}-faults\n", "      AlarmName: faults\n", "E9204", "AlarmName is faults"),
    bad("edge", "        - Key: parapet:stage\n          Value: !Ref Stage\n", "", "E9205", "Tags are"),
    bad("identity", "        parapet:name: !Ref Name\n", "        parapet:name: cms\n", "E9205", "UserPoolTags are"),
    bad("edge", "          Value: edge\n", "          Value: site\n", "E9205", "parapet:part is edge, site"),
    bad("watch", "        - Key: parapet:part\n          Value: watch\n      DashboardBody", "      DashboardBody", "E9205", "parapet:part is None"),
    bad("network", "          Value: !Ref Stage\n", "          Value: production\n", "E9205", "Tags are"),
    bad("backend", "        parapet:part: backend\n", "", "E9205", "parapet:part is None"),
    bad("data", "DBInstanceIdentifier: !Sub ${Name}-${Stage}-database", "DBInstanceIdentifier: database", "E9204", "DBInstanceIdentifier is database"),
    bad("site", "DeletionPolicy: Retain # in production", "DeletionPolicy: !If [Production, Retain, Delete]", "E9206", "expected Retain or Delete"),
    bad("edge", "    DeletionPolicy: Retain\n    UpdateReplacePolicy: Retain\n    Properties:\n      RoleName", "    DeletionPolicy: RetainExceptOnCreate\n    UpdateReplacePolicy: Retain\n    Properties:\n      RoleName", "E9206", "is RetainExceptOnCreate"),
    bad("packages", "Description: >-\n", "Transform: AWS::LanguageExtensions\nDescription: >-\n", "E9206", "needs a Transform"),
];

/// What is as good as what stands there, and must not be found.
#[rustfmt::skip]
const GOOD: &[(&str, &str, &str)] = &[
    ("edge", "Runtime: python3.13", "Runtime: nodejs24.x"),
    ("edge", "Timeout: 5", "Timeout: 3"),
    ("site", GATE, "LambdaFunctionARN: arn:aws:lambda:us-east-1:111122223333:function:a:1"),
];

#[test]
fn cfn_lint_finds_nothing() {
    let findings = tool::cfn_lint(&tool::template_files(), false);
    assert!(findings.is_empty(), "{findings:#?}");
}

#[test]
fn each_own_rule_finds_what_it_is_there_for() {
    let folder = TempDir::new().unwrap();
    let files: Vec<PathBuf> = BAD.iter().map(|bad| changed(&folder, bad.part, bad.from, bad.to)).collect();
    let findings = tool::cfn_lint(&files, true);
    for (file, bad) in files.iter().zip(BAD) {
        let found: Vec<(&str, &str)> = of_file(&findings, file).collect();
        let rules: BTreeSet<&str> = found.iter().map(|(rule, _)| *rule).collect();
        let said = found.iter().any(|(_, message)| message.contains(bad.says));
        let (part, to) = (bad.part, bad.to);
        assert!(rules == BTreeSet::from([bad.rule]) && said, "{part} with {to:?}: {found:?}");
    }
}

#[test]
fn own_rules_do_not_find_what_is_good() {
    let folder = TempDir::new().unwrap();
    let files: Vec<PathBuf> = GOOD.iter().map(|(part, from, to)| changed(&folder, part, from, to)).collect();
    let findings = tool::cfn_lint(&files, true);
    assert!(findings.is_empty(), "{findings:#?}");
}

#[test]
fn each_own_rule_has_a_template_that_breaks_it() {
    let mut rules = BTreeSet::new();
    for file in fs::read_dir(tool::root().join("infra/rules")).unwrap() {
        let path = file.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "py") {
            let text = fs::read_to_string(path).unwrap();
            rules.extend(text.lines().filter_map(|line| {
                line.trim().strip_prefix("id = \"")?.strip_suffix('"').map(ToOwned::to_owned)
            }));
        }
    }
    let broken: BTreeSet<String> = BAD.iter().map(|bad| bad.rule.to_owned()).collect();
    assert_eq!(rules, broken);
}

/// A copy of a template with the first such place changed.
fn changed(folder: &TempDir, part: &str, from: &str, to: &str) -> PathBuf {
    let text = fs::read_to_string(tool::root().join(format!("infra/{part}.yaml"))).unwrap();
    assert!(text.contains(from), "{part} has no {from:?} any more: change this test with it");
    let count = fs::read_dir(folder.path()).unwrap().count();
    let path = folder.path().join(format!("{count}-{part}.yaml"));
    fs::write(&path, text.replacen(from, to, 1)).unwrap();
    path
}

fn of_file<'f>(findings: &'f [Value], file: &Path) -> impl Iterator<Item = (&'f str, &'f str)> {
    findings
        .iter()
        .filter(move |finding| finding["Filename"].as_str() == file.to_str())
        .map(|finding| (finding["Rule"]["Id"].as_str().unwrap(), finding["Message"].as_str().unwrap()))
}
