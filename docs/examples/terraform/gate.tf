# The gate as a Lambda@Edge function, for a distribution that Terraform keeps. The package is made before:
#
#   parapet package --binary dist/edge-auth/edge-auth --handler edge-auth/package/index.py \
#     --config edge-auth.json --out edge-auth.zip
#
# The same inputs are the same bytes, so that nothing is planned where nothing has changed. The settings are those of
# infra/edge.yaml, which a test of this project compares.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

# Lambda@Edge functions are made in us-east-1, from where they are copied to where viewers are.
provider "aws" {
  alias  = "edge"
  region = "us-east-1"
}

variable "name" {
  description = "The first part of the function's name, such as cms-production."
  type        = string
}

variable "package" {
  description = "The package that parapet package has made."
  type        = string
  default     = "edge-auth.zip"
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

resource "aws_iam_role" "gate" {
  name = "${var.name}-edge-auth"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = ["lambda.amazonaws.com", "edgelambda.amazonaws.com"] }
    }]
  })
}

# It writes its log wherever it runs. Groups are made by you, in each region with an edge cache, so that lines do not stay for ever.
resource "aws_iam_role_policy" "log" {
  name = "log"
  role = aws_iam_role.gate.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "arn:${data.aws_partition.current.partition}:logs:*:${data.aws_caller_identity.current.account_id}:log-group:/aws/lambda/us-east-1.${var.name}-edge-auth:*"
    }]
  })
}

resource "aws_lambda_function" "gate" {
  provider         = aws.edge
  function_name    = "${var.name}-edge-auth"
  description      = "The gate: decides every viewer request."
  role             = aws_iam_role.gate.arn
  filename         = var.package
  source_code_hash = filebase64sha256(var.package)
  runtime          = "python3.13"
  handler          = "index.handler"
  architectures    = ["x86_64"]
  memory_size      = 128
  timeout          = 5
  publish          = true
  # Copies at the edge forbid to delete a version for some hours after it was last used.
  skip_destroy = true
}

# For every behavior of the distribution: lambda_function_association { event_type = "viewer-request" ... }; and for those of the
# site's bucket "origin-response" as well, by which missing pages and redirects are answered.
output "function_version_arn" {
  description = "What the distribution's behaviors are associated with."
  value       = aws_lambda_function.gate.qualified_arn
}

output "associations" {
  description = "The event types of the bucket's behaviors; the API's have the first alone."
  value       = ["viewer-request", "origin-response"]
}
