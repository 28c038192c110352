//! A response headers policy in the XML of CloudFront's API.

use std::time::SystemTime;

use http::header;
use serde::Serialize;

use super::{
    ResponseHeadersPolicy, SetHeader,
    api_xml::{document, timestamp},
    distribution_xml::Listed,
};

/// The answer of GetResponseHeadersPolicy.
pub(super) fn response_headers_policy(
    id: &str,
    policy: &ResponseHeadersPolicy,
    started: SystemTime,
) -> String {
    let element = PolicyElement {
        id,
        last_modified_time: timestamp(started),
        response_headers_policy_config: ConfigElement::of(id, policy),
    };
    document("ResponseHeadersPolicy", element)
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct PolicyElement<'a> {
    id: &'a str,
    last_modified_time: String,
    response_headers_policy_config: ConfigElement<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ConfigElement<'a> {
    name: &'a str,
    security_headers_config: SecurityElement,
    custom_headers_config: Listed<CustomElement>,
    remove_headers_config: Listed<RemovedElement<'a>>,
}

#[derive(Default, Serialize)]
#[serde(rename_all = "PascalCase")]
struct SecurityElement {
    #[serde(skip_serializing_if = "Option::is_none")]
    frame_options: Option<FrameOptions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    referrer_policy: Option<ReferrerPolicy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_security_policy: Option<ContentSecurityPolicy>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_type_options: Option<ContentTypeOptions>,
    #[serde(skip_serializing_if = "Option::is_none")]
    strict_transport_security: Option<StrictTransportSecurity>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct FrameOptions {
    r#override: bool,
    frame_option: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ReferrerPolicy {
    r#override: bool,
    referrer_policy: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ContentSecurityPolicy {
    r#override: bool,
    content_security_policy: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ContentTypeOptions {
    r#override: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct StrictTransportSecurity {
    r#override: bool,
    include_subdomains: bool,
    preload: bool,
    access_control_max_age_sec: u64,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct CustomElement {
    header: String,
    value: String,
    r#override: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct RemovedElement<'a> {
    header: &'a str,
}

impl<'a> ConfigElement<'a> {
    fn of(name: &'a str, policy: &'a ResponseHeadersPolicy) -> Self {
        let mut security = SecurityElement::default();
        let custom: Vec<_> = policy.set.iter().filter_map(|header| security.take(header)).collect();
        let removed = policy.remove.iter().map(|name| RemovedElement { header: name.as_str() });
        Self {
            name,
            security_headers_config: security,
            custom_headers_config: Listed::of("ResponseHeadersPolicyCustomHeader", custom),
            remove_headers_config: Listed::of("ResponseHeadersPolicyRemoveHeader", removed),
        }
    }
}

impl SecurityElement {
    /// Puts a header where CloudFront has a place for it, or gives it back as one of the policy's own.
    fn take(&mut self, set: &SetHeader) -> Option<CustomElement> {
        let (r#override, value) = (set.replaces, String::from_utf8_lossy(set.value.as_bytes()).into_owned());
        match set.name {
            header::X_FRAME_OPTIONS => {
                self.frame_options = Some(FrameOptions { r#override, frame_option: value })
            }
            header::REFERRER_POLICY => {
                self.referrer_policy = Some(ReferrerPolicy { r#override, referrer_policy: value });
            }
            header::CONTENT_SECURITY_POLICY => {
                let policy = ContentSecurityPolicy { r#override, content_security_policy: value };
                self.content_security_policy = Some(policy);
            }
            header::X_CONTENT_TYPE_OPTIONS => {
                self.content_type_options = Some(ContentTypeOptions { r#override })
            }
            header::STRICT_TRANSPORT_SECURITY => {
                let seconds = value.split(';').find_map(|part| part.trim().strip_prefix("max-age="));
                self.strict_transport_security = Some(StrictTransportSecurity {
                    r#override,
                    include_subdomains: value.contains("includeSubDomains"),
                    preload: value.contains("preload"),
                    access_control_max_age_sec: seconds
                        .and_then(|text| text.parse().ok())
                        .unwrap_or_default(),
                });
            }
            _ => return Some(CustomElement { header: set.name.to_string(), value, r#override }),
        }
        None
    }
}
