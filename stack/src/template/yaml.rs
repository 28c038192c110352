//! YAML into JSON: the short tags (`!Ref x`) become the long form (`{"Ref": "x"}`), as CloudFormation itself sees them.

use saphyr::{Scalar, ScalarStyle, Tag, Yaml, YamlLoader};
use saphyr_parser::Parser;
use serde_json::{Map, Value};

use super::problem::{Fault, Problems, TemplateError, inside};

/// What CloudFormation's YAML 1.1 takes for booleans and YAML 1.2 for text.
const BOOLEANS_TO_SOME: [&str; 6] = ["yes", "no", "on", "off", "y", "n"];

/// Reads one document.
pub(crate) fn read(text: &str) -> Result<Value, TemplateError> {
    let mut loader = YamlLoader::<Yaml<'_>>::default();
    // Scalars stay as they are written, so that quotes can be told from none.
    loader.early_parse(false);
    Parser::new_from_str(text).load(&mut loader, true)?;
    if let Some(error) = loader.error() {
        return Err(error.clone().into());
    }
    let mut problems = Problems::default();
    let documents = loader.into_documents();
    let value = match documents.as_slice() {
        [document] => convert(document, "", &mut problems),
        _ => {
            problems.add("the file", Fault::Expected("one document"));
            Value::Null
        }
    };
    problems.none_or(value)
}

fn convert(node: &Yaml<'_>, at: &str, problems: &mut Problems) -> Value {
    match node {
        Yaml::Representation(text, style, tag) => match tag {
            Some(tag) => call(tag, Value::String(text.clone().into_owned()), at, problems),
            None => scalar(text, *style, at, problems),
        },
        Yaml::Value(value) => literal(value),
        Yaml::Tagged(tag, node) => {
            let argument = convert(node, at, problems);
            call(tag, argument, at, problems)
        }
        Yaml::Sequence(items) => {
            let items = items.iter().enumerate();
            Value::Array(items.map(|(index, item)| convert(item, &inside(at, index), problems)).collect())
        }
        Yaml::Mapping(members) => mapping(members, at, problems),
        Yaml::Alias(_) | Yaml::BadValue => {
            problems.add(at, Fault::Expected("a value without an alias"));
            Value::Null
        }
    }
}

fn mapping(members: &saphyr::Mapping<'_>, at: &str, problems: &mut Problems) -> Value {
    let mut map = Map::new();
    for (key, value) in members {
        let Yaml::Representation(name, _, None) = key else {
            problems.add(at, Fault::Expected("a name before the colon"));
            continue;
        };
        // CloudFormation knows no merge keys.
        if name == "<<" {
            problems.add(at, Fault::UnknownMember("<<".into()));
        }
        let value = convert(value, &inside(at, name), problems);
        if map.insert(name.clone().into_owned(), value).is_some() {
            problems.add(at, Fault::Twice(name.clone().into_owned()));
        }
    }
    Value::Object(map)
}

/// A short tag is the long form; whether there is such a function is asked later, once for both forms.
fn call(tag: &Tag, argument: Value, at: &str, problems: &mut Problems) -> Value {
    let name = match (tag.handle.as_str(), tag.suffix.as_str()) {
        ("!", "Ref") => "Ref".to_owned(),
        ("!", "Condition") => "Condition".to_owned(),
        ("!", function) if !function.is_empty() => format!("Fn::{function}"),
        _ => {
            problems.add(at, Fault::UnknownTag(format!("{}{}", tag.handle, tag.suffix)));
            return Value::Null;
        }
    };
    let argument = match argument {
        // !GetAtt takes what the long form takes as a list in one piece.
        Value::String(text) if name == "Fn::GetAtt" => match text.split_once('.') {
            Some((resource, attribute)) => serde_json::json!([resource, attribute]),
            None => Value::String(text),
        },
        argument => argument,
    };
    Value::Object(Map::from_iter([(name, argument)]))
}

fn scalar(text: &str, style: ScalarStyle, at: &str, problems: &mut Problems) -> Value {
    if style != ScalarStyle::Plain {
        return text.into();
    }
    let small = text.to_ascii_lowercase();
    let leading_zero =
        text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    if BOOLEANS_TO_SOME.contains(&small.as_str()) || leading_zero {
        problems.add(at, Fault::Ambiguous(text.to_owned()));
    }
    let parsed = Scalar::parse_from_cow_and_metadata(text.into(), style, None);
    parsed.as_ref().map_or_else(|| text.into(), literal)
}

fn literal(value: &Scalar<'_>) -> Value {
    match value {
        Scalar::Null => Value::Null,
        Scalar::Boolean(boolean) => (*boolean).into(),
        Scalar::Integer(integer) => (*integer).into(),
        Scalar::FloatingPoint(float) => float.into_inner().into(),
        Scalar::String(text) => text.clone().into_owned().into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn short_tags_are_the_long_form() {
        let value = read("a: !Ref x\nb: !GetAtt r.Arn\nc: !If [c, {d: !Sub 'e'}, !Ref AWS::NoValue]\ne: !And [!Condition f]")
            .unwrap();
        assert_eq!(
            value,
            json!({
                "a": { "Ref": "x" },
                "b": { "Fn::GetAtt": ["r", "Arn"] },
                "c": { "Fn::If": ["c", { "d": { "Fn::Sub": "e" } }, { "Ref": "AWS::NoValue" }] },
                "e": { "Fn::And": [{ "Condition": "f" }] },
            })
        );
    }

    #[test]
    fn scalars_are_what_both_readings_agree_on() {
        let value = read("a: 7\nb: true\nc: '7'\nd: 2012-10-17\ne: ''\nf: 1.5\ng:").unwrap();
        assert_eq!(
            value,
            json!({"a": 7, "b": true, "c": "7", "d": "2012-10-17", "e": "", "f": 1.5, "g": null})
        );
        for ambiguous in ["yes", "Off", "012"] {
            let error = read(&format!("a:\n  b: {ambiguous}")).unwrap_err();
            assert!(error.to_string().contains(ambiguous) && error.to_string().contains("a.b"), "{error}");
        }
        assert_eq!(read("a: 'yes'").unwrap(), json!({"a": "yes"}));
    }

    #[test]
    fn what_is_no_template_is_refused() {
        for (text, named) in [
            ("a: [", "not YAML"),
            ("a: 1\na: 2", ""),
            ("a: 1\n'a': 2", "twice"),
            ("a: !!binary x", "tag:yaml.org,2002:binary"),
            ("a: &x {b: 1}\nc:\n  <<: *x", "<<"),
            ("a: 1\n---\nb: 2", "one document"),
            ("", "one document"),
        ] {
            let error = read(text).unwrap_err();
            assert!(error.to_string().contains(named), "{text:?}: {error}");
        }
    }
}
