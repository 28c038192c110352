//! What may be told of a token that nobody has verified: its size, the names of its claims, and its times.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Map, Value};

use crate::moment::Moment;

/// The longest token that is looked into, in bytes: the gate looks into none that is longer.
const MOST: usize = 16_384;

/// Claims that name no person: who issued the token, and for which client and use.
const OPEN: [&str; 4] = ["iss", "aud", "client_id", "token_use"];

/// The claims that are times.
const TIMES: [&str; 4] = ["iat", "nbf", "exp", "auth_time"];

/// What the token says of itself. None of it is verified.
pub(super) fn claims(token: &str) -> Vec<String> {
    let mut segments = token.split('.');
    let (Some(header), Some(payload)) = (segments.next(), segments.next()) else { return Vec::new() };
    if token.len() > MOST {
        return Vec::new();
    }
    let key = object(header).and_then(|header| text(&header, "kid"));
    let key = key.map(|kid| format!("says that its key is {kid}"));
    let Some(payload) = object(payload) else { return key.into_iter().collect() };
    let names: Vec<&str> = payload.keys().map(String::as_str).collect();
    let known =
        OPEN.iter().filter_map(|name| text(&payload, name).map(|value| format!("says {name} is {value}")));
    let times =
        TIMES.iter().filter_map(|name| time(&payload, name).map(|time| format!("says {name} is {time}")));
    key.into_iter()
        .chain(known)
        .chain(times)
        .chain([format!("has the claims {}", names.join(", "))])
        .collect()
}

fn object(segment: &str) -> Option<Map<String, Value>> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(segment).ok()?).ok()
}

fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    object.get(name)?.as_str().map(str::to_owned)
}

fn time(object: &Map<String, Value>, name: &str) -> Option<String> {
    object.get(name)?.as_i64().map(|seconds| Moment::from_unix(seconds).rfc3339())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_and_times_are_told_and_values_are_not() {
        let payload =
            r#"{"iss":"https://pool.example","email":"ada@example.com","exp":1795264200,"sub":"s-1"}"#;
        let token =
            [r#"{"kid":"k1"}"#, payload, "signature"].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".");
        let told = claims(&token).join("\n");
        for expected in ["k1", "https://pool.example", "exp is 2026-11-21T12:30:00Z", "email, exp, iss, sub"]
        {
            assert!(told.contains(expected), "{expected}: {told}");
        }
        for secret in ["ada@example.com", "s-1", "c2lnbmF0dXJl"] {
            assert!(!told.contains(secret), "{told}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_token_or_not(text in "[\\x00-\\x7f]{0,40}", payload in ".{0,60}") {
            claims(&text);
            claims(&format!("e30.{}.x", URL_SAFE_NO_PAD.encode(payload)));
        }
    }
}
