//! Request path, percent-decoded, with every reading that an origin may have of it.
//!
//! CloudFront hands over the path as the viewer wrote it, while origins decode it, and not all alike: one takes `%2F` for
//! a slash and another for a character, one cuts at `;` or at an encoded `#`, one decodes twice. A path is therefore
//! kept with every reading that an origin may have of it; a route counts only if all of them fall under its rule
//! ([`RouteTable::decide`](crate::route::RouteTable::decide)).

use std::borrow::Cow;

use percent_encoding::percent_decode_str;

/// The most readings that a path may have. A path with more is hostile.
const MAX_READINGS: usize = 48;

/// A request path (RFC 3986 section 3.3), percent-decoded, with its other readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestPath<'a> {
    decoded: Cow<'a, str>,
    others: Vec<String>,
}

/// Why a path has no safe reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PathProblem {
    /// It does not start with `/`.
    #[error("the path must start with a slash")]
    NotAbsolute,
    /// A segment is `.` or `..` in some reading, which no client sends (RFC 3986 section 5.2.4).
    #[error("the path must hold no dot segment")]
    DotSegment,
    /// It starts with two slashes in some reading, which a browser takes for another host.
    #[error("the path must not start with two slashes")]
    EmptySegment,
    /// A percent sign that encodes nothing, or more encodings inside each other than anybody needs.
    #[error("the path must be percent-encoded properly")]
    Encoding,
    /// A control character, or bytes that are not UTF-8.
    #[error("the path must be UTF-8 text without control characters")]
    Text,
    /// Its readings fall under different rules.
    #[error("the path must fall under one rule, however it is read")]
    Ambiguous,
}

impl<'a> RequestPath<'a> {
    /// Reads the path of a request line, without its query.
    ///
    /// # Errors
    ///
    /// A [`PathProblem`] when no reading of it is safe.
    pub fn parse(raw: &'a str) -> Result<RequestPath<'a>, PathProblem> {
        if !raw.starts_with('/') {
            return Err(PathProblem::NotAbsolute);
        }
        if is_plain(raw) {
            return Ok(RequestPath { decoded: Cow::Borrowed(raw), others: Vec::new() });
        }
        if raw.split('%').skip(1).any(|after| code(after).is_none()) {
            return Err(PathProblem::Encoding);
        }
        let decoded = decoded(raw, Separators::StayEncoded)?;
        check(&decoded)?;
        let mut others: Vec<String> = Vec::new();
        let mut next = 0;
        let mut reading = decoded.clone();
        loop {
            for other in other_readings(&reading)? {
                if other != decoded && !others.contains(&other) {
                    check(&other)?;
                    others.push(other);
                }
            }
            if others.len() > MAX_READINGS {
                return Err(PathProblem::Encoding);
            }
            match others.get(next) {
                Some(other) => reading.clone_from(other),
                None => return Ok(RequestPath { decoded: Cow::Owned(decoded), others }),
            }
            next += 1;
        }
    }

    /// The start page's path.
    #[must_use]
    pub fn root() -> RequestPath<'static> {
        RequestPath { decoded: Cow::Borrowed("/"), others: Vec::new() }
    }

    /// The path without a tie to the request that it was read from.
    #[must_use]
    pub fn into_owned(self) -> RequestPath<'static> {
        RequestPath { decoded: Cow::Owned(self.decoded.into_owned()), others: self.others }
    }

    /// The decoded path. An encoded slash, backslash, question mark, number sign or percent sign stays encoded: decoded,
    /// it would be taken for another character.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.decoded
    }

    /// Every reading, the decoded path first.
    pub fn readings(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&*self.decoded).chain(self.others.iter().map(String::as_str))
    }

    /// Whether everybody reads it alike.
    #[must_use]
    pub fn has_one_reading(&self) -> bool {
        self.others.is_empty()
    }

    /// The part after the last slash; empty for a folder.
    #[must_use]
    pub fn last_segment(&self) -> &str {
        self.decoded.rsplit('/').next().unwrap_or_default()
    }

    /// What follows the last dot of the last segment, if there is one.
    #[must_use]
    pub fn extension(&self) -> Option<&str> {
        self.last_segment().rsplit_once('.').map(|(_, extension)| extension)
    }
}

