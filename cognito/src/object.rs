//! JSON object reader that refuses duplicate member names, compared unescaped.
//!
//! RFC 7515 section 4 and RFC 7519 section 4 leave a choice between refusing duplicates and taking the last.
//! Two readers that choose differently see two different tokens; refusing leaves nothing to disagree about.
//! Values are handed on unparsed: they are skipped without recursion, so nesting costs no stack.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// Why a text is not such an object.
#[derive(Debug)]
pub(crate) enum ObjectError {
    /// Not JSON, not an object, or something follows it.
    Syntax,
    /// The member name that appears twice.
    Duplicate(String),
}

/// Calls `member` with every member's unescaped name and its value as written.
pub(crate) fn read_object<'j>(
    json: &'j str,
    member: impl FnMut(&str, &'j RawValue),
) -> Result<(), ObjectError> {
    let mut json = serde_json::Deserializer::from_str(json);
    let names = json.deserialize_map(Members(member)).map_err(|_| ObjectError::Syntax)?;
    json.end().map_err(|_| ObjectError::Syntax)?;
    repeated(names).map_or(Ok(()), |name| Err(ObjectError::Duplicate(name)))
}

/// The value if it is a string, unescaped.
pub(crate) fn text(json: &str) -> Option<Cow<'_, str>> {
    serde_json::from_str::<Text<'_>>(json).ok().map(|text| text.0)
}

/// The values if it is an array of strings and of nothing else, unescaped.
pub(crate) fn texts(json: &str) -> Option<Vec<String>> {
    serde_json::from_str(json).ok()
}

/// A string borrowed from its JSON unless it holds escapes.
#[derive(Deserialize)]
#[serde(transparent)]
struct Text<'j>(#[serde(borrow)] Cow<'j, str>);

struct Members<F>(F);

impl<'j, F: FnMut(&str, &'j RawValue)> Visitor<'j> for Members<F> {
    type Value = Vec<Cow<'j, str>>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON object")
    }

    fn visit_map<A: MapAccess<'j>>(mut self, mut object: A) -> Result<Self::Value, A::Error> {
        // A Cognito ID token has about twenty claims.
        let mut names = Vec::with_capacity(32);
        while let Some(Text(name)) = object.next_key()? {
            (self.0)(&name, object.next_value()?);
            names.push(name);
        }
        Ok(names)
    }
}

/// Sorting keeps thousands of hostile members from costing quadratic time.
fn repeated(mut names: Vec<Cow<'_, str>>) -> Option<String> {
    names.sort_unstable();
    names.windows(2).find_map(|pair| match pair {
        [one, other] if one == other => Some(one.to_string()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn members(json: &str) -> Result<Vec<(String, String)>, ObjectError> {
        let mut seen = Vec::new();
        read_object(json, |name, value| seen.push((name.to_owned(), value.get().to_owned())))?;
        Ok(seen)
    }

    #[test]
    fn members_arrive_in_order_and_as_written() {
        let seen = members(r#" { "a" : 1e400 , "\u0062" : [ {"c" : "\u0041"} ] } "#).unwrap();
        let expected = [("a", "1e400"), ("b", r#"[ {"c" : "\u0041"} ]"#)];
        assert_eq!(seen, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    #[test]
    fn a_name_twice_is_a_duplicate_however_it_is_spelled() {
        for json in [r#"{"a":1,"a":1}"#, r#"{"a":1,"b":2,"\u0061":3}"#, r#"{"a":{},"c":0,"b":0,"a":null}"#] {
            assert!(matches!(members(json), Err(ObjectError::Duplicate(name)) if name == "a"), "{json}");
        }
        assert!(
            members(r#"{"a":{"b":1},"b":{"b":1},"A":0}"#).is_ok(),
            "other levels and cases are other names"
        );
    }

    #[test]
    fn only_one_whole_object_will_do() {
        for json in [
            "",
            "null",
            "[]",
            "\"a\"",
            "1",
            "{",
            "{}{}",
            "{} x",
            "{\"a\"}",
            "{a:1}",
            "{\"a\":1,}",
            "\u{feff}{}",
        ] {
            assert!(matches!(members(json), Err(ObjectError::Syntax)), "{json:?}");
        }
    }

    #[test]
    fn nesting_of_any_depth_is_skipped_without_using_the_stack() {
        let depth = 100_000;
        let nested = format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert_eq!(members(&nested).unwrap().len(), 1);
        assert!(members(&"{\"a\":".repeat(depth)).is_err());
    }

    #[test]
    fn texts_are_arrays_of_strings_only() {
        assert_eq!(texts(r#"["a","\u0062"]"#), Some(vec!["a".to_owned(), "b".to_owned()]));
        assert_eq!(texts("[]"), Some(Vec::new()));
        for json in ["\"a\"", "[1]", "[\"a\",null]", "{}", "null", "[[\"a\"]]"] {
            assert_eq!(texts(json), None, "{json}");
        }
        assert_eq!(text(r#""\u0061b""#).as_deref(), Some("ab"));
        assert_eq!(text("1"), None);
    }
}
