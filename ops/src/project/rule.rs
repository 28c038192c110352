//! What a text of the project file must be: AWS's rules where it has some, so that a deploy does not fail half-way.

use gate::host::Host;

/// What a text must be.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// What is expected, for messages: "a host name such as docs.example.com".
    pub expected: &'static str,
    check: fn(&str) -> bool,
}

impl Rule {
    /// The project's name. It begins the names of stacks, functions and buckets, and a parameter's path, where Parameter
    /// Store reserves `aws` and `ssm`.
    pub const NAME: Rule = Rule {
        expected: "at most 20 lower-case letters, digits and hyphens, a letter first, a letter or digit last, not beginning with aws or ssm",
        check: |text| is_name(text, 20) && !text.starts_with("aws") && !text.starts_with("ssm"),
    };
    /// The stage. Without hyphens, since `a-b` + `c` and `a` + `b-c` would be one name.
    pub const STAGE: Rule = Rule {
        expected: "at most 12 lower-case letters and digits, a letter first, such as production or staging",
        check: |text| is_name(text, 12) && !text.contains('-'),
    };
    /// A region of the partition in which CloudFront runs functions.
    pub const REGION: Rule =
        Rule { expected: "an AWS region such as eu-central-1 (not in China or GovCloud)", check: is_region };
    /// A host name with a dot, as certificates and DNS know it, in lower case.
    pub const DOMAIN: Rule = Rule {
        expected: "a host name in lower case such as docs.example.com, without scheme, port, path or *",
        check: is_domain,
    };
    /// A folder.
    pub const FOLDER: Rule = Rule {
        expected: "the path of a folder such as dist/site",
        check: |text| !text.is_empty() && !text.chars().any(char::is_control),
    };
    /// An S3 bucket's name (S3 user guide, "Bucket naming rules").
    pub const BUCKET: Rule = Rule {
        expected: "a bucket's name: 3 to 63 lower-case letters, digits, hyphens and dots",
        check: is_bucket,
    };
    /// A distribution's id.
    pub const DISTRIBUTION: Rule = Rule {
        expected: "a distribution's id such as E1EXAMPLE2345",
        check: |text| {
            (8..=32).contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        },
    };
    /// Where in a bucket the site lies. Never all of the bucket: what deploys remember lies beside the site, where viewers
    /// do not come.
    pub const PREFIX: Rule = Rule {
        expected: "a folder in the bucket such as site, without a slash at its ends; each part begins with a letter or digit and holds letters, digits, . _ -",
        check: |text| text.len() <= 255 && text.split('/').all(is_prefix_part),
    };
    /// A certificate where CloudFront looks for it.
    pub const CERTIFICATE: Rule = Rule {
        expected: "the ARN of a certificate in us-east-1, arn:aws:acm:us-east-1:<account>:certificate/<id>",
        check: |text| {
            account_resource(text, "arn:aws:acm:us-east-1:", ":certificate/").is_some_and(is_certificate_id)
        },
    };
    /// A hosted zone's id.
    pub const HOSTED_ZONE: Rule = Rule {
        expected: "the id of a Route 53 hosted zone such as Z0EXAMPLE1234",
        check: |text| {
            text.starts_with('Z')
                && (2..=32).contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        },
    };
    /// Files of the site, by their paths.
    pub const FILE_PATTERN: Rule = Rule {
        expected: "a path pattern such as /img/* or *.pdf, in which * stands for any characters and ? for one",
        check: |text| {
            text.starts_with(['/', '*']) && text.len() <= 1_024 && !text.chars().any(char::is_control)
        },
    };
    /// The value of a header field.
    pub const HEADER_VALUE: Rule = Rule {
        expected: "a header field's value of at most 1,024 visible ASCII characters and spaces",
        check: |text| text.len() <= 1_024 && text.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()),
    };
    /// A cache behavior's path pattern, or nothing.
    pub const APP_PATH: Rule = Rule {
        expected: "a path pattern of CloudFront's such as /admin/*, or \"\" where there is no app",
        check: |text| {
            text.is_empty()
                || (text.starts_with('/') && text.len() <= 255 && text.bytes().all(is_in_path_pattern))
        },
    };
    /// The class of a database's machine.
    pub const DATABASE_CLASS: Rule = Rule {
        expected: "an instance class of RDS such as db.t4g.micro",
        check: |text| {
            let parts: Vec<_> = text.split('.').collect();
            let is_word = |part: &&str| {
                !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            };
            parts.len() == 3 && parts.first() == Some(&"db") && parts.iter().all(is_word)
        },
    };
    /// What people are greeted with; empty for what the template says.
    pub const GREETING: Rule = Rule {
        expected: "a greeting of at most 200 characters in one line",
        check: |text| text.chars().count() <= 200 && !text.chars().any(char::is_control),
    };
    /// CloudFront's price class; empty leaves it to the stage.
    pub const PRICE_CLASS: Rule = Rule {
        expected: "PriceClass_100, PriceClass_200, PriceClass_All, or \"\" for what suits the stage",
        check: |text| matches!(text, "" | "PriceClass_100" | "PriceClass_200" | "PriceClass_All"),
    };
    /// A web ACL of AWS WAF where CloudFront looks for it.
    pub const WEB_ACL: Rule = Rule {
        expected: "the ARN of a web ACL of scope CLOUDFRONT, arn:aws:wafv2:us-east-1:<account>:global/webacl/<name>/<id>",
        check: |text| {
            account_resource(text, "arn:aws:wafv2:us-east-1:", ":global/webacl/").is_some_and(is_arn_end)
        },
    };
    /// A `content-security-policy`, or nothing.
    pub const POLICY: Rule = Rule {
        expected: "a content security policy of at most 2,048 visible ASCII characters, or \"\" for none",
        check: |text| text.len() <= 2_048 && text.bytes().all(|b| b == b' ' || b.is_ascii_graphic()),
    };
    /// The first label of a hosted UI's name (Cognito API reference, `CreateUserPoolDomain`).
    pub const HOSTED_UI_PREFIX: Rule = Rule {
        expected: "at most 63 lower-case letters, digits and hyphens, none of these at an end, without the words aws, amazon and cognito",
        check: |text| is_label(text) && !["aws", "amazon", "cognito"].iter().any(|word| text.contains(word)),
    };
    /// A group's name (Cognito API reference, `CreateGroup`), without commas, which separate them on their way.
    pub const GROUP: Rule = Rule {
        expected: "a group's name of 1 to 128 characters without spaces, commas and control characters",
        check: |text| {
            (1..=128).contains(&text.chars().count())
                && !text.chars().any(|c| c.is_whitespace() || c.is_control() || c == ',')
        },
    };
    /// A user pool's id.
    pub const USER_POOL: Rule = Rule {
        expected: "a user pool's id such as eu-central-1_EXAMPLE01",
        check: |text| {
            text.len() <= 55
                && text.split_once('_').is_some_and(|(region, id)| {
                    is_region(region) && !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric())
                })
        },
    };
    /// An app client's id.
    pub const CLIENT: Rule = Rule {
        expected: "an app client's id: 1 to 128 letters, digits, _ +",
        check: |text| {
            (1..=128).contains(&text.len())
                && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'+'))
        },
    };
    /// A policy of IAM.
    pub const PERMISSIONS: Rule = Rule {
        expected: "the ARN of a policy of IAM, such as arn:aws:iam::111122223333:policy/Boundary",
        check: |text| {
            let parts: Vec<&str> = text.splitn(6, ':').collect();
            matches!(parts.as_slice(), ["arn", partition, "iam", "", account, policy]
                if partition.starts_with("aws")
                    && (*account == "aws" || (account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit())))
                    && policy.strip_prefix("policy/").is_some_and(|name| !name.is_empty()))
        },
    };
    /// An address that mail reaches.
    pub const EMAIL: Rule = Rule { expected: "an e-mail address such as ops@example.com", check: is_email };
    /// Who a mail is from: an address, or a name with the address in angle brackets.
    pub const SENDER: Rule = Rule {
        expected: "an e-mail address, or a name with one: Docs <no-reply@example.com>",
        check: |text| match text.strip_suffix('>').and_then(|text| text.split_once(" <")) {
            Some((name, address)) => {
                !name.is_empty()
                    && !name.chars().any(|c| c.is_control() || matches!(c, '<' | '>' | '"' | '@'))
                    && is_email(address)
            }
            None => is_email(text),
        },
    };
    /// An identity of Amazon SES.
    pub const SENDING_IDENTITY: Rule = Rule {
        expected: "the ARN of an identity of SES, arn:aws:ses:<region>:<account>:identity/<name>",
        check: |text| {
            let rest = text.strip_prefix("arn:aws:ses:").and_then(|rest| rest.split_once(':'));
            rest.is_some_and(|(region, rest)| {
                is_region(region) && account_resource(rest, "", ":identity/").is_some_and(is_arn_end)
            })
        },
    };
    /// Whether a second factor is asked for.
    pub const MFA: Rule = Rule {
        expected: "\"off\", \"optional\" or \"on\"",
        check: |text| matches!(text, "off" | "optional" | "on"),
    };

    /// Whether `text` is what is expected.
    #[must_use]
    pub fn holds(&self, text: &str) -> bool {
        (self.check)(text)
    }
}

