//! Parameters: what is declared, and whether what is given is allowed.

use regex_lite::Regex;
use serde::Deserialize;
use serde_json::Value;

use super::problem::Fault;

/// A parameter's declaration.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
pub(super) struct Parameter {
    r#type: ParameterType,
    default: Option<Scalar>,
    allowed_values: Option<Vec<Scalar>>,
    allowed_pattern: Option<Pattern>,
    constraint_description: Option<String>,
    /// For people.
    #[serde(rename = "Description")]
    _description: Option<String>,
    /// Whether CloudFormation hides the value.
    #[serde(rename = "NoEcho")]
    _no_echo: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum ParameterType {
    String,
    Number,
    CommaDelimitedList,
}

/// A default may be written without quotes, but is text.
#[derive(Clone, Debug, Deserialize)]
#[serde(from = "Value")]
struct Scalar(String);

impl From<Value> for Scalar {
    fn from(value: Value) -> Self {
        Self(match value {
            Value::String(text) => text,
            other => other.to_string(),
        })
    }
}

/// `AllowedPattern`, which has to match all of the value.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "String")]
struct Pattern {
    text: String,
    whole: Regex,
}

impl TryFrom<String> for Pattern {
    type Error = regex_lite::Error;

    fn try_from(text: String) -> Result<Self, regex_lite::Error> {
        Ok(Self { whole: Regex::new(&format!("^(?:{text})$"))?, text })
    }
}

impl Parameter {
    /// What `Ref` gives: a text, or a list of texts.
    pub(super) fn value(&self, given: Option<&str>) -> Result<Value, Fault> {
        let text = given.or(self.default.as_ref().map(|default| default.0.as_str())).ok_or(Fault::NoValue)?;
        let refused =
            |expected: &str| Fault::Refused { value: text.to_owned(), expected: expected.to_owned() };
        if let Some(pattern) = self.allowed_pattern.as_ref().filter(|pattern| !pattern.whole.is_match(text)) {
            return Err(refused(self.constraint_description.as_deref().unwrap_or(&pattern.text)));
        }
        if let Some(allowed) = &self.allowed_values
            && !allowed.iter().any(|allowed| allowed.0 == text)
        {
            let all: Vec<_> = allowed.iter().map(|allowed| format!("{:?}", allowed.0)).collect();
            return Err(refused(&format!("one of {}", all.join(", "))));
        }
        match self.r#type {
            ParameterType::Number if text.parse::<f64>().is_err() => Err(refused("a number")),
            ParameterType::String | ParameterType::Number => Ok(text.into()),
            ParameterType::CommaDelimitedList if text.trim().is_empty() => Ok(Value::Array(Vec::new())),
            ParameterType::CommaDelimitedList => Ok(text.split(',').map(str::trim).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn parameter(declaration: Value) -> Parameter {
        serde_json::from_value(declaration).unwrap()
    }

    #[test]
    fn given_or_default() {
        let plain = parameter(json!({"Type": "String", "Description": "x"}));
        assert_eq!((plain.value(Some("a")), plain.value(None)), (Ok("a".into()), Err(Fault::NoValue)));
        let number = parameter(json!({"Type": "Number", "Default": 7}));
        assert_eq!(number.value(None), Ok("7".into()));
        assert!(number.value(Some("seven")).is_err());
        let list = parameter(json!({"Type": "CommaDelimitedList", "Default": ""}));
        assert_eq!((list.value(None), list.value(Some("a, b"))), (Ok(json!([])), Ok(json!(["a", "b"]))));
    }

    #[test]
    fn what_is_not_allowed_is_refused_with_its_reason() {
        let pattern = parameter(
            json!({"Type": "String", "AllowedPattern": "|[a-z]+", "ConstraintDescription": "small"}),
        );
        assert!(pattern.value(Some("")).is_ok() && pattern.value(Some("ab")).is_ok());
        for wrong in ["aB", "a\n", " a"] {
            assert_eq!(
                pattern.value(Some(wrong)),
                Err(Fault::Refused { value: wrong.into(), expected: "small".into() })
            );
        }
        let values = parameter(json!({"Type": "String", "AllowedValues": ["", "a"]}));
        assert!(values.value(Some("")).is_ok() && values.value(Some("b")).is_err());
    }

    #[test]
    fn an_unknown_declaration_is_refused() {
        for wrong in [json!({"Type": "String", "MaxLength": 1}), json!({"Type": "List<Number>"}), json!({})] {
            assert!(serde_json::from_value::<Parameter>(wrong).is_err());
        }
    }
}
