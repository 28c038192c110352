//! The layout `host`: three cookies with the `__Host-` prefix (RFC 6265bis section 4.1.3.2), which no subdomain
//! and no plain connection can set.
//!
//! A browser may drop a cookie of more than 4,096 bytes, name and value together, so a longer token is split:
//! `__Host-id-token-1`, `__Host-id-token-2`, and so on.

use std::borrow::Cow;

use super::tokens::{FoundToken, FoundTokens, FreshTokens};
use super::{Pair, SESSION_MAX_AGE, SetCookie};

/// The longest name and value together that stay in one cookie, in bytes.
const MAX_COOKIE_BYTES: usize = 4_000;

const ID: &str = "__Host-id-token";
const ACCESS: &str = "__Host-access-token";
const REFRESH: &str = "__Host-refresh-token";

/// Room for the longest name with a part's number.
const PART_BYTES: usize = MAX_COOKIE_BYTES - REFRESH.len() - 4;

pub(super) fn is_ours(name: &str) -> bool {
    [ID, ACCESS, REFRESH].iter().any(|base| name == *base || part_number(name, base).is_some())
}

pub(super) fn read<'r>(pairs: &[Pair<'r>]) -> FoundTokens<'r> {
    FoundTokens {
        id: candidates(pairs, ID),
        access: candidates(pairs, ACCESS),
        refresh: candidates(pairs, REFRESH),
    }
}

pub(super) fn write(tokens: &FreshTokens, pairs: &[Pair<'_>]) -> Vec<SetCookie> {
    let mut lines = write_token(ID, &tokens.id, pairs);
    lines.extend(write_token(ACCESS, &tokens.access, pairs));
    match &tokens.refresh {
        Some(refresh) => lines.extend(write_token(REFRESH, refresh, pairs)),
        None => lines.extend(delete_token(REFRESH, pairs)),
    }
    lines
}

pub(super) fn clear(pairs: &[Pair<'_>]) -> Vec<SetCookie> {
    let bases = [ID, ACCESS, REFRESH];
    let parts = bases.iter().flat_map(|base| present(base, pairs)).filter(|name| !bases.contains(name));
    bases.into_iter().chain(parts).map(SetCookie::delete).collect()
}

/// Takes only what the request brought.
pub(super) fn clear_present(pairs: &[Pair<'_>]) -> Vec<SetCookie> {
    [ID, ACCESS, REFRESH].iter().flat_map(|base| present(base, pairs)).map(SetCookie::delete).collect()
}

/// Every whole cookie, and what the parts add up to.
fn candidates<'r>(pairs: &[Pair<'r>], base: &str) -> Vec<FoundToken<'r>> {
    let whole = pairs.iter().filter(|pair| pair.name == base).map(|pair| Cow::Borrowed(pair.value));
    let first = joined(pairs, base, |found| found.first().copied());
    let last = joined(pairs, base, |found| found.last().copied()).filter(|last| Some(last) != first.as_ref());
    let parts = [first, last].into_iter().flatten().map(Cow::Owned);
    whole.chain(parts).map(|token| FoundToken { token, owner: None }).collect()
}

