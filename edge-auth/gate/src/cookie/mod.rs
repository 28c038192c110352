//! Cookies: the only module that knows how they are named, read, set and taken away (RFC 6265bis).

mod amplify;
mod host;
mod layout;
mod set_cookie;
mod tokens;

pub use layout::{Layout, Names};
pub use set_cookie::SetCookie;
pub use tokens::{FoundToken, FoundTokens, FreshTokens};

use memchr::memchr;

use crate::request::{Header, Headers};

/// How many slots there are for sign-in attempts under way, and so how many of their cookies a browser keeps.
pub const SIGN_IN_SLOTS: u8 = 4;

/// How long a session's cookies last, in seconds: 30 days, as long as Cognito's refresh tokens do unless the
/// app client says otherwise. Every renewal starts the time anew.
pub const SESSION_MAX_AGE: i64 = 30 * 24 * 3_600;

/// One cookie of a request, raw: nothing is decoded and quotes are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair<'r> {
    /// The name.
    pub name: &'r str,
    /// The value.
    pub value: &'r str,
}

/// The cookies of a request in their order, over all Cookie lines.
///
/// Semicolons always separate, inside quotes as well (RFC 6265bis section 5.7.3): a quoted value cannot swallow
/// the cookies behind it.
pub fn pairs<'r>(headers: &'r Headers<'_>) -> impl Iterator<Item = Pair<'r>> {
    headers.all("cookie").flat_map(parts).filter_map(pair)
}

/// Takes the cookies away whose names `is_ours`. The others stay byte for byte.
pub fn strip(headers: &mut Headers<'_>, is_ours: impl Fn(&str) -> bool) {
    headers.retain(|line| !line.name.eq_ignore_ascii_case("cookie") || strip_line(line, &is_ours));
}

/// The name of the cookie that keeps a sign-in attempt.
#[must_use]
pub fn sign_in_cookie_name(slot: u8) -> String {
    format!("{SIGN_IN_PREFIX}{slot}")
}

/// The slot of a sign-in attempt's cookie, if `name` is one's.
#[must_use]
pub fn sign_in_slot(name: &str) -> Option<u8> {
    let digit = name.strip_prefix(SIGN_IN_PREFIX)?;
    (0..SIGN_IN_SLOTS).find(|slot| slot.to_string() == digit)
}

const SIGN_IN_PREFIX: &str = "__Host-sign-in-";

/// What RFC 6265bis section 5.7 takes off the ends of names and values. Not all that Unicode calls white space: a
/// subdomain may set a cookie named U+2000 `__Host-id-token`, which no browser guards like `__Host-id-token`.
const WHITE_SPACE: [char; 2] = [' ', '\t'];

fn pair(text: &str) -> Option<Pair<'_>> {
    let (name, value) = text.split_once('=')?;
    Some(Pair { name: name.trim_matches(WHITE_SPACE), value: value.trim_matches(WHITE_SPACE) })
}

/// What stands between the semicolons of a line. A line holds kilobytes of tokens, so it is gone through in the
/// widest steps there are.
fn parts(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let Some((part, behind)) = memchr(b';', text.as_bytes()).and_then(|at| text.split_at_checked(at))
        else {
            return Some(text);
        };
        rest = behind.get(1..);
        Some(part)
    })
}

/// Whether anything is left of the line. A name that an origin could read as ours, since it takes more off its ends
/// than browsers do, goes too.
fn strip_line(line: &mut Header<'_>, is_ours: &impl Fn(&str) -> bool) -> bool {
    let mut is_whole = true;
    let is_kept = |text: &&str| {
        let is_kept = !is_ours(text.split('=').next().unwrap_or_default().trim());
        is_whole &= is_kept;
        is_kept
    };
    let kept: Vec<&str> = parts(&line.value).filter(is_kept).collect();
    if is_whole {
        return true;
    }
    let rest = kept.join(";").trim_start_matches(WHITE_SPACE).to_owned();
    let is_empty = rest.is_empty();
    line.value = rest.into();
    !is_empty
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;

    use super::*;

    fn headers(lines: &[&'static str]) -> Headers<'static> {
        Headers::new(
            lines
                .iter()
                .map(|value| Header { name: "cookie".into(), key: None, value: Cow::Borrowed(*value) })
                .collect(),
        )
    }

    fn stripped(lines: &[&'static str]) -> Vec<String> {
        let mut headers = headers(lines);
        strip(&mut headers, |name| name == "ours");
        headers.all("cookie").map(str::to_owned).collect()
    }

    #[test]
    fn other_cookies_stay_byte_for_byte() {
        assert_eq!(stripped(&["a=1; ours=x; b=\"2; c\";  d"]), ["a=1; b=\"2; c\";  d"]);
        assert_eq!(stripped(&["ours=x; a=1"]), ["a=1"]);
        assert_eq!(stripped(&["a=1;ours=x"]), ["a=1"]);
        assert_eq!(stripped(&["a=  1 ;; =;"]), ["a=  1 ;; =;"]);
        assert_eq!(stripped(&["ours=x;\u{a0}a=1"]), ["\u{a0}a=1"]);
    }

    #[test]
    fn a_line_with_nothing_left_is_gone() {
        assert_eq!(stripped(&["ours=1; ours=2", "a=1"]), ["a=1"]);
        assert!(stripped(&["ours=1"]).is_empty());
    }

    #[test]
    fn quotes_and_dollars_swallow_nothing() {
        let headers = headers(&["$Version=\"1\"; a=\"x; b=2", "c=\"y\""]);
        let names: Vec<&str> = pairs(&headers).map(|pair| pair.name).collect();
        assert_eq!(names, ["$Version", "a", "b", "c"]);
    }

    #[test]
    fn a_name_in_other_white_space_is_another_name_but_reaches_no_origin() {
        for name in ["\u{2000}ours", "\u{a0}ours", "ours\u{85}", "\u{b}ours"] {
            let line: &'static str = Box::leak(format!("{name}=1; a=2").into_boxed_str());
            assert!(pairs(&headers(&[line])).all(|pair| pair.name != "ours"), "{name:?}");
            assert_eq!(stripped(&[line]), ["a=2"], "{name:?}");
        }
        assert!(pairs(&headers(&["\t ours = 1"])).any(|pair| pair.name == "ours" && pair.value == "1"));
    }

    #[test]
    fn slots_are_bounded() {
        assert_eq!(sign_in_slot("__Host-sign-in-3"), Some(3));
        for name in
            ["__Host-sign-in-4", "__Host-sign-in-", "__Host-sign-in-+1", "__Host-sign-in-01", "sign-in-1"]
        {
            assert_eq!(sign_in_slot(name), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn stripping_takes_exactly_ours(line in "([a-z]{1,3}=[^,]{0,6}; ?|ours=[a-z]{0,3};)*") {
            let line: &'static str = Box::leak(line.into_boxed_str());
            let before = headers(&[line]);
            let expected: Vec<(String, String)> = pairs(&before)
                .filter(|pair| pair.name != "ours")
                .map(|pair| (pair.name.to_owned(), pair.value.to_owned()))
                .collect();
            let mut after = before.clone();
            strip(&mut after, |name| name == "ours");
            let left: Vec<(String, String)> =
                pairs(&after).map(|pair| (pair.name.to_owned(), pair.value.to_owned())).collect();
            prop_assert_eq!(left, expected);
        }
    }
}
