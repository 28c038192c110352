//! The JWT claims set (RFC 7519 section 4), read once; each claim is interpreted where it is checked.

use std::borrow::Cow;
use std::ops::Range;

use crate::claim::Claim;
use crate::identifier::Group;
use crate::object::{read_object, text, texts};
use crate::token_error::{Segment, TokenError};
use crate::unix_time::UnixTime;

/// A payload and where its claims stand in it. Values stay in the text, so that a claim costs memory only
/// when it is kept.
pub(crate) struct Payload {
    json: String,
    claims: [Option<Range<usize>>; Claim::COUNT],
}

impl Payload {
    pub(crate) fn parse(json: String) -> Result<Payload, TokenError> {
        let mut claims = [const { None }; Claim::COUNT];
        read_object(&json, |name, value| {
            if let Some(claim) = Claim::named(name)
                && let Some(place) = claims.get_mut(claim as usize)
            {
                *place = Some(range_in(&json, value.get()));
            }
        })
        .map_err(|error| TokenError::in_object(Segment::Payload, error))?;
        Ok(Payload { json, claims })
    }

    /// A string claim.
    pub(crate) fn text(&self, claim: Claim) -> Result<Option<Cow<'_, str>>, TokenError> {
        self.read(claim, text, "a string")
    }

    /// A required string claim that is not empty.
    pub(crate) fn required_text(&self, claim: Claim) -> Result<Cow<'_, str>, TokenError> {
        self.nonempty_text(claim)?.ok_or(TokenError::MissingClaim(claim.name()))
    }

    /// An optional string claim that is not empty.
    pub(crate) fn nonempty_text(&self, claim: Claim) -> Result<Option<Cow<'_, str>>, TokenError> {
        let nonempty = |json| text(json).filter(|text| !text.is_empty());
        self.read(claim, nonempty, "a non-empty string")
    }

    /// A `NumericDate` (RFC 7519 section 2). Cognito writes whole seconds; fractions, exponents, negative and
    /// overlong numbers are refused.
    pub(crate) fn time(&self, claim: Claim) -> Result<Option<UnixTime>, TokenError> {
        let seconds = |json| serde_json::from_str(json).ok().map(UnixTime);
        self.read(claim, seconds, "a whole number of seconds that fits 64 bits")
    }

    /// A required `NumericDate`.
    pub(crate) fn required_time(&self, claim: Claim) -> Result<UnixTime, TokenError> {
        self.time(claim)?.ok_or(TokenError::MissingClaim(claim.name()))
    }

    /// A claim that, if it is there, must be a string or an array of strings (RFC 7519 section 2,
    /// `StringOrURI`).
    pub(crate) fn text_or_texts(&self, claim: Claim) -> Result<(), TokenError> {
        let either = |json| text(json).map(drop).or_else(|| texts(json).map(drop));
        self.read(claim, either, "a string or an array of strings").map(drop)
    }

    /// `cognito:groups`. Whatever is not an array of strings counts as no groups: nothing but the form that
    /// Cognito documents may ever match an access rule.
    pub(crate) fn groups(&self) -> Vec<Group> {
        let groups = self.value(Claim::CognitoGroups).and_then(texts).unwrap_or_default();
        groups.into_iter().map(Group::new).collect()
    }

    fn read<'p, T>(
        &'p self,
        claim: Claim,
        parse: impl FnOnce(&'p str) -> Option<T>,
        expected: &'static str,
    ) -> Result<Option<T>, TokenError> {
        let Some(json) = self.value(claim) else { return Ok(None) };
        parse(json).map(Some).ok_or(TokenError::WrongClaimType { claim: claim.name(), expected })
    }

    fn value(&self, claim: Claim) -> Option<&str> {
        self.json.get(self.claims.get(claim as usize)?.clone()?)
    }
}

/// Where `part`, which must be a slice of `whole`, stands in it.
fn range_in(whole: &str, part: &str) -> Range<usize> {
    let start = part.as_ptr().addr().wrapping_sub(whole.as_ptr().addr());
    start..start.wrapping_add(part.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn payload(json: &str) -> Payload {
        Payload::parse(json.to_owned()).unwrap()
    }

    #[track_caller]
    fn is_wrong_type<T: std::fmt::Debug>(result: Result<T, TokenError>, name: &str) {
        let error = result.unwrap_err();
        assert!(matches!(error, TokenError::WrongClaimType { claim, .. } if claim == name), "{error}");
    }

    #[test]
    fn claims_are_found_between_others() {
        let payload = payload(r#" { "x": {"sub": "not me"}, "sub" : "s\u0031" , "exp":  7 , "iss":"" } "#);
        assert_eq!(payload.text(Claim::Sub).unwrap().as_deref(), Some("s1"));
        assert_eq!(payload.time(Claim::Exp), Ok(Some(UnixTime(7))));
        assert_eq!(payload.text(Claim::Iss).unwrap().as_deref(), Some(""));
        assert_eq!(payload.text(Claim::Email), Ok(None));
        assert_eq!(payload.required_text(Claim::Email), Err(TokenError::MissingClaim("email")));
        is_wrong_type(payload.required_text(Claim::Iss), "iss");
        is_wrong_type(payload.nonempty_text(Claim::Iss), "iss");
    }

    #[test]
    fn a_time_is_a_whole_number_that_fits() {
        assert_eq!(payload(r#"{"exp":0}"#).required_time(Claim::Exp), Ok(UnixTime(0)));
        let most = format!("{{\"exp\":{}}}", u64::MAX);
        assert_eq!(payload(&most).required_time(Claim::Exp), Ok(UnixTime(u64::MAX)));
        for time in
            ["18446744073709551616", "-1", "-0", "1.0", "1e3", "1e400", "\"1\"", "null", "true", "[1]", "{}"]
        {
            is_wrong_type(payload(&format!("{{\"exp\":{time}}}")).time(Claim::Exp), "exp");
        }
        assert_eq!(payload("{}").required_time(Claim::Exp), Err(TokenError::MissingClaim("exp")));
    }

    #[test]
    fn groups_are_an_array_of_strings_or_none() {
        let groups = |json: &str| payload(&format!("{{\"cognito:groups\":{json}}}")).groups();
        assert_eq!(groups(r#"["editors","\u0061dmins"]"#), [Group::from("editors"), Group::from("admins")]);
        for json in
            ["[]", "\"editors\"", "null", "{\"editors\":1}", "[\"editors\",1]", "[[\"editors\"]]", "1"]
        {
            assert_eq!(groups(json), [], "{json}");
        }
        assert_eq!(payload("{}").groups(), []);
    }

    #[test]
    fn an_audience_is_one_string_or_several() {
        for json in ["\"a\"", "[\"a\",\"b\"]", "[]"] {
            assert_eq!(payload(&format!("{{\"aud\":{json}}}")).text_or_texts(Claim::Aud), Ok(()), "{json}");
        }
        for json in ["1", "null", "[1]", "{}"] {
            is_wrong_type(payload(&format!("{{\"aud\":{json}}}")).text_or_texts(Claim::Aud), "aud");
        }
    }

    #[test]
    fn thousands_of_members_and_deep_nesting_are_no_trouble() {
        let many: Vec<String> = (0..50_000).map(|number| format!("\"{number}\":0")).collect();
        assert!(Payload::parse(format!("{{{}}}", many.join(","))).is_ok());
        let depth = 100_000;
        let nested = payload(&format!("{{\"aud\":{}{}}}", "[".repeat(depth), "]".repeat(depth)));
        is_wrong_type(nested.text_or_texts(Claim::Aud), "aud");
    }
}
