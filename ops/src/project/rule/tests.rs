use proptest::prelude::*;

use super::*;

#[track_caller]
fn boundary(rule: Rule, right: &[&str], wrong: &[&str]) {
    for text in right {
        assert!(rule.holds(text), "{text:?} is not {}", rule.expected);
    }
    for text in wrong {
        assert!(!rule.holds(text), "{text:?} is {}", rule.expected);
    }
}

#[test]
fn names_begin_the_names_of_stacks_functions_and_parameters() {
    boundary(
        Rule::NAME,
        &["a", "cms", "my-docs-2", "abcdefghijklmnopqrst", "a--b", "jaws"],
        &[
            "",
            "abcdefghijklmnopqrstu",
            "Cms",
            "1cms",
            "-a",
            "a-",
            "a_b",
            "a.b",
            "é",
            "aws-docs",
            "ssm",
            "a b",
            "a\n",
        ],
    );
    boundary(
        Rule::STAGE,
        &["production", "s", "stage2", "abcdefghijkl"],
        &["", "abcdefghijklm", "Staging", "a-b", "2a", "a/b"],
    );
}

#[test]
fn regions_are_of_the_partition_with_functions_at_the_edge() {
    boundary(
        Rule::REGION,
        &["us-east-1", "eu-central-2", "ap-southeast-4", "il-central-1", "mx-central-1"],
        &[
            "",
            "us-east",
            "us-east-12",
            "us--1",
            "US-EAST-1",
            "eu-central-a",
            "cn-north-1",
            "us-gov-west-1",
            "useast1",
            "eu-central-1 ",
            "e-central-1",
        ],
    );
}

#[test]
fn domains_are_lower_case_names_with_a_dot() {
    let label = "a".repeat(63);
    let longest = format!("{label}.{label}.{label}.{}", "a".repeat(61));
    let too_long = format!("{label}.{label}.{label}.{}", "a".repeat(62));
    boundary(
        Rule::DOMAIN,
        &[
            "a.b",
            "docs.example.com",
            "xn--bcher-kva.example",
            "1a.example.com",
            &longest,
            &format!("{label}.example"),
        ],
        &[
            "",
            "localhost",
            "Docs.example.com",
            "docs.example.com.",
            ".example.com",
            "a..b",
            "-a.example.com",
            "a-.example.com",
            "*.example.com",
            "https://a.example",
            "a.example/",
            "a.example:443",
            "192.0.2.1",
            "a_b.example",
            "bücher.example",
            "a b.example",
            "a.example\n",
            "a.example,b.example",
            &too_long,
            &format!("a{label}.example"),
        ],
    );
}

#[test]
fn buckets_are_named_as_s3_wants() {
    let longest = "a".repeat(63);
    boundary(
        Rule::BUCKET,
        &["abc", "my-site.example", "1-site", &longest],
        &[
            "ab",
            "Abc",
            "a_b",
            "a..b",
            ".abc",
            "abc-",
            "192.0.2.1",
            "xn--abc",
            "abc-s3alias",
            "abc--ol-s3",
            &format!("a{longest}"),
        ],
    );
    let prefix = "a".repeat(255);
    boundary(
        Rule::PREFIX,
        &["site", "a/b", "v1.2_x-y", &prefix],
        &["", "/site", "site/", "a//b", ".parapet", "a/.b", "..", "a b", "a*", &format!("a{prefix}")],
    );
}

#[test]
fn what_is_brought_along_is_named_by_its_id() {
    boundary(
        Rule::DISTRIBUTION,
        &["E1EXAMPLE2345", "EDFDVBD6EXAMPLE"],
        &["", "E1", "e1example2345", "E1EXAMPLE-2345", "d111111abcdef8.cloudfront.net"],
    );
    boundary(
        Rule::HOSTED_ZONE,
        &["Z0EXAMPLE1234", "Z2"],
        &["", "Z", "A0EXAMPLE1234", "/hostedzone/Z0EXAMPLE", "z0example"],
    );
    let id = "a".repeat(43);
    boundary(
        Rule::USER_POOL,
        &["eu-central-1_EXAMPLE01", "us-east-1_a", &format!("us-east-1_{id}")],
        &[
            "",
            "EXAMPLE01",
            "eu-central-1_",
            "eu-central-1_A-B",
            "mars_1",
            "eu-central-1_A_B",
            &format!("us-east-1_aaa{id}"),
        ],
    );
    let client = "a".repeat(128);
    boundary(
        Rule::CLIENT,
        &["1example23456789", "a_+", &client],
        &["", "a-b", "a b", "é", &format!("a{client}")],
    );
}

