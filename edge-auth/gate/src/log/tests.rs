//! What stands in a line, and what never does.

use super::*;
use crate::request::Headers;

fn request() -> Request<'static> {
    Request {
        id: "id-1".into(),
        method: "GET".into(),
        uri: format!("/{}", "é".repeat(400)).into(),
        querystring: "code=secret".into(),
        client_ip: "192.0.2.1".into(),
        headers: Headers::default(),
        body: None,
    }
}

#[test]
fn a_line_is_an_embedded_metric() {
    let record = Record::new(Event::Renewal, Reason::Renewed, &request()).with_exchange_time(12);
    for function in [None, Some("cms-staging-edge-auth")] {
        let line = record.line(function, 1_700_000_000_123);
        let line: serde_json::Value = serde_json::from_str(&line).unwrap();
        let directive = &line["_aws"]["CloudWatchMetrics"][0];
        assert_eq!(line["_aws"]["Timestamp"], 1_700_000_000_123_u64);
        assert_eq!(directive["Namespace"], NAMESPACE);
        for metric in directive["Metrics"].as_array().unwrap() {
            assert!(line[metric["Name"].as_str().unwrap()].is_u64());
        }
        for set in directive["Dimensions"].as_array().unwrap() {
            let set = set.as_array().unwrap();
            assert!(set.iter().all(|dimension| line[dimension.as_str().unwrap()].is_string()));
            assert_eq!(set.contains(&"function".into()), function.is_some());
        }
        assert_eq!(line.get("function").and_then(serde_json::Value::as_str), function);
        assert_eq!((&line["event"], &line["exchange_time"]), (&"renewal".into(), &12.into()));
    }
}

#[test]
fn a_line_holds_no_query_and_is_bounded() {
    let line = Record::new(Event::Refusal, Reason::NoSession, &request()).line(None, 0);
    assert!(!line.contains("secret") && !line.contains('\n') && line.len() < 1_200, "{line}");
}

#[test]
fn levels_are_nested() {
    let record = Record::new(Event::SignIn, Reason::SignedIn, &request());
    assert!(
        record.is_wanted(Level::Info) && record.is_wanted(Level::Debug) && !record.is_wanted(Level::Warn)
    );
}
