//! Any text as a return path: what is accepted stays on the host, for every reader, and is its own reading.

use ::gate::pool_call::{CallFailure, PoolAnswer};
use ::gate::return_path::{MAX_RETURN_PATH, ReturnPath};
use form_urlencoded::byte_serialize;
use url::Url;

use super::answer;
use super::gate::{GATES, HOST, decide, page, written};

/// The text as it is, as a request's address, and as the `to` of a sign-in.
pub fn check(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    if let Some(path) = ReturnPath::parse(text) {
        check_path(&path);
    }
    let (path, query) = text.split_once('?').unwrap_or((text, ""));
    check_path(&ReturnPath::of_request(path, query));
    let to = format!("to={}", byte_serialize(text.as_bytes()).collect::<String>());
    for uri in ["/auth/sign-in", "/auth/sign-out", "/auth/signed-out"] {
        let failed = PoolAnswer::Failed(CallFailure::TimedOut);
        let (decision, _) = decide(&GATES[0], page(uri, &to, ""), &failed);
        answer::check(&written(&decision));
    }
    let (decision, _) = decide(&GATES[0], page(path, query, ""), &PoolAnswer::Failed(CallFailure::TimedOut));
    let json = written(&decision);
    if json.get("status").is_some() {
        answer::check(&json);
    }
}

fn check_path(path: &ReturnPath) {
    let location = path.as_str();
    assert!(location.starts_with('/') && !location.starts_with("//"), "{location}");
    assert!(location.bytes().all(|b| b.is_ascii_graphic() && b != b'\\'), "{location}");
    assert!(location.len() <= MAX_RETURN_PATH);
    assert_eq!(ReturnPath::parse(location).as_ref(), Some(path), "{location}");
    answer::check_location(location);
    let base = Url::parse(&format!("https://{HOST}/a/b?c#d")).expect("a base");
    let url = base.join(location).expect("a location");
    assert_eq!((url.host_str(), url.fragment()), (Some(HOST), None), "{location}");
    assert_eq!(url.path(), path.path(), "a browser goes elsewhere");
}
