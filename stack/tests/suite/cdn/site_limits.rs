//! What the template may not say, or not be given.

use std::collections::BTreeMap;

use stack::{
    cdn::UNREAD,
    local::{Site, SiteError},
    template::{Inputs, Template},
};

use crate::cdn::site::{changed, with};

/// Why a copy of the template is refused, with every cause.
fn refusal(template: &str, inputs: &Inputs) -> String {
    let error = Site::read(template, inputs).unwrap_err();
    let mut text = error.to_string();
    let mut cause: Option<&dyn std::error::Error> = std::error::Error::source(&error);
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

#[test]
fn what_the_local_stack_cannot_do_is_refused_by_name() {
    for (from, to, named) in [
        (
            "          Compress: true\n          # The gate",
            "          SmoothStreaming: true\n          # The gate",
            "SmoothStreaming",
        ),
        (
            "            OriginPath:",
            "            OriginShield: {Enabled: true}\n            OriginPath:",
            "OriginShield",
        ),
        (
            "                OriginSSLProtocols",
            "                OriginReadTimeout: 60\n                OriginSSLProtocols",
            "OriginReadTimeout",
        ),
        ("        HttpVersion:", "        Staging: true\n        HttpVersion:", "Staging"),
        (
            "            AccessControlMaxAgeSec",
            "            Preloaded: true\n            AccessControlMaxAgeSec",
            "Preloaded",
        ),
        (
            "        SecurityHeadersConfig:",
            "        CorsConfig: {}\n        SecurityHeadersConfig:",
            "CorsConfig",
        ),
        ("SigningBehavior: always", "SigningBehavior: never", "sign always"),
        ("            OriginAccessControlId: !Ref SiteAccessControl\n", "", "origin access control"),
        (
            "OriginAccessIdentity: ''",
            "OriginAccessIdentity: origin-access-identity/cloudfront/E1",
            "origin access control",
        ),
        ("Action: s3:GetObject", "Action: s3:PutObject", "DistributionReadsSite"),
        ("Service: cloudfront.amazonaws.com", "Service: logs.amazonaws.com", "DistributionReadsSite"),
        ("aws:SecureTransport: 'false'", "aws:SecureTransport: 'true'", "NothingInClearText"),
        (
            "Type: AWS::CloudFront::OriginAccessControl",
            "Type: AWS::CloudFront::KeyGroup",
            "AWS::CloudFront::KeyGroup",
        ),
        ("!Ref SiteAccessControl", "!Ref SiteAccess", "SiteAccess"),
        ("CachingOptimized]", "CachingForever]", "CachingForever"),
        ("Value: !Ref Distribution", "Value: !GetAtt Distribution.Colour", "Colour"),
    ] {
        let text = refusal(&changed(from, to), &Site::inputs());
        assert!(text.contains(named), "{to}: {text}");
    }
    let web_acl = with(&[("WebAclArn", "arn:aws:wafv2:us-east-1:000000000000:global/webacl/w/1")]);
    assert!(refusal(Site::TEMPLATE, &web_acl).contains("WebACLId"));
}

#[test]
fn parameters_are_held_to_what_the_template_allows() {
    for (name, value) in [
        ("FunctionVersionArn", "arn:aws:lambda:us-east-1:000000000000:function:f"),
        ("FunctionVersionArn", "arn:aws:lambda:us-east-1:000000000000:function:f:$LATEST"),
        ("FunctionVersionArn", "arn:aws:lambda:eu-west-1:000000000000:function:f:1"),
        ("CertificateArn", "arn:aws:acm:eu-west-1:000000000000:certificate/x"),
        ("SitePrefix", ""),
        ("SitePrefix", "/site/"),
        ("SitePrefix", "/.parapet"),
        ("AppPath", "admin/*"),
        ("ApiDomainName", "https://api.example.com"),
        ("PriceClass", "PriceClass_300"),
        ("Name", "Parapet"),
        ("Unknown", "x"),
    ] {
        let error = Site::read(Site::TEMPLATE, &with(&[(name, value)])).unwrap_err();
        assert!(
            matches!(error, SiteError::Template(_)) && error.to_string().contains(name),
            "{name}={value}: {error}"
        );
    }
    let mut nameless = Site::inputs();
    nameless.parameters = BTreeMap::new();
    let error = Site::read(Site::TEMPLATE, &nameless).unwrap_err();
    assert!(error.to_string().contains("Parameters.Name") && error.to_string().contains("Parameters.Stage"));
}

/// Every stage and every choice of an operator evaluates, not only the local one.
#[test]
fn every_choice_evaluates() {
    let template = Template::parse(Site::TEMPLATE).unwrap();
    let choices = [
        ("Stage", vec!["staging", "production"]),
        ("FunctionVersionArn", vec!["", "arn:aws:lambda:us-east-1:000000000000:function:f:7"]),
        ("ApiDomainName", vec!["", "api.example.com"]),
        ("AppPath", vec!["", "/admin/*"]),
        ("ExistingBucketName", vec!["", "a-bucket"]),
        ("PriceClass", vec!["", "PriceClass_200"]),
        ("DomainNames", vec!["", "a.example.com,b.example.com"]),
        ("WebAclArn", vec!["", "arn:aws:wafv2:us-east-1:000000000000:global/webacl/w/1"]),
    ];
    let count: usize = choices.iter().map(|(_, values)| values.len()).product();
    for mut number in 0..count {
        let mut inputs = Site::inputs();
        for (name, values) in &choices {
            let value = values[number % values.len()];
            number /= values.len();
            inputs.parameters.insert((*name).to_owned(), value.to_owned());
        }
        let evaluated = template.evaluate(&inputs).unwrap();
        let config = &evaluated.resources["Distribution"].properties["DistributionConfig"];
        let gate = !inputs.parameters["FunctionVersionArn"].is_empty();
        assert_eq!(config["Enabled"], gate, "{:?}", inputs.parameters);
        let behaviors = config["CacheBehaviors"].as_array().unwrap();
        for behavior in behaviors.iter().chain([&config["DefaultCacheBehavior"]]) {
            let associations = behavior["LambdaFunctionAssociations"].as_array();
            let events: Vec<_> =
                associations.into_iter().flatten().map(|one| one["EventType"].as_str().unwrap()).collect();
            let asked: &[&str] = match (gate, behavior["TargetOriginId"].as_str().unwrap()) {
                (false, _) => &[],
                (true, "api") => &["viewer-request"],
                (true, _) => &["viewer-request", "origin-response"],
            };
            assert_eq!(events, asked, "{behavior} of {:?}", inputs.parameters);
            assert!(
                associations
                    .into_iter()
                    .flatten()
                    .all(|one| one["LambdaFunctionARN"] == inputs.parameters["FunctionVersionArn"].as_str()),
                "{behavior}"
            );
        }
        assert_eq!(evaluated.outputs.len(), 5);
    }
}

#[test]
fn what_is_not_read_has_a_reason_and_stands_in_the_template() {
    for unread in UNREAD {
        assert!(
            Site::TEMPLATE.contains(&format!(" {}:", unread.property)),
            "{} is read nowhere",
            unread.property
        );
        assert!(unread.reason.len() > 20, "{}: {}", unread.property, unread.reason);
    }
}