fn is_name(text: &str, most: usize) -> bool {
    is_label(text) && text.len() <= most && text.starts_with(|first: char| first.is_ascii_lowercase())
}

/// A label of a host name (RFC 1123 section 2.1), in lower case.
fn is_label(text: &str) -> bool {
    (1..=63).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !text.starts_with('-')
        && !text.ends_with('-')
}

fn is_region(text: &str) -> bool {
    let mut parts = text.split('-');
    let area = parts.next().unwrap_or_default();
    let number = parts.next_back().unwrap_or_default();
    let mut places = parts.peekable();
    let is_word = |part: &str| part.len() >= 2 && part.bytes().all(|b| b.is_ascii_lowercase());
    area.len() == 2
        && is_word(area)
        && area != "cn"
        && !text.starts_with("us-gov-")
        && places.peek().is_some()
        && places.all(is_word)
        && number.len() == 1
        && number.bytes().all(|b| b.is_ascii_digit())
        && text.len() <= 32
}

/// With a last label that is no number, so that no address passes for a name.
fn is_domain(text: &str) -> bool {
    let is_numeric = |label: &str| label.bytes().all(|b| b.is_ascii_digit());
    text.len() <= 253
        && text.contains('.')
        && text.split('.').all(is_label)
        && !text.rsplit('.').next().is_none_or(is_numeric)
        && Host::parse(text).is_ok()
}

