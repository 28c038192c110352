//! Any text as Cookie lines: the gate's cookies are taken out and nothing else changes; a session that is written
//! over them is the one that is read afterwards.

use ::gate::cookie::{FreshTokens, Names, Pair, SetCookie, pairs, strip};
use ::gate::host::Host;
use ::gate::request::{Header, Headers};

use super::gate::{GATES, HOST};

/// The most bytes, and the most cookies of the gate's, that one answer certainly has room to take away.
const CLEARABLE: (usize, usize) = (1_500, 12);

/// Each line of the text is a Cookie line.
pub fn check(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else { return };
    let line = |value| Header { name: "cookie".into(), key: None, value: std::borrow::Cow::Borrowed(value) };
    let headers = Headers::new(text.lines().map(line).collect());
    check_strip(&headers);
    let host = Host::parse(HOST).expect("a host");
    for gate in GATES.iter() {
        check_session(&gate.config().cookies, &headers, &host);
    }
}

/// An origin that takes any white space off a name finds none of ours; the others' bytes are the same.
fn check_strip(before: &Headers<'_>) {
    let is_ours = |text: &str| Names::is_ours(text.split('=').next().unwrap_or_default().trim());
    let mut after = before.clone();
    strip(&mut after, Names::is_ours);
    assert!(after.all("cookie").all(|line| !line.split(';').any(is_ours)));
    let others = |headers: &Headers<'_>| -> Vec<String> {
        let texts = headers.all("cookie").flat_map(|line| line.split(';')).filter(|text| !is_ours(text));
        // Between cookies, spaces and tabs mean nothing (RFC 6265bis section 5.7).
        let texts = texts.map(|text| text.trim_start_matches([' ', '\t'])).filter(|text| !text.is_empty());
        texts.map(str::to_owned).collect()
    };
    assert_eq!(others(before), others(&after));
    let mut untouched = before.all("cookie").filter(|line| !line.split(';').any(is_ours));
    assert!(untouched.all(|line| after.all("cookie").any(|left| left == line)));
    let mut again = after.clone();
    strip(&mut again, Names::is_ours);
    assert_eq!(again, after);
}

fn check_session(names: &Names, headers: &Headers<'_>, host: &Host) {
    let pairs: Vec<Pair<'_>> = pairs(headers).collect();
    let cleared = names.clear(&pairs, host);
    assert!(cleared.iter().all(SetCookie::is_deletion));
    assert!(cleared.iter().all(|line| is_header_text(&line.to_string())), "{cleared:?}");
    let fresh = FreshTokens {
        id: "the.new.id".to_owned(),
        access: "the.new.access".to_owned(),
        refresh: Some("the.new.refresh".to_owned()),
        username: "ada@example.com".to_owned(),
    };
    let written = names.write(&fresh, &pairs, host);
    assert!(
        written.iter().all(|line| is_header_text(&line.to_string()) && line.fits_a_browser()),
        "{written:?}"
    );
    let ours: Vec<&str> = pairs.iter().map(|pair| pair.name).filter(|name| Names::is_ours(name)).collect();
    let are_clearable = ours.len() <= CLEARABLE.1 && ours.iter().all(|name| is_header_text(name));
    let length: usize = headers.all("cookie").map(str::len).sum();
    if length <= CLEARABLE.0 && are_clearable {
        check_stored(names, &pairs, &cleared, None);
        check_stored(names, &pairs, &written, Some(&fresh));
    }
}

/// What a browser holds after an answer is the new session, or none.
fn check_stored(names: &Names, pairs: &[Pair<'_>], lines: &[SetCookie], expected: Option<&FreshTokens>) {
    let mut jar: Vec<(String, String)> =
        pairs.iter().map(|pair| (pair.name.to_owned(), pair.value.to_owned())).collect();
    for line in lines.iter().map(ToString::to_string) {
        let (name, rest) = line.split_once('=').expect("a name");
        let name = name.trim_matches([' ', '\t']);
        jar.retain(|(stored, _)| stored != name);
        if !line.contains("Max-Age=0") {
            jar.push((name.to_owned(), rest.split(';').next().unwrap_or_default().to_owned()));
        }
    }
    let left: Vec<Pair<'_>> = jar.iter().map(|(name, value)| Pair { name, value }).collect();
    let found = names.read(&left);
    let wanted = |token: fn(&FreshTokens) -> &str| expected.map(token).into_iter().collect::<Vec<_>>();
    let texts = |found: &[gate::cookie::FoundToken<'_>]| -> Vec<String> {
        found.iter().map(|found| found.token.clone().into_owned()).collect()
    };
    assert_eq!(texts(&found.id), wanted(|tokens| &tokens.id));
    assert_eq!(texts(&found.access), wanted(|tokens| &tokens.access));
    assert_eq!(texts(&found.refresh), wanted(|tokens| tokens.refresh.as_deref().unwrap_or_default()));
}

fn is_header_text(text: &str) -> bool {
    text.bytes().all(|b| (0x20..0x7f).contains(&b))
}
