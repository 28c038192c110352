//! How paths are read.

use proptest::prelude::*;

use super::*;

fn readings(raw: &str) -> Vec<String> {
    RequestPath::parse(raw).unwrap().readings().map(str::to_owned).collect()
}

#[test]
fn a_path_is_decoded_once() {
    assert_eq!(readings("/%70ublic/caf%C3%A9"), ["/public/café"]);
    assert_eq!(readings("/public/v1.2"), ["/public/v1.2"]);
    assert_eq!(readings("/100%25"), ["/100%25", "/100%"]);
}

#[test]
fn every_reading_is_kept() {
    assert_eq!(readings("/tags/c%23/"), ["/tags/c%23/", "/tags/c#/", "/tags/c"]);
    assert_eq!(readings("/v/%2f/p"), ["/v/%2F/p", "/v///p", "/v/p"]);
    assert_eq!(readings("/a;b=1/c"), ["/a;b=1/c", "/a/c"]);
    assert_eq!(readings("/a//b"), ["/a//b", "/a/b"]);
    assert_eq!(readings("/a%5Cb"), ["/a%5Cb", "/a\\b", "/a/b"]);
    assert_eq!(readings("/a%2520b"), ["/a%2520b", "/a%20b", "/a b"]);
}

#[test]
fn what_is_safe_under_no_rule_is_refused() {
    for (raw, problem) in [
        ("", PathProblem::NotAbsolute),
        ("public", PathProblem::NotAbsolute),
        ("/public/../private", PathProblem::DotSegment),
        ("/public/%2e%2E/private", PathProblem::DotSegment),
        ("/public/..;/private", PathProblem::DotSegment),
        ("/public/.", PathProblem::DotSegment),
        ("/public%2f..%2fprivate", PathProblem::DotSegment),
        ("/public\\..\\private", PathProblem::DotSegment),
        ("/%252e%252e/", PathProblem::DotSegment),
        ("/%25%32%65/", PathProblem::DotSegment),
        ("/%252%65/", PathProblem::DotSegment),
        ("//public", PathProblem::EmptySegment),
        ("/%2fevil.example", PathProblem::EmptySegment),
        ("/%5cevil.example", PathProblem::EmptySegment),
        ("/;/evil.example", PathProblem::EmptySegment),
        ("/%", PathProblem::Encoding),
        ("/%4", PathProblem::Encoding),
        ("/%zz", PathProblem::Encoding),
        ("/%00", PathProblem::Text),
        ("/%250d", PathProblem::Text),
        ("/%ff", PathProblem::Text),
        ("/%c0%ae", PathProblem::Text),
    ] {
        assert_eq!(RequestPath::parse(raw), Err(problem), "{raw}");
    }
}

proptest! {
    #[test]
    fn every_reading_of_any_text_is_safe(raw in "/[a-z%;#?./\\\\0-9]{0,40}") {
        if let Ok(path) = RequestPath::parse(&raw) {
            for reading in path.readings() {
                prop_assert!(check(reading).is_ok());
            }
        }
    }

    #[test]
    fn the_short_way_leads_to_the_same_reading(raw in "/[a-z.%25/;~]{0,20}") {
        if is_plain(&raw) {
            prop_assert_eq!(decoded(&raw, Separators::AreDecoded).unwrap(), raw.clone());
            prop_assert!(check(&raw).is_ok() && other_readings(&raw).unwrap().is_empty());
        }
    }
}