fn is_bucket(text: &str) -> bool {
    let is_address = text.parse::<std::net::Ipv4Addr>().is_ok();
    (3..=63).contains(&text.len())
        && text.split('.').all(is_label)
        && !is_address
        && !["xn--", "sthree-", "amzn-s3-demo-"].iter().any(|reserved| text.starts_with(reserved))
        && !["-s3alias", "--ol-s3", ".mrap", "--x-s3"].iter().any(|reserved| text.ends_with(reserved))
}

fn is_prefix_part(part: &str) -> bool {
    part.starts_with(|first: char| first.is_ascii_alphanumeric())
        && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-'))
}

fn is_in_path_pattern(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"_.*$/~\"'@:+?-".contains(&byte)
}

/// What follows `<before><12 digits><after>`.
fn account_resource<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let (account, rest) = text.strip_prefix(before)?.split_once(after)?;
    (account.len() == 12 && account.bytes().all(|b| b.is_ascii_digit())).then_some(rest)
}

fn is_certificate_id(text: &str) -> bool {
    !text.is_empty() && text.len() <= 64 && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn is_arn_end(text: &str) -> bool {
    !text.is_empty() && text.len() <= 512 && text.bytes().all(|b| b.is_ascii_graphic())
}

/// Not all that RFC 5322 allows: what AWS accepts, and nobody mistypes unnoticed.
fn is_email(text: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&b);
    text.len() <= 254
        && text.rsplit_once('@').is_some_and(|(mailbox, domain)| {
            (1..=64).contains(&mailbox.len())
                && mailbox.bytes().all(plain)
                && is_domain(&domain.to_ascii_lowercase())
        })
}

#[cfg(test)]
mod tests;
