//! What differs from one run to the next, and means nothing to a reader: moments, durations, random ids and ports. The
//! document shows one that was seen; the comparison takes any.

use std::sync::LazyLock;

use regex_lite::Regex;

/// Patterns, each with what stands for all that match it.
static CHANGING: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
    [
        (r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", "<moment>"),
        (r"\d{8}T\d{6}Z-[0-9a-f]{4}", "<deploy>"),
        (r"[A-Za-z0-9+/]{43}=", "<sha-256>"),
        (r"\d+ of \d+ bytes", "<size>"),
        (r"http://127\.0\.0\.1:\d+", "<endpoint>"),
        (r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b", "<uuid>"),
        (r"\b[0-9a-f]{12,64}\b", "<hash>"),
        (r"\bI[A-Z0-9]{10,}\b", "<invalidation>"),
        (r"\bE[A-Z0-9]{10,}\b", "<distribution>"),
        (r"\b\d+(\.\d+)? ?(ms|s)\b", "<duration>"),
    ]
    .into_iter()
    .map(|(pattern, name)| (Regex::new(pattern).unwrap(), name))
    .collect()
});

/// The text with everything that changes named instead.
pub(crate) fn named(text: &str) -> String {
    CHANGING
        .iter()
        .fold(text.to_owned(), |text, (pattern, name)| pattern.replace_all(&text, *name).into_owned())
}

#[test]
fn two_runs_are_alike() {
    let run = |moment, port| format!("deploy {moment}-1f2e to http://127.0.0.1:{port} took 2.5 s");
    assert_eq!(named(&run("20261121T123000Z", 8084)), named(&run("20271121T123001Z", 9)));
    assert_ne!(named("3 files"), named("4 files"));
}