#[test]
fn arns_are_of_the_region_that_cloudfront_looks_in() {
    boundary(
        Rule::CERTIFICATE,
        &["arn:aws:acm:us-east-1:111122223333:certificate/0a-b"],
        &[
            "",
            "arn:aws:acm:eu-central-1:111122223333:certificate/0a-b",
            "arn:aws:acm:us-east-1:11112222333:certificate/0a",
            "arn:aws:acm:us-east-1:1111222233334:certificate/0a",
            "arn:aws:acm:us-east-1:111122223333:certificate/",
            "arn:aws:acm:us-east-1:111122223333:certificate/a b",
            "arn:aws:iam::111122223333:certificate/0a",
        ],
    );
    boundary(
        Rule::WEB_ACL,
        &["arn:aws:wafv2:us-east-1:111122223333:global/webacl/site/0a"],
        &[
            "arn:aws:wafv2:us-east-1:111122223333:regional/webacl/site/0a",
            "arn:aws:wafv2:us-east-1:111122223333:global/webacl/",
            "",
        ],
    );
    boundary(
        Rule::SENDING_IDENTITY,
        &[
            "arn:aws:ses:eu-central-1:111122223333:identity/example.com",
            "arn:aws:ses:us-east-1:111122223333:identity/a@example.com",
        ],
        &[
            "",
            "arn:aws:ses:mars:111122223333:identity/example.com",
            "arn:aws:ses:eu-central-1:1:identity/a.b",
            "arn:aws:ses:eu-central-1:111122223333:identity/",
        ],
    );
}

#[test]
fn texts_for_cloudfront_and_cognito_fit_their_alphabets() {
    let longest = format!("/{}", "a".repeat(254));
    boundary(
        Rule::APP_PATH,
        &["", "/*", "/admin/*", "/a~b$'\"@:+?", &longest],
        &["admin/*", "/a b", "/é", "/a&b", "/a\\", &format!("{longest}a")],
    );
    boundary(
        Rule::PRICE_CLASS,
        &["", "PriceClass_100", "PriceClass_All"],
        &["100", "priceclass_all", "PriceClass_300"],
    );
    let longest = "a".repeat(2_048);
    boundary(
        Rule::POLICY,
        &["", "default-src 'none'; img-src *", &longest],
        &["a\nb", "é", "a\tb", &format!("{longest}a")],
    );
    let prefix = "a".repeat(63);
    boundary(
        Rule::HOSTED_UI_PREFIX,
        &["docs", "docs-example-com", "1a", &prefix],
        &["", "-a", "a-", "Docs", "a.b", "my-aws-site", "amazonia", "cognito", "laws", &format!("a{prefix}")],
    );
    let group = "ü".repeat(128);
    boundary(
        Rule::GROUP,
        &["editors", "a/b", "ä&ö", &group],
        &["", "a b", "a,b", "a\u{a0}b", "a\n", "a\u{7}", &format!("ü{group}")],
    );
    boundary(Rule::MFA, &["off", "optional", "on"], &["", "On", "required"]);
    boundary(Rule::FOLDER, &["dist/site", ".", "/srv/a b", "../ü"], &["", "a\0b", "a\n"]);
}

#[test]
fn addresses_are_ones_that_mail_reaches() {
    let mailbox = "a".repeat(64);
    let right = format!("{mailbox}@example.com");
    let wrong = format!("a{mailbox}@example.com");
    boundary(
        Rule::EMAIL,
        &["ops@example.com", "a+b.c@mail.example.org", "Ops@Example.com", &right],
        &[
            "",
            "ops",
            "ops@",
            "@example.com",
            "ops@localhost",
            "a b@example.com",
            "a@b@example.com ",
            "ops@example.com\n",
            "Ops <ops@example.com>",
            &wrong,
        ],
    );
    boundary(
        Rule::SENDER,
        &["no-reply@example.com", "Docs <no-reply@example.com>", "Das Büro <a@example.com>"],
        &[
            "Docs",
            " <a@example.com>",
            "Docs<a@example.com>",
            "Docs <a@example.com",
            "A <b> <a@example.com>",
            "A\nBcc: x <a@example.com>",
            "\"A\" <a@example.com>",
        ],
    );
}

proptest! {
    #[test]
    fn no_text_makes_a_rule_panic(text in ".{0,80}") {
        for rule in [
            Rule::NAME, Rule::STAGE, Rule::REGION, Rule::DOMAIN, Rule::FOLDER, Rule::BUCKET, Rule::DISTRIBUTION, Rule::PREFIX,
            Rule::CERTIFICATE, Rule::HOSTED_ZONE, Rule::APP_PATH, Rule::WEB_ACL, Rule::POLICY, Rule::HOSTED_UI_PREFIX,
            Rule::GROUP, Rule::USER_POOL, Rule::CLIENT, Rule::EMAIL, Rule::SENDER, Rule::SENDING_IDENTITY,
        ] {
            let _ = rule.holds(&text);
        }
    }

    /// What begins names of AWS's resources holds nothing but what all of them allow.
    #[test]
    fn a_name_is_a_label(name in "[a-zA-Z0-9._/-]{1,22}") {
        if Rule::NAME.holds(&name) {
            prop_assert!(name.len() <= 20 && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'));
        }
    }
}
