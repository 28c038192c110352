"""What Lambda@Edge asks of a function, and CloudFront of an association, beyond what CloudFormation checks.

cfn-lint -a infra/rules loads this file. A template that breaks one of these rules is accepted by CloudFormation, and
fails only when the distribution is updated, or in front of the viewers.
https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
"""

import re

from cfnlint.rules import CloudFormationLintRule, RuleMatch

SOURCE = "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html"

# The managed runtimes that Lambda@Edge runs and that Lambda still maintains.
RUNTIMES = ("nodejs22.x", "nodejs24.x", "python3.12", "python3.13", "python3.14")

# Five seconds and 128 MB are what Lambda@Edge has always granted at viewer requests; higher limits are younger.
MAX_TIMEOUT = 5
MAX_MEMORY = 128

# Properties of a function that Lambda@Edge does not offer at all.
ABSENT = {
    "DeadLetterConfig": "dead letter queues",
    "Environment": "environment variables",
    "EphemeralStorage": "ephemeral storage of another size",
    "FileSystemConfigs": "file systems",
    "ImageConfig": "container images",
    "KmsKeyArn": "keys of your own",
    "Layers": "layers",
    "ReservedConcurrentExecutions": "reserved concurrency",
    "SnapStart": "SnapStart",
    "TracingConfig": "X-Ray",
    "VpcConfig": "VPCs",
}

# The service that replicates the function, and the one that runs it.
TRUSTED = ("edgelambda.amazonaws.com", "lambda.amazonaws.com")

NUMBERED_VERSION = re.compile(r"^arn:aws:lambda:us-east-1:[0-9]{12}:function:[A-Za-z0-9_-]+:[0-9]+$")


class AbsentFeature(CloudFormationLintRule):
    id = "E9101"
    shortdesc = "Lambda@Edge does not offer it"
    description = "A function at the edge has no environment variables, layers, VPC and so on"
    source_url = SOURCE
    tags = ["resources", "lambda", "cloudfront"]

    def match(self, cfn):
        for name, properties in edge_functions(cfn):
            for key, feature in ABSENT.items():
                if key in properties:
                    yield RuleMatch(path_to(name, key), f"Lambda@Edge does not offer {feature} ({key})")
            package = properties.get("PackageType", "Zip")
            if package != "Zip" or "ImageUri" in (properties.get("Code") or {}):
                yield RuleMatch(path_to(name, "Code"), "Lambda@Edge does not offer container images (PackageType)")
        for name, version in cfn.get_resources(["AWS::Lambda::Version", "AWS::Lambda::Alias"]).items():
            if "ProvisionedConcurrencyConfig" in version.get("Properties", {}) and belongs_to_edge(cfn, version):
                path = path_to(name, "ProvisionedConcurrencyConfig")
                yield RuleMatch(path, "Lambda@Edge does not offer provisioned concurrency (ProvisionedConcurrencyConfig)")


class Runtime(CloudFormationLintRule):
    id = "E9102"
    shortdesc = "Lambda@Edge runs Node.js and Python on x86_64"
    description = "A function at the edge has one of the managed runtimes for Node.js and Python, and runs on x86_64"
    source_url = SOURCE
    tags = ["resources", "lambda", "cloudfront"]

    def match(self, cfn):
        for name, properties in edge_functions(cfn):
            runtime = properties.get("Runtime")
            if runtime not in RUNTIMES:
                message = f"Runtime is {runtime}, expected one that Lambda@Edge runs: {', '.join(RUNTIMES)}"
                yield RuleMatch(path_to(name, "Runtime"), message)
            architectures = properties.get("Architectures", ["x86_64"])
            if architectures != ["x86_64"]:
                message = f"Architectures is {architectures}, expected [x86_64]: Lambda@Edge runs on nothing else"
                yield RuleMatch(path_to(name, "Architectures"), message)


class Limits(CloudFormationLintRule):
    id = "E9103"
    shortdesc = "Time and memory of a viewer request"
    description = f"A function at the edge has {MAX_TIMEOUT} seconds and {MAX_MEMORY} MB"
    source_url = SOURCE
    tags = ["resources", "lambda", "cloudfront"]

    def match(self, cfn):
        for name, properties in edge_functions(cfn):
            for key, default, most, unit in (("Timeout", 3, MAX_TIMEOUT, "s"), ("MemorySize", 128, MAX_MEMORY, "MB")):
                value = properties.get(key, default)
                if not isinstance(value, int) or value > most:
                    message = f"{key} is {value}, expected a number of at most {most} {unit}"
                    yield RuleMatch(path_to(name, key), message)


class RoleTrust(CloudFormationLintRule):
    id = "E9104"
    shortdesc = "The role of a function at the edge"
    description = "The role is in the template and trusts lambda.amazonaws.com and edgelambda.amazonaws.com alone"
    source_url = SOURCE
    tags = ["resources", "iam", "cloudfront"]

    def match(self, cfn):
        for name, properties in edge_functions(cfn):
            role = role_of(cfn, properties)
            if role is None:
                yield RuleMatch(path_to(name, "Role"), "Role is not of this template, expected one whose trust can be seen")
                continue
            trusted = tuple(sorted(trusted_by(role)))
            if trusted != TRUSTED:
                message = f"the role is trusted by {', '.join(trusted)}, expected {' and '.join(TRUSTED)} alone"
                yield RuleMatch(path_to(name, "Role"), message)


