"""The scheme that all templates follow: names, tags, and a description for whatever people fill in or read.

cfn-lint -a infra/rules loads this file. The scheme itself is told in infra/README.md; the operator's policy is scoped by
the names, and costs are told apart by the tags.
"""

from cfnlint.rules import CloudFormationLintRule, RuleMatch

TAGS = {"parapet:name": {"Ref": "Name"}, "parapet:stage": {"Ref": "Stage"}}

PATTERNS = {"Name": "[a-z][a-z0-9-]{0,19}", "Stage": "[a-z][a-z0-9-]{0,11}"}

# Where a resource says its name, for the kinds whose names are in the operator's policy or collide in an account.
NAMES = {
    "AWS::CloudFront::OriginAccessControl": ("OriginAccessControlConfig", "Name"),
    "AWS::CloudFront::ResponseHeadersPolicy": ("ResponseHeadersPolicyConfig", "Name"),
    "AWS::CloudWatch::Alarm": ("AlarmName",),
    "AWS::CloudWatch::Dashboard": ("DashboardName",),
    "AWS::Cognito::UserPool": ("UserPoolName",),
    "AWS::Cognito::UserPoolClient": ("ClientName",),
    "AWS::DynamoDB::Table": ("TableName",),
    "AWS::IAM::Role": ("RoleName",),
    "AWS::Lambda::Function": ("FunctionName",),
    "AWS::Logs::MetricFilter": ("FilterName",),
    "AWS::S3::Bucket": ("BucketName",),
    "AWS::SNS::Topic": ("TopicName",),
    "AWS::SQS::Queue": ("QueueName",),
    "AWS::Scheduler::Schedule": ("Name",),
}

# Kinds that take tags, with the property that holds them.
TAGGED = {
    "AWS::CertificateManager::Certificate": "Tags",
    "AWS::CloudFront::Distribution": "Tags",
    "AWS::CloudWatch::Alarm": "Tags",
    "AWS::Cognito::UserPool": "UserPoolTags",
    "AWS::DynamoDB::Table": "Tags",
    "AWS::IAM::Role": "Tags",
    "AWS::Lambda::Function": "Tags",
    "AWS::Logs::LogGroup": "Tags",
    "AWS::S3::Bucket": "Tags",
    "AWS::SNS::Topic": "Tags",
    "AWS::SQS::Queue": "Tags",
    "AWS::SSM::Parameter": "Tags",
}

# Kinds that take none, so that a new kind is a decision and not an oversight.
UNTAGGED = (
    "AWS::CloudFront::OriginAccessControl",
    "AWS::CloudFront::ResponseHeadersPolicy",
    "AWS::CloudWatch::Dashboard",
    "AWS::Cognito::ManagedLoginBranding",
    "AWS::Cognito::UserPoolClient",
    "AWS::Cognito::UserPoolDomain",
    "AWS::Cognito::UserPoolGroup",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::Permission",
    "AWS::Lambda::Version",
    "AWS::Logs::MetricFilter",
    "AWS::Route53::RecordSet",
    "AWS::Route53::RecordSetGroup",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::Subscription",
    "AWS::SNS::TopicPolicy",
    "AWS::Scheduler::Schedule",
)


class NameAndStage(CloudFormationLintRule):
    id = "E9201"
    shortdesc = "Every template takes Name and Stage"
    description = "The first two parameters are Name and Stage, with the patterns that every other template has"
    tags = ["parameters"]

    def match(self, cfn):
        parameters = cfn.template.get("Parameters", {})
        if list(parameters)[:2] != list(PATTERNS):
            yield RuleMatch(["Parameters"], "the first two parameters are expected to be Name and Stage")
        for name, pattern in PATTERNS.items():
            found = parameters.get(name, {}).get("AllowedPattern")
            if found != pattern:
                yield RuleMatch(["Parameters"], f"AllowedPattern of {name} is {found}, expected {pattern}")


class Described(CloudFormationLintRule):
    id = "E9202"
    shortdesc = "Everything that people meet is described"
    description = "The template, every parameter and every output have a description that ends as a sentence"
    tags = ["parameters", "outputs"]

    def match(self, cfn):
        if not is_sentence(cfn.template.get("Description")):
            yield RuleMatch(["AWSTemplateFormatVersion"], "Description of the template is missing or no sentence")
        for section in ("Parameters", "Outputs"):
            for name, entry in cfn.template.get(section, {}).items():
                if not is_sentence(entry.get("Description")):
                    yield RuleMatch([section, name], f"Description of {name} is missing or no sentence")


class PatternExplained(CloudFormationLintRule):
    id = "E9203"
    shortdesc = "A pattern says what is expected"
    description = "A parameter with an AllowedPattern has a ConstraintDescription, which CloudFormation shows instead"
    tags = ["parameters"]

    def match(self, cfn):
        for name, parameter in cfn.template.get("Parameters", {}).items():
            if "AllowedPattern" in parameter and "ConstraintDescription" not in parameter:
                yield RuleMatch(["Parameters", name], f"ConstraintDescription of {name} is missing")


class Named(CloudFormationLintRule):
    id = "E9204"
    shortdesc = "Names begin with the project and the stage"
    description = "A resource that has a name in its account is named ${Name}-${Stage}-…"
    tags = ["resources"]

    def match(self, cfn):
        for name, resource in cfn.template.get("Resources", {}).items():
            keys = NAMES.get(resource.get("Type")) if isinstance(resource, dict) else None
            if keys is None:
                continue
            value = resource.get("Properties", {})
            for key in keys:
                value = value.get(key, {})
            sub = value.get("Fn::Sub", "") if isinstance(value, dict) else ""
            if not (isinstance(sub, str) and f"{sub}-".startswith("${Name}-${Stage}-")):
                message = f"{'.'.join(keys)} is {value or 'missing'}, expected !Sub ${{Name}}-${{Stage}}-…"
                yield RuleMatch(["Resources", name], message)


class Tagged(CloudFormationLintRule):
    id = "E9205"
    shortdesc = "Everything that takes tags has the three of the project"
    description = "parapet:name, parapet:stage and parapet:part, the last the same in the whole template"
    tags = ["resources"]

    def match(self, cfn):
        parts = set()
        for name, resource in cfn.template.get("Resources", {}).items():
            kind = resource.get("Type") if isinstance(resource, dict) else None
            if kind in TAGGED:
                tags = tags_of(resource.get("Properties", {}).get(TAGGED[kind]))
                parts.add(str(tags.pop("parapet:part", None)))
                if tags != TAGS:
                    expected = "parapet:name, parapet:stage and parapet:part"
                    yield RuleMatch(["Resources", name], f"{TAGGED[kind]} are {tags}, expected {expected}")
            elif kind is not None and kind not in UNTAGGED:
                yield RuleMatch(["Resources", name], f"{kind} is listed neither as tagged nor as untagged in the scheme")
        if len(parts) > 1 or "None" in parts:
            yield RuleMatch(["Resources"], f"parapet:part is {', '.join(sorted(parts))}, expected one in the whole template")


def is_sentence(text):
    return isinstance(text, str) and text.strip().endswith(".")


def tags_of(tags):
    if isinstance(tags, list):
        return {tag.get("Key"): tag.get("Value") for tag in tags}
    return dict(tags or {})
