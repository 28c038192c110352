//! Response headers policies: what CloudFront adds to, replaces in and removes from an origin's answer. They never
//! touch what a viewer-request function answers itself.

use http::{HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, de::IgnoredAny};

mod security;

/// A response headers policy, read in the shape of CloudFormation's `ResponseHeadersPolicyConfig`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "ResponseHeadersPolicyConfig")]
pub struct ResponseHeadersPolicy {
    /// Headers to set, in order.
    pub set: Vec<SetHeader>,
    /// Headers to remove from the origin's answer.
    pub remove: Vec<HeaderName>,
}

/// One header to set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetHeader {
    /// Its name.
    pub name: HeaderName,
    /// Its value.
    pub value: HeaderValue,
    /// Whether it replaces the origin's own.
    pub replaces: bool,
}

impl ResponseHeadersPolicy {
    /// A policy that AWS manages, by its id: SecurityHeadersPolicy.
    #[must_use]
    pub fn managed(id: &str) -> Option<Self> {
        (id == "67f7725c-6f97-4210-82d7-5512b31e9d03").then(security::managed)
    }

    /// Applies the policy to an origin's answer. Removal comes first, as in CloudFront: a header can be both removed
    /// and set.
    pub fn apply(&self, headers: &mut HeaderMap) {
        for name in &self.remove {
            headers.remove(name);
        }
        for header in &self.set {
            if header.replaces || !headers.contains_key(&header.name) {
                headers.insert(header.name.clone(), header.value.clone());
            }
        }
    }
}

/// A policy that cannot be applied.
#[derive(Debug, thiserror::Error)]
enum PolicyError {
    #[error("{0:?} is not a header name")]
    Name(String),
    #[error("the value of header {0:?} holds a character that no header may hold")]
    Value(String),
    #[error("{0} is not supported by the local distribution")]
    Unsupported(&'static str),
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct ResponseHeadersPolicyConfig {
    /// Behaviors name policies by id.
    #[serde(rename = "Name")]
    _name: Option<IgnoredAny>,
    /// For people.
    #[serde(rename = "Comment")]
    _comment: Option<IgnoredAny>,
    #[serde(default)]
    custom_headers_config: Items<CustomHeader>,
    #[serde(default)]
    remove_headers_config: Items<RemoveHeader>,
    #[serde(default)]
    security_headers_config: security::SecurityHeadersConfig,
    cors_config: Option<serde_json::Value>,
    server_timing_headers_config: Option<serde_json::Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct Items<T> {
    items: Vec<T>,
}

impl<T> Default for Items<T> {
    fn default() -> Self {
        Self { items: Vec::new() }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct CustomHeader {
    header: String,
    value: String,
    r#override: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct RemoveHeader {
    header: String,
}

impl TryFrom<ResponseHeadersPolicyConfig> for ResponseHeadersPolicy {
    type Error = PolicyError;

    fn try_from(config: ResponseHeadersPolicyConfig) -> Result<Self, PolicyError> {
        if config.cors_config.is_some() {
            return Err(PolicyError::Unsupported("CorsConfig"));
        }
        if config.server_timing_headers_config.is_some() {
            return Err(PolicyError::Unsupported("ServerTimingHeadersConfig"));
        }
        let mut set = config.security_headers_config.headers()?;
        for custom in config.custom_headers_config.items {
            set.push(header(&custom.header, &custom.value, custom.r#override)?);
        }
        let removed = config.remove_headers_config.items.into_iter();
        let remove = removed.map(|item| name(&item.header)).collect::<Result<_, _>>()?;
        Ok(Self { set, remove })
    }
}

fn name(text: &str) -> Result<HeaderName, PolicyError> {
    text.parse().map_err(|_| PolicyError::Name(text.to_owned()))
}

fn header(header: &str, value: &str, replaces: bool) -> Result<SetHeader, PolicyError> {
    let value = value.parse().map_err(|_| PolicyError::Value(header.to_owned()))?;
    Ok(SetHeader { name: name(header)?, value, replaces })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn custom_security_and_removal() {
        let policy: ResponseHeadersPolicy = serde_json::from_value(serde_json::json!({
            "Name": "p",
            "CustomHeadersConfig": { "Items": [
                { "Header": "X-One", "Value": "1", "Override": false },
                { "Header": "X-Two", "Value": "2", "Override": true } ] },
            "RemoveHeadersConfig": { "Items": [{ "Header": "Server" }] },
            "SecurityHeadersConfig": {
                "StrictTransportSecurity":
                    { "AccessControlMaxAgeSec": 60, "IncludeSubdomains": true, "Override": true },
                "ContentTypeOptions": { "Override": true },
                "FrameOptions": { "FrameOption": "DENY", "Override": false } },
        }))
        .unwrap();
        let mut headers: HeaderMap =
            [("x-one", "o"), ("x-two", "o"), ("server", "s"), ("x-frame-options", "o")]
                .into_iter()
                .map(|(n, v)| (n.parse().unwrap(), v.parse().unwrap()))
                .collect();
        policy.apply(&mut headers);
        assert_eq!((&headers["x-one"], &headers["x-two"]), (&"o".parse().unwrap(), &"2".parse().unwrap()));
        assert_eq!(headers["strict-transport-security"], "max-age=60; includeSubDomains");
        assert_eq!(headers["x-content-type-options"], "nosniff");
        assert_eq!(headers["x-frame-options"], "o");
        assert!(!headers.contains_key("server"));
    }

    #[test]
    fn what_cannot_be_applied_is_named() {
        let cors = serde_json::from_str::<ResponseHeadersPolicy>(r#"{"CorsConfig":{}}"#).unwrap_err();
        assert!(cors.to_string().contains("CorsConfig"), "{cors}");
    }
}
