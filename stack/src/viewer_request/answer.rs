//! What a function returned, read with CloudFront's rules.

use serde_json::{Map, Value};

use super::{ForwardedRequest, GeneratedResponse, ViewerRequest, Violation};

/// What CloudFront does next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The function returned the request: go on with it.
    Forward(ForwardedRequest),
    /// The function returned a response: answer the viewer. It is never cached, and no response headers policy
    /// applies to it.
    Respond(GeneratedResponse),
}

/// Reads what the function returned for `sent`. An object with a `status` is a response, any other is the request.
///
/// # Errors
/// The first rule that the answer breaks; CloudFront answers 502 then.
pub fn interpret(sent: &ViewerRequest, answer: &[u8]) -> Result<Outcome, Violation> {
    let answer: Value =
        serde_json::from_slice(answer).map_err(|error| Violation::NotJson(error.to_string()))?;
    let Value::Object(members) = answer else { return Err(Violation::NotAnObject(kind(Some(&answer)))) };
    if members.contains_key("status") {
        GeneratedResponse::read(&members).map(Outcome::Respond)
    } else {
        ForwardedRequest::read(sent, &members).map(Outcome::Forward)
    }
}

/// A member that must be a string.
pub(super) fn string<'a>(
    members: &'a Map<String, Value>,
    member: &'static str,
) -> Result<&'a str, Violation> {
    let value = members.get(member);
    value.and_then(Value::as_str).ok_or(Violation::Member {
        member,
        found: kind(value),
        expected: "a string",
    })
}

/// What a value is, in words for a message.
pub(super) fn kind(value: Option<&Value>) -> &'static str {
    match value {
        None => "missing",
        Some(Value::Null) => "null",
        Some(Value::Bool(_)) => "a boolean",
        Some(Value::Number(_)) => "a number",
        Some(Value::String(_)) => "a string",
        Some(Value::Array(_)) => "an array",
        Some(Value::Object(_)) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::viewer_request::event::tests::example;

    fn interpreted(answer: &Value) -> Result<Outcome, Violation> {
        interpret(&example(), &serde_json::to_vec(answer).unwrap())
    }

    #[test]
    fn what_is_not_json_or_not_an_object_is_refused() {
        assert!(matches!(interpret(&example(), b"{"), Err(Violation::NotJson(_))));
        assert!(matches!(interpret(&example(), b""), Err(Violation::NotJson(_))));
        assert_eq!(interpreted(&Value::Null), Err(Violation::NotAnObject("null")));
        assert_eq!(interpreted(&json!([])), Err(Violation::NotAnObject("an array")));
    }

    #[test]
    fn a_status_makes_a_response_and_its_absence_a_request() {
        assert!(matches!(interpreted(&json!({ "status": "200" })), Ok(Outcome::Respond(_))));
        assert!(matches!(interpreted(&json!({ "status": null })), Err(Violation::Status(_))));
        assert!(matches!(interpreted(&json!({})), Err(Violation::Member { .. })));
    }

    #[test]
    fn nesting_without_end_is_refused() {
        let deep = "[".repeat(100_000);
        assert!(matches!(interpret(&example(), deep.as_bytes()), Err(Violation::NotJson(_))));
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".*".prop_map(Value::from),
            prop_oneof![Just("200"), Just("204"), Just("base64"), Just("replace"), Just("/")]
                .prop_map(Value::from),
        ];
        let names = prop_oneof![
            1 => "\\PC{0,8}".boxed(),
            4 => prop::sample::select(vec![
                "status", "headers", "body", "bodyEncoding", "uri", "method", "clientIp", "querystring", "action",
                "encoding", "data", "key", "value", "host", "set-cookie", "inputTruncated", "statusDescription",
            ])
            .prop_map(str::to_owned)
            .boxed(),
        ];
        leaf.prop_recursive(5, 64, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::vec((names.clone(), inner), 0..10)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn any_json_has_an_outcome_or_a_violation(answer in any_json()) {
            if let Err(violation) = interpreted(&answer) {
                prop_assert!(!violation.to_string().is_empty());
                prop_assert!(!violation.page_message().is_empty());
            }
        }

        #[test]
        fn any_change_of_a_good_request_is_read_or_refused(member in "[a-zA-Z]{1,12}", value in any_json()) {
            let mut answer = json!({
                "clientIp": "203.0.113.178", "method": "GET", "uri": "/", "querystring": "",
                "headers": { "host": [{ "key": "Host", "value": "d111111abcdef8.cloudfront.net" }] }
            });
            for member in [member.as_str(), "headers", "uri", "body"] {
                let mut changed = answer.clone();
                changed[member] = value.clone();
                drop(interpreted(&changed));
            }
            answer["headers"]["x-any"] = value;
            drop(interpreted(&answer));
        }

        #[test]
        fn any_bytes_have_an_outcome_or_a_violation(answer in prop::collection::vec(any::<u8>(), 0..256)) {
            drop(interpret(&example(), &answer));
        }
    }
}
