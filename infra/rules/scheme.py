"""The scheme that all templates follow: names, tags, and a description for whatever people fill in or read.

cfn-lint -a infra/rules loads this file. The scheme itself is told in infra/README.md; the operator's policy is scoped by
the names, and costs are told apart by the tags.
"""

from pathlib import Path

from cfnlint.rules import CloudFormationLintRule, RuleMatch
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER, ResourceNotFoundError

# Where the registry's schemas are complete, which say whether a kind takes tags and in which property.
REGION = "us-east-1"

TAGS = {"parapet:name": {"Ref": "Name"}, "parapet:stage": {"Ref": "Stage"}}

PATTERNS = {"Name": "[a-z][a-z0-9-]{0,19}", "Stage": "[a-z][a-z0-9-]{0,11}"}

# Where a resource says its name, for the kinds whose names are in the operator's policy or collide in an account.
NAMES = {
    "AWS::ApiGatewayV2::Api": ("Name",),
    "AWS::ApiGatewayV2::Authorizer": ("Name",),
    "AWS::CloudFront::OriginAccessControl": ("OriginAccessControlConfig", "Name"),
    "AWS::CloudFront::ResponseHeadersPolicy": ("ResponseHeadersPolicyConfig", "Name"),
    "AWS::CloudWatch::Alarm": ("AlarmName",),
    "AWS::CloudWatch::Dashboard": ("DashboardName",),
    "AWS::Cognito::UserPool": ("UserPoolName",),
    "AWS::Cognito::UserPoolClient": ("ClientName",),
    "AWS::DynamoDB::Table": ("TableName",),
    "AWS::EC2::SecurityGroup": ("GroupName",),
    "AWS::IAM::Role": ("RoleName",),
    "AWS::Lambda::Function": ("FunctionName",),
    "AWS::Logs::MetricFilter": ("FilterName",),
    "AWS::RDS::DBInstance": ("DBInstanceIdentifier",),
    "AWS::RDS::DBParameterGroup": ("DBParameterGroupName",),
    "AWS::RDS::DBSubnetGroup": ("DBSubnetGroupName",),
    "AWS::S3::Bucket": ("BucketName",),
    "AWS::SNS::Topic": ("TopicName",),
    "AWS::SQS::Queue": ("QueueName",),
    "AWS::Scheduler::Schedule": ("Name",),
}

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
        for name, resource in each_resource(cfn):
            place = place_of_tags(resource.get("Type"))
            if place is None:
                continue
            tags = tags_of(resource.get("Properties", {}).get(place))
            parts.add(str(tags.pop("parapet:part", None)))
            if tags != TAGS:
                expected = "parapet:name, parapet:stage and parapet:part"
                yield RuleMatch(["Resources", name], f"{place} are {tags}, expected {expected}")
        if len(parts) > 1 or "None" in parts:
            yield RuleMatch(["Resources"], f"parapet:part is {', '.join(sorted(parts))}, expected one in the whole template")


class Literal(CloudFormationLintRule):
    id = "E9206"
    shortdesc = "What becomes of a resource is written out"
    description = "DeletionPolicy and UpdateReplacePolicy are Retain or Delete, and only a loop needs a transform"
    tags = ["resources"]

    # CloudFormation has refused functions, and RetainExceptOnCreate from one, under AWS::LanguageExtensions. parapet
    # writes Delete in the place of "Retain # in production", and asks for RetainExceptOnCreate with the change set.
    def match(self, cfn):
        for name, resource in each_resource(cfn):
            for attribute in ("DeletionPolicy", "UpdateReplacePolicy"):
                if resource.get(attribute, "Delete") not in ("Delete", "Retain"):
                    message = f"{attribute} is {resource[attribute]}, expected Retain or Delete"
                    yield RuleMatch(["Resources", name, attribute], message)
        # By now cfn-lint has done the transform itself; the file still has its loops.
        if "Transform" in cfn.template and "Fn::ForEach::" not in Path(cfn.filename).read_text():
            yield RuleMatch(["Transform"], "nothing in the template needs a Transform")


def each_resource(cfn):
    for name, resource in cfn.template.get("Resources", {}).items():
        if isinstance(resource, dict):
            yield name, resource


def place_of_tags(kind):
    """The property with the tags, by the schema of CloudFormation's registry; None for kinds that take none."""
    try:
        tagging = PROVIDER_SCHEMA_MANAGER.get_resource_schema(REGION, kind).schema.get("tagging", {})
    except ResourceNotFoundError:
        return None
    return tagging["tagProperty"].rsplit("/", 1)[-1] if tagging.get("taggable") else None


def is_sentence(text):
    return isinstance(text, str) and text.strip().endswith(".")


def tags_of(tags):
    if isinstance(tags, list):
        return {tag.get("Key"): tag.get("Value") for tag in tags}
    return dict(tags or {})