/// The parts in their order; `pick` chooses where a part's name is there twice.
fn joined<'r>(
    pairs: &[Pair<'r>],
    base: &str,
    pick: impl Fn(&[&'r str]) -> Option<&'r str>,
) -> Option<String> {
    let mut whole = String::new();
    for number in 1..=u8::MAX {
        let found: Vec<&str> = pairs
            .iter()
            .filter(|pair| part_number(pair.name, base) == Some(number))
            .map(|pair| pair.value)
            .collect();
        match pick(&found) {
            Some(part) => whole.push_str(part),
            None => break,
        }
    }
    (!whole.is_empty()).then_some(whole)
}

fn write_token(base: &str, token: &str, pairs: &[Pair<'_>]) -> Vec<SetCookie> {
    let parts: Vec<(String, &str)> = if base.len() + token.len() <= MAX_COOKIE_BYTES {
        vec![(base.to_owned(), token)]
    } else {
        split(token).zip(1_usize..).map(|(part, number)| (format!("{base}-{number}"), part)).collect()
    };
    let stale = present(base, pairs).filter(|name| parts.iter().all(|(kept, _)| kept != name));
    let mut lines: Vec<SetCookie> = stale.map(SetCookie::delete).collect();
    lines.extend(parts.iter().map(|(name, part)| SetCookie::set(name, part, SESSION_MAX_AGE)));
    lines
}

fn delete_token(base: &str, pairs: &[Pair<'_>]) -> Vec<SetCookie> {
    let parts = present(base, pairs).filter(|name| *name != base).map(SetCookie::delete);
    std::iter::once(SetCookie::delete(base)).chain(parts).collect()
}

/// The cookies of this token that the request brought, each once.
fn present<'r>(base: &'r str, pairs: &'r [Pair<'_>]) -> impl Iterator<Item = &'r str> {
    pairs.iter().enumerate().filter_map(move |(position, pair)| {
        let is_its = pair.name == base || part_number(pair.name, base).is_some();
        let is_first = || pairs.iter().take(position).all(|earlier| earlier.name != pair.name);
        (is_its && is_first()).then_some(pair.name)
    })
}

fn part_number(name: &str, base: &str) -> Option<u8> {
    let digits = name.strip_prefix(base)?.strip_prefix('-')?;
    let number: u8 = digits.parse().ok()?;
    (number > 0 && !digits.starts_with(['0', '+'])).then_some(number)
}

/// Tokens are ASCII, so any byte is a boundary.
fn split(token: &str) -> impl Iterator<Item = &str> {
    token.as_bytes().chunks(PART_BYTES).filter_map(|part| std::str::from_utf8(part).ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fresh(id: &str, refresh: Option<&str>) -> FreshTokens {
        FreshTokens {
            id: id.to_owned(),
            access: "access".to_owned(),
            refresh: refresh.map(str::to_owned),
            username: "ada".to_owned(),
        }
    }

    fn stored(lines: &[SetCookie]) -> Vec<(String, String)> {
        let kept = lines.iter().map(ToString::to_string).filter(|line| !line.contains("Max-Age=0"));
        kept.map(|line| {
            let (name, rest) = line.split_once('=').unwrap();
            (name.to_owned(), rest.split(';').next().unwrap().to_owned())
        })
        .collect()
    }

    fn as_pairs(stored: &[(String, String)]) -> Vec<Pair<'_>> {
        stored.iter().map(|(name, value)| Pair { name, value }).collect()
    }

    #[test]
    fn a_token_is_split_above_4000_bytes() {
        let just = "x".repeat(MAX_COOKIE_BYTES - ID.len());
        assert_eq!(stored(&write(&fresh(&just, None), &[]))[0].0, ID);
        let too_long = format!("{just}x");
        let names: Vec<String> =
            stored(&write(&fresh(&too_long, None), &[])).into_iter().map(|(n, _)| n).collect();
        assert_eq!(names, ["__Host-id-token-1", "__Host-id-token-2", ACCESS]);
    }

    #[test]
    fn parts_of_an_earlier_session_are_deleted() {
        let pairs =
            [Pair { name: "__Host-id-token-1", value: "a" }, Pair { name: "__Host-id-token-2", value: "b" }];
        let lines: Vec<String> =
            write(&fresh("short", None), &pairs).iter().map(ToString::to_string).collect();
        assert!(lines[0].starts_with("__Host-id-token-1=;") && lines[1].starts_with("__Host-id-token-2=;"));
        let cleared = clear(&pairs);
        assert_eq!(cleared.len(), 5);
    }

    #[test]
    fn a_session_without_a_refresh_token_takes_the_old_one_away() {
        let lines: Vec<String> = write(&fresh("id", None), &[]).iter().map(ToString::to_string).collect();
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with("__Host-refresh-token=; ") && line.ends_with("Max-Age=0"))
        );
    }

    #[test]
    fn a_name_that_comes_twice_gives_two_candidates() {
        let pairs = [Pair { name: ID, value: "a" }, Pair { name: ID, value: "b" }];
        let tokens: Vec<_> = read(&pairs).id.into_iter().map(|found| found.token).collect();
        assert_eq!(tokens, ["a", "b"]);
    }

    #[test]
    fn only_our_names_are_ours() {
        for name in [ID, ACCESS, REFRESH, "__Host-id-token-1", "__Host-id-token-255"] {
            assert!(is_ours(name), "{name}");
        }
        for name in
            ["id-token", "__Host-id-tokens", "__Host-id-token-", "__Host-id-token-01", "__Host-id-token-x"]
        {
            assert!(!is_ours(name), "{name}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(length in 1_usize..9_000, letters in "[A-Za-z0-9._-]{1,30}") {
            let id: String = letters.chars().cycle().take(length).collect();
            let stored = stored(&write(&fresh(&id, Some("refresh")), &[]));
            let pairs = as_pairs(&stored);
            prop_assert!(pairs.iter().all(|pair| pair.name.len() + pair.value.len() <= MAX_COOKIE_BYTES));
            let found = read(&pairs);
            prop_assert_eq!(&found.id[0].token, &id);
            prop_assert_eq!(&found.refresh[0].token, "refresh");
        }
    }
}
