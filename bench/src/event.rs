//! The viewer-request event of a browser that opens a page with a session: about 6 KB.
//! <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html>

use serde_json::{Map, Value, json};

use crate::tokens::CLIENT;

/// The host of every request.
pub(crate) const HOST: &str = "cms.example.com";

/// The names that session cookies have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// The gate's own.
    Host,
    /// Those that Amplify and cognito-at-edge use.
    Amplify,
}

const HEADERS: [(&str, &str); 9] = [
    ("Host", HOST),
    (
        "User-Agent",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
    ),
    ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"),
    ("Accept-Language", "en-GB,en;q=0.9"),
    ("Accept-Encoding", "gzip, deflate, br, zstd"),
    ("Sec-Fetch-Dest", "document"),
    ("Sec-Fetch-Mode", "navigate"),
    ("Sec-Fetch-Site", "none"),
    ("Upgrade-Insecure-Requests", "1"),
];

/// An event whose cookies hold this ID token, and two more tokens as long as real ones that nobody looks at.
pub(crate) fn event(layout: Layout, id_token: &str) -> String {
    let cookie = format!("a=b; {}; theme=dark", session(layout, id_token));
    event_of("/guide/", HEADERS.into_iter().chain([("Cookie", cookie.as_str())])).to_string()
}

/// The event of a browser without any cookie.
pub(crate) fn stranger(path: &str) -> String {
    event_of(path, HEADERS.into_iter()).to_string()
}

fn session(layout: Layout, id_token: &str) -> String {
    let (access_token, refresh_token) = ("y".repeat(1_100), "z".repeat(1_900));
    let (user, each) = match layout {
        Layout::Host => (
            String::new(),
            ["__Host-id-token", "__Host-access-token", "__Host-refresh-token"].map(str::to_owned),
        ),
        Layout::Amplify => {
            let prefix = format!("CognitoIdentityServiceProvider.{CLIENT}");
            let each = ["idToken", "accessToken", "refreshToken"].map(|name| format!("{prefix}.ada.{name}"));
            (format!("; {prefix}.LastAuthUser=ada"), each)
        }
    };
    let [id, access, refresh] = each;
    format!("{id}={id_token}; {access}={access_token}; {refresh}={refresh_token}{user}")
}

fn event_of<'h>(path: &str, fields: impl Iterator<Item = (&'h str, &'h str)>) -> Value {
    let mut headers = Map::new();
    for (key, value) in fields {
        headers.insert(key.to_lowercase(), json!([{ "key": key, "value": value }]));
    }
    json!({ "Records": [{ "cf": {
        "config": {
            "distributionDomainName": "d111111abcdef8.cloudfront.net",
            "distributionId": "EDFDVBD6EXAMPLE",
            "eventType": "viewer-request",
            "requestId": "4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==",
        },
        "request": {
            "clientIp": "203.0.113.178", "headers": headers, "method": "GET", "querystring": "", "uri": path,
        },
    } }] })
}
