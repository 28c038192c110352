//! CloudFront's policies: what is part of a cache key, what reaches an origin, what is added to answers.

/// Which of something (header fields, cookies) is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Forwarded {
    /// None.
    None,
    /// All that the viewer sent.
    All,
    /// These, in lower case.
    Only(Vec<String>),
    /// All but these, in lower case.
    AllBut(Vec<String>),
}

impl Forwarded {
    /// Whether `name` is taken; names compare without regard to case.
    #[must_use]
    pub fn takes(&self, name: &str) -> bool {
        let lists = |names: &[String]| names.iter().any(|listed| listed.eq_ignore_ascii_case(name));
        match self {
            Forwarded::None => false,
            Forwarded::All => true,
            Forwarded::Only(names) => lists(names),
            Forwarded::AllBut(names) => !lists(names),
        }
    }
}

/// What CloudFront keeps, and by which key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CachePolicy {
    /// Its name, or what it is.
    pub name: String,
    /// The longest that an answer is kept, in seconds; 0: nothing is kept.
    pub max_ttl: i64,
    /// The header fields in the key; they reach the origin.
    pub headers: Forwarded,
    /// The cookies in the key; they reach the origin.
    pub cookies: Forwarded,
}

impl CachePolicy {
    /// One of those that AWS manages, the same in every account.
    /// <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html>
    #[must_use]
    pub fn managed(id: &str) -> Option<CachePolicy> {
        let origin = || Forwarded::Only(vec!["origin".to_owned(), "host".to_owned()]);
        let (name, max_ttl, headers, cookies) = match id {
            "658327ea-f89d-4fab-a63d-7e88639e58f6" => {
                ("CachingOptimized", 31_536_000, Forwarded::None, Forwarded::None)
            }
            "b2884449-e4de-46a7-ac36-70bc7f1ddd6d" => {
                ("CachingOptimizedForUncompressedObjects", 31_536_000, Forwarded::None, Forwarded::None)
            }
            "4135ea2d-6df8-44a3-9df3-4b5a84be39ad" => {
                ("CachingDisabled", 0, Forwarded::None, Forwarded::None)
            }
            "83da9c7e-98b4-4e11-a168-04f0df8e2c65" => {
                ("UseOriginCacheControlHeaders", 31_536_000, origin(), Forwarded::All)
            }
            "4cc15a8a-d715-48a4-82b8-cc0b614638fe" => {
                ("UseOriginCacheControlHeaders-QueryStrings", 31_536_000, origin(), Forwarded::All)
            }
            _ => return None,
        };
        Some(CachePolicy { name: name.to_owned(), max_ttl, headers, cookies })
    }

    /// Whether anything is kept.
    #[must_use]
    pub fn caches(&self) -> bool {
        self.max_ttl > 0
    }
}

/// The header fields that an origin request policy sends, by the id of one that AWS manages.
/// <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html>
pub(crate) fn managed_origin_request(id: &str) -> Option<(&'static str, Forwarded)> {
    let only = |names: &[&str]| Forwarded::Only(names.iter().map(|name| (*name).to_owned()).collect());
    Some(match id {
        "216adef6-5c7f-47e4-b989-5492eafa07d3" => ("AllViewer", Forwarded::All),
        "33f36d7e-f396-46d9-90e0-52428a34d9dc" => ("AllViewerAndCloudFrontHeaders-2022-06", Forwarded::All),
        "b689b0a8-53d0-40ab-baf2-68738e2966ac" => {
            ("AllViewerExceptHostHeader", Forwarded::AllBut(vec!["host".to_owned()]))
        }
        "59781a5b-3903-41f3-afcb-af62929ccde1" => ("CORS-CustomOrigin", only(&["origin"])),
        "88a5eaf4-2fd4-4709-b370-b4c650ea3fcf" => (
            "CORS-S3Origin",
            only(&["origin", "access-control-request-headers", "access-control-request-method"]),
        ),
        "acba4595-bd28-49b8-b9fe-13317c0390fa" => {
            ("UserAgentRefererHeaders", only(&["user-agent", "referer"]))
        }
        _ => return None,
    })
}

/// What CloudFront adds to answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResponsePolicy {
    /// Its name.
    pub name: String,
    /// `Content-Security-Policy`.
    pub content_security_policy: Option<String>,
    /// `max-age` of `Strict-Transport-Security`, in seconds.
    pub transport_security_seconds: Option<i32>,
}

impl ResponsePolicy {
    /// One of those that AWS manages.
    /// <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html>
    #[must_use]
    pub fn managed(id: &str) -> Option<ResponsePolicy> {
        let (name, transport_security_seconds) = match id {
            "67f7725c-6f97-4210-82d7-5512b31e9d03" => ("SecurityHeadersPolicy", Some(31_536_000)),
            "e61eb60c-9c35-4d20-a928-2b84e02af89c" => ("CORS-and-SecurityHeadersPolicy", Some(31_536_000)),
            "eaab4381-ed33-4a86-88ca-d9558dc6cd63" => {
                ("CORS-with-preflight-and-SecurityHeadersPolicy", Some(31_536_000))
            }
            "60669652-455b-4ae9-85a4-c4c02393f86c" => ("SimpleCORS", None),
            "5cc3b908-e619-4b99-88e5-2cf7f45965bd" => ("CORS-With-Preflight", None),
            _ => return None,
        };
        Some(ResponsePolicy {
            name: name.to_owned(),
            content_security_policy: None,
            transport_security_seconds,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_compare_without_regard_to_case() {
        assert!(Forwarded::Only(vec!["Authorization".to_owned()]).takes("authorization"));
        assert!(!Forwarded::AllBut(vec!["host".to_owned()]).takes("Host"));
        assert!(Forwarded::AllBut(vec!["host".to_owned()]).takes("authorization"));
    }
}