class PublishedVersion(CloudFormationLintRule):
    id = "E9105"
    shortdesc = "A version of a function at the edge"
    description = "A version is bound to its package's hash, and stays for rollbacks and for the replicas that run"
    source_url = SOURCE
    tags = ["resources", "lambda", "cloudfront"]

    def match(self, cfn):
        for name, version in cfn.get_resources(["AWS::Lambda::Version"]).items():
            if not belongs_to_edge(cfn, version):
                continue
            if "CodeSha256" not in version.get("Properties", {}):
                message = "CodeSha256 is missing: another package would not publish another version"
                yield RuleMatch(path_to(name), message)
            for key in ("DeletionPolicy", "UpdateReplacePolicy"):
                if version.get(key) != "Retain":
                    message = f"{key} is {version.get(key)}, expected Retain: replicas forbid deletion for hours"
                    yield RuleMatch(["Resources", name], message)


class Association(CloudFormationLintRule):
    id = "E9106"
    shortdesc = "The association of a function with a cache behavior"
    description = "The gate is associated as a numbered version with viewer requests, without their body, and origin responses"
    source_url = SOURCE
    tags = ["resources", "cloudfront"]

    def match(self, cfn):
        for name, distribution in cfn.get_resources(["AWS::CloudFront::Distribution"]).items():
            for path, association in associations(distribution.get("Properties", {}), path_to(name)):
                for key, problem in problems_of(cfn, association):
                    yield RuleMatch([*path, key] if key in association else path, problem)


def problems_of(cfn, association):
    event = association.get("EventType")
    if event not in ("viewer-request", "origin-response"):
        expected = "expected viewer-request, before the cache decides, or origin-response, before it keeps anything"
        yield "EventType", f"EventType is {event}, {expected}"
    if association.get("IncludeBody", False) not in (False, "false"):
        yield "IncludeBody", "IncludeBody is true, expected false: bodies are cut at 40 KB and cost time"
    arn = association.get("LambdaFunctionARN")
    if not is_numbered_version(cfn, arn):
        message = f"LambdaFunctionARN is {arn}, expected a numbered version: no function, alias or $LATEST"
        yield "LambdaFunctionARN", message


def is_numbered_version(cfn, arn):
    """Whether it is seen to be one, whatever the parameters are."""
    if isinstance(arn, str):
        return NUMBERED_VERSION.match(arn) is not None
    name = arn.get("Ref") if isinstance(arn, dict) else None
    if name in cfn.template.get("Parameters", {}):
        # With these alternatives taken away nothing but a numbered version may be left.
        pattern = cfn.template["Parameters"][name].get("AllowedPattern", "")
        return pattern.removeprefix("|").startswith("arn:aws:lambda:us-east-1:") and pattern.endswith(":[0-9]+")
    return cfn.template.get("Resources", {}).get(name, {}).get("Type") == "AWS::Lambda::Version"


def associations(node, path):
    """Every association below, through whatever conditions stand between."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "LambdaFunctionAssociations":
                yield from maps_below(value, [*path, key])
            else:
                yield from associations(value, [*path, key])
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from associations(value, [*path, index])


def maps_below(node, path):
    if isinstance(node, dict) and "Fn::If" not in node:
        if node.get("Ref") != "AWS::NoValue":
            yield path, node
    elif isinstance(node, (dict, list)):
        for key, value in node.items() if isinstance(node, dict) else enumerate(node):
            yield from maps_below(value, [*path, key])


def edge_functions(cfn):
    """The functions that run at the edge: by their role, their name, or because a distribution here asks them."""
    for name, function in cfn.get_resources(["AWS::Lambda::Function"]).items():
        if is_at_edge(cfn, name, function):
            yield name, function.get("Properties", {})


def is_at_edge(cfn, name, function):
    properties = function.get("Properties", {})
    role = role_of(cfn, properties)
    named = str(properties.get("FunctionName", "")).find("edge-auth") >= 0
    trusted = role is not None and "edgelambda.amazonaws.com" in trusted_by(role)
    return named or trusted or name in asked_functions(cfn)


def asked_functions(cfn):
    resources = cfn.template.get("Resources", {})
    for distribution in cfn.get_resources(["AWS::CloudFront::Distribution"]).values():
        for _, association in associations(distribution.get("Properties", {}), []):
            arn = association.get("LambdaFunctionARN")
            asked = referred(arn)
            yield asked
            yield referred(resources.get(asked, {}).get("Properties", {}).get("FunctionName"))


def belongs_to_edge(cfn, version):
    name = referred(version.get("Properties", {}).get("FunctionName"))
    function = cfn.template.get("Resources", {}).get(name)
    return function is not None and is_at_edge(cfn, name, function)


def role_of(cfn, properties):
    role = cfn.template.get("Resources", {}).get(referred(properties.get("Role")), {})
    return role if role.get("Type") == "AWS::IAM::Role" else None


def trusted_by(role):
    statements = role.get("Properties", {}).get("AssumeRolePolicyDocument", {}).get("Statement", [])
    for statement in statements if isinstance(statements, list) else [statements]:
        principal = statement.get("Principal", {})
        if not isinstance(principal, dict):
            yield str(principal)
            continue
        for value in principal.values():
            yield from value if isinstance(value, list) else [str(value)]


def referred(value):
    """The logical id that a Ref or GetAtt leads to."""
    if not isinstance(value, dict):
        return None
    target = value.get("Fn::GetAtt", value.get("Ref"))
    if isinstance(target, list):
        return target[0]
    return target.split(".")[0] if isinstance(target, str) else None


def path_to(name, *keys):
    return ["Resources", name, "Properties", *keys]
