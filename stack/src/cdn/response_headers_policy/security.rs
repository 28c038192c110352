//! The security headers that a policy names by what they do rather than by their text.

use serde::Deserialize;

use super::{PolicyError, ResponseHeadersPolicy, SetHeader, header};

#[derive(Default, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct SecurityHeadersConfig {
    content_security_policy: Option<ContentSecurityPolicy>,
    content_type_options: Option<ContentTypeOptions>,
    frame_options: Option<FrameOptions>,
    referrer_policy: Option<ReferrerPolicy>,
    strict_transport_security: Option<StrictTransportSecurity>,
    #[serde(rename = "XSSProtection")]
    xss_protection: Option<XssProtection>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct ContentSecurityPolicy {
    content_security_policy: String,
    r#override: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct ContentTypeOptions {
    r#override: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct FrameOptions {
    frame_option: String,
    r#override: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct ReferrerPolicy {
    referrer_policy: String,
    r#override: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct StrictTransportSecurity {
    access_control_max_age_sec: u64,
    #[serde(default)]
    include_subdomains: bool,
    #[serde(default)]
    preload: bool,
    r#override: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct XssProtection {
    #[serde(default)]
    mode_block: bool,
    protection: bool,
    report_uri: Option<String>,
    r#override: bool,
}

impl SecurityHeadersConfig {
    pub(super) fn headers(&self) -> Result<Vec<SetHeader>, PolicyError> {
        let mut set = Vec::new();
        if let Some(csp) = &self.content_security_policy {
            set.push(header("content-security-policy", &csp.content_security_policy, csp.r#override)?);
        }
        if let Some(options) = &self.content_type_options {
            set.push(header("x-content-type-options", "nosniff", options.r#override)?);
        }
        if let Some(frame) = &self.frame_options {
            set.push(header("x-frame-options", &frame.frame_option, frame.r#override)?);
        }
        if let Some(referrer) = &self.referrer_policy {
            set.push(header("referrer-policy", &referrer.referrer_policy, referrer.r#override)?);
        }
        if let Some(transport) = &self.strict_transport_security {
            set.push(header("strict-transport-security", &transport.value(), transport.r#override)?);
        }
        if let Some(xss) = &self.xss_protection {
            set.push(header("x-xss-protection", &xss.value(), xss.r#override)?);
        }
        Ok(set)
    }
}

impl StrictTransportSecurity {
    fn value(&self) -> String {
        let subdomains = if self.include_subdomains { "; includeSubDomains" } else { "" };
        let preload = if self.preload { "; preload" } else { "" };
        format!("max-age={}{subdomains}{preload}", self.access_control_max_age_sec)
    }
}

impl XssProtection {
    fn value(&self) -> String {
        match (self.protection, self.mode_block, &self.report_uri) {
            (false, ..) => "0".into(),
            (true, true, _) => "1; mode=block".into(),
            (true, false, Some(uri)) => format!("1; report={uri}"),
            (true, false, None) => "1".into(),
        }
    }
}

/// AWS's SecurityHeadersPolicy.
pub(super) fn managed() -> ResponseHeadersPolicy {
    let fixed = [
        ("referrer-policy", "strict-origin-when-cross-origin", false),
        ("strict-transport-security", "max-age=31536000", false),
        ("x-content-type-options", "nosniff", true),
        ("x-frame-options", "SAMEORIGIN", false),
        ("x-xss-protection", "1; mode=block", false),
    ];
    let set =
        fixed.into_iter().filter_map(|(name, value, replaces)| header(name, value, replaces).ok()).collect();
    ResponseHeadersPolicy { set, remove: Vec::new() }
}