/// Whether a path holds nothing that anybody could read in another way, as nearly all do.
fn is_plain(raw: &str) -> bool {
    let mut before = 0;
    let is_unremarkable = |byte: u8| {
        let follows_a_slash = before == b'/';
        before = byte;
        match byte {
            b'/' | b'.' => !follows_a_slash,
            b'%' | b';' | b'\\' | b'?' | b'#' => false,
            _ => (0x20..0x7f).contains(&byte),
        }
    };
    raw.bytes().all(is_unremarkable)
}

/// What becomes of encoded separators when the rest is decoded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Separators {
    StayEncoded,
    AreDecoded,
}

/// Decodes once (RFC 3986 section 2.1).
fn decoded(text: &str, separators: Separators) -> Result<String, PathProblem> {
    fn whole(text: &str) -> Result<Cow<'_, str>, PathProblem> {
        percent_decode_str(text).decode_utf8().map_err(|_| PathProblem::Text)
    }
    if separators == Separators::AreDecoded {
        return whole(text).map(Cow::into_owned);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, encoded)) = first_separator(rest) {
        kept.push_str(&whole(rest.get(..at).unwrap_or_default())?);
        kept.push_str(encoded);
        rest = rest.get(at + encoded.len()..).unwrap_or_default();
    }
    kept.push_str(&whole(rest)?);
    Ok(kept)
}

/// The first encoded separator, in its canonical spelling.
fn first_separator(text: &str) -> Option<(usize, &'static str)> {
    text.match_indices('%').find_map(|(at, _)| {
        let code = text.get(at + 1..at + 3)?;
        let separators = [("2F", "%2F"), ("5C", "%5C"), ("3F", "%3F"), ("23", "%23"), ("25", "%25")];
        let found = separators.iter().find(|(listed, _)| listed.eq_ignore_ascii_case(code));
        found.map(|(_, encoded)| (at, *encoded))
    })
}

/// Refuses what is safe under no rule.
fn check(reading: &str) -> Result<(), PathProblem> {
    if reading.chars().any(char::is_control) {
        return Err(PathProblem::Text);
    }
    if reading.split(['/', '\\']).any(is_dot_segment) {
        return Err(PathProblem::DotSegment);
    }
    if reading.starts_with("//") || reading.starts_with("/\\") {
        return Err(PathProblem::EmptySegment);
    }
    Ok(())
}

/// What else an origin could make of a reading.
fn other_readings(reading: &str) -> Result<Vec<String>, PathProblem> {
    let mut others = Vec::new();
    if reading.split('%').skip(1).any(|after| code(after).is_some()) {
        others.push(decoded(reading, Separators::AreDecoded)?);
    }
    if let Some((before, _)) = reading.split_once(['?', '#']) {
        others.push(before.to_owned());
    }
    if reading.contains('\\') {
        others.push(reading.replace('\\', "/"));
    }
    if reading.contains(';') {
        let names = reading.split('/').map(|segment| segment.split(';').next().unwrap_or_default());
        others.push(names.collect::<Vec<_>>().join("/"));
    }
    if reading.contains("//") {
        let mut merged = String::with_capacity(reading.len());
        for character in reading.chars() {
            if character != '/' || !merged.ends_with('/') {
                merged.push(character);
            }
        }
        others.push(merged);
    }
    Ok(others)
}

/// `..;x` counts: some servers cut a path parameter off before they resolve dots.
fn is_dot_segment(segment: &str) -> bool {
    let name = segment.split(';').next().unwrap_or_default();
    name == "." || name == ".."
}

/// The two digits that make a percent sign an encoding.
fn code(after: &str) -> Option<&str> {
    after.get(..2).filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests;
