//! What holds for every generated answer, whatever it answers.

use serde_json::Value;
use url::Url;

use super::gate::HOST;

/// Holds a generated answer, as CloudFront is told it, against the rules.
pub fn check(answer: &Value) {
    let status: u16 = answer["status"].as_str().expect("a status as text").parse().expect("a number");
    assert!((200..600).contains(&status), "{status}");
    assert!(answer.to_string().len() < 40_960, "longer than CloudFront takes");
    assert_eq!(answer["headers"]["cache-control"][0]["value"], "no-store");
    let headers = answer["headers"].as_object().expect("header fields");
    for (name, lines) in headers {
        assert!(name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-'), "{name:?}");
        for line in lines.as_array().expect("lines") {
            let value = line["value"].as_str().expect("a value");
            assert!(value.bytes().all(|b| (0x20..0x7f).contains(&b)), "{name}: {value:?}");
        }
    }
    for location in values(answer, "location") {
        check_location(location);
    }
    let body = answer["body"].as_str().unwrap_or_default();
    assert!(!body.contains("<script"), "{body}");
}

/// The values of a header field.
pub fn values<'v>(answer: &'v Value, name: &str) -> Vec<&'v str> {
    let lines = answer["headers"][name].as_array();
    lines.into_iter().flatten().filter_map(|line| line["value"].as_str()).collect()
}

/// Whether an answer puts a token into the browser.
pub fn sets_a_session(answer: &Value) -> bool {
    values(answer, "set-cookie").iter().any(|line| {
        let name = line.split('=').next().unwrap_or_default();
        let is_token = name.contains("-token") || name.contains("Token");
        is_token && !line.contains("Max-Age=0")
    })
}

/// A Location leads to this host or to the hosted UI, as a browser reads it.
pub fn check_location(location: &str) {
    let base = Url::parse(&format!("https://{HOST}/some/page")).expect("a base");
    let url = base.join(location).expect("a location that browsers can read");
    let is_pool =
        url.host_str() == Some("login.example.com") && ["/oauth2/authorize", "/logout"].contains(&url.path());
    assert_eq!(url.scheme(), "https", "{location}");
    assert!(url.host_str() == Some(HOST) || is_pool, "{location}");
    assert!(url.port().is_none() && url.username().is_empty() && url.password().is_none(), "{location}");
}
