//! AWS regions, as far as they matter here.

/// Where functions, certificates and packages for CloudFront have to be.
pub const CLOUDFRONT: &str = "us-east-1";

/// The regions in which Lambda@Edge runs functions and writes their logs: those of CloudFront's regional edge caches.
pub const LAMBDA_AT_EDGE: [&str; 13] = [
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
    "ap-south-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "sa-east-1",
];
