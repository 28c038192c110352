//! CloudFront's policies: those that AWS manages are known, the others are read.

use crate::aws::Cloud;
use crate::doctor::Fact;
use crate::doctor::facts::{CachePolicy, Forwarded, ResponsePolicy, managed_origin_request};

pub(super) async fn cache(cloud: &Cloud, id: &str) -> Fact<CachePolicy> {
    if let Some(managed) = CachePolicy::managed(id) {
        return Fact::Known(managed);
    }
    Fact::from(cloud.cache_policy(id).await).map(|policy| {
        let key = policy.parameters_in_cache_key_and_forwarded_to_origin;
        let headers = key.as_ref().and_then(|key| key.headers_config.as_ref());
        let cookies = key.as_ref().and_then(|key| key.cookies_config.as_ref());
        let header_names =
            headers.and_then(|headers| headers.headers.as_ref()).map(|names| names.items().to_vec());
        let cookie_names =
            cookies.and_then(|cookies| cookies.cookies.as_ref()).map(|names| names.items().to_vec());
        CachePolicy {
            name: policy.name,
            max_ttl: policy.max_ttl.unwrap_or(31_536_000),
            headers: forwarded(
                headers.map_or("none", |headers| headers.header_behavior.as_str()),
                header_names.unwrap_or_default(),
            ),
            cookies: forwarded(
                cookies.map_or("none", |cookies| cookies.cookie_behavior.as_str()),
                cookie_names.unwrap_or_default(),
            ),
        }
    })
}

pub(super) async fn origin_request(cloud: &Cloud, id: Option<&str>) -> Fact<(String, Forwarded)> {
    let Some(id) = id else { return Fact::Known(("none".to_owned(), Forwarded::None)) };
    if let Some((name, headers)) = managed_origin_request(id) {
        return Fact::Known((name.to_owned(), headers));
    }
    Fact::from(cloud.origin_request_policy(id).await).map(|policy| {
        let headers = policy.headers_config.as_ref();
        let names = headers.and_then(|headers| headers.headers.as_ref()).map(|names| names.items().to_vec());
        let behavior = headers.map_or("none", |headers| headers.header_behavior.as_str());
        (policy.name, forwarded(behavior, names.unwrap_or_default()))
    })
}

pub(super) async fn response(cloud: &Cloud, id: Option<&str>) -> Fact<Option<ResponsePolicy>> {
    let Some(id) = id else { return Fact::Known(None) };
    if let Some(managed) = ResponsePolicy::managed(id) {
        return Fact::Known(Some(managed));
    }
    Fact::from(cloud.response_headers_policy(id).await).map(|policy| {
        let security = policy.security_headers_config.unwrap_or_else(|| {
            aws_sdk_cloudfront::types::ResponseHeadersPolicySecurityHeadersConfig::builder().build()
        });
        Some(ResponsePolicy {
            name: policy.name,
            content_security_policy: security.content_security_policy.map(|csp| csp.content_security_policy),
            transport_security_seconds: security
                .strict_transport_security
                .map(|hsts| hsts.access_control_max_age_sec),
        })
    })
}

/// CloudFront's word for what is taken, and its list.
pub(super) fn forwarded(behavior: &str, names: Vec<String>) -> Forwarded {
    match behavior {
        "all" | "allViewer" | "allViewerAndWhitelistCloudFront" => Forwarded::All,
        "whitelist" => Forwarded::Only(names),
        "allExcept" => Forwarded::AllBut(names),
        _ => Forwarded::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cloudfronts_words_are_read() {
        let names = || vec!["host".to_owned()];
        assert_eq!(forwarded("none", Vec::new()), Forwarded::None);
        assert_eq!(forwarded("allViewer", Vec::new()), Forwarded::All);
        assert_eq!(forwarded("allExcept", names()), Forwarded::AllBut(names()));
        assert_eq!(forwarded("whitelist", names()), Forwarded::Only(names()));
    }
}
