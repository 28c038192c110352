//! Origin request policies: what reaches the origin beyond what is in the cache key.

use serde::{Deserialize, de::IgnoredAny};

use super::selection::{CookiesConfig, HeadersConfig, QueryStringsConfig, Selection};

/// An origin request policy, read in the shape of CloudFormation's `OriginRequestPolicyConfig`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "OriginRequestPolicyConfig")]
pub struct OriginRequestPolicy {
    /// The viewer's headers.
    pub headers: Selection,
    /// Headers that CloudFront makes up, such as `CloudFront-Viewer-Address`.
    pub added: Vec<String>,
    /// The viewer's cookies.
    pub cookies: Selection,
    /// The viewer's query strings.
    pub query_strings: Selection,
}

impl OriginRequestPolicy {
    /// A policy that AWS manages, by its id.
    #[must_use]
    pub fn managed(id: &str) -> Option<Self> {
        match id {
            "b689b0a8-53d0-40ab-baf2-68738e2966ac" => Some(Self::all_viewer_except_host_header()),
            "216adef6-5c7f-47e4-b989-5492eafa07d3" => {
                Some(Self { headers: Selection::All, ..Self::all_viewer_except_host_header() })
            }
            "acba4595-bd28-49b8-b9fe-13317c0390fa" => {
                let headers = Selection::Only(vec!["user-agent".into(), "referer".into()]);
                Some(Self { headers, ..Self::default() })
            }
            _ => None,
        }
    }

    /// AllViewerExceptHostHeader: everything the viewer sent, addressed to the origin's own host.
    #[must_use]
    pub fn all_viewer_except_host_header() -> Self {
        Self {
            headers: Selection::AllExcept(vec!["host".into()]),
            added: Vec::new(),
            cookies: Selection::All,
            query_strings: Selection::All,
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct OriginRequestPolicyConfig {
    /// Behaviors name policies by id.
    #[serde(rename = "Name")]
    _name: Option<IgnoredAny>,
    /// For people.
    #[serde(rename = "Comment")]
    _comment: Option<IgnoredAny>,
    headers_config: HeadersConfig,
    cookies_config: CookiesConfig,
    query_strings_config: QueryStringsConfig,
}

impl From<OriginRequestPolicyConfig> for OriginRequestPolicy {
    fn from(config: OriginRequestPolicyConfig) -> Self {
        Self {
            added: config.headers_config.added(),
            headers: config.headers_config.into(),
            cookies: config.cookies_config.into(),
            query_strings: config.query_strings_config.into(),
        }
    }
}
