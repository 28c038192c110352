//! What stands before a document's text: YAML between `---`, TOML between `+++`, or a JSON object.

use saphyr::{LoadableYamlNode, Scalar, Yaml};
use serde_json::{Map, Value};

use super::dates;
use crate::moment::Moment;

/// The members of a document's front matter, whatever it was written in.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct FrontMatter(Map<String, Value>);

impl FrontMatter {
    /// Splits a file into its front matter and its text.
    ///
    /// # Errors
    ///
    /// In words, when the front matter does not end or is no such document.
    pub(super) fn split(file: &str) -> Result<(FrontMatter, String), String> {
        let file = file.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        if let Some((inside, text)) = between(&file, "---")? {
            return Ok((FrontMatter(yaml(inside)?), text.to_owned()));
        }
        if let Some((inside, text)) = between(&file, "+++")? {
            let table: toml::Table =
                inside.parse().map_err(|error: toml::de::Error| error.message().to_owned())?;
            return Ok((
                FrontMatter(table.into_iter().map(|(key, value)| (key, of_toml(value))).collect()),
                text.to_owned(),
            ));
        }
        if file.starts_with('{') {
            let mut documents = serde_json::Deserializer::from_str(&file).into_iter::<Map<String, Value>>();
            if let Some(Ok(members)) = documents.next() {
                let end = documents.byte_offset();
                return Ok((
                    FrontMatter(members),
                    file.get(end..).unwrap_or_default().trim_start().to_owned(),
                ));
            }
        }
        Ok((FrontMatter::default(), file))
    }

    /// A member that is text, or a number.
    pub(super) fn text(&self, name: &str) -> Option<String> {
        match self.member(name)? {
            Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        }
    }

    /// A member that is a list of texts; a single text is a list of one, or where `words` is set of several words.
    pub(super) fn list(&self, name: &str, words: bool) -> Vec<String> {
        let one = |value: &Value| match value {
            Value::String(text) => Some(text.trim().to_owned()),
            Value::Number(number) => Some(number.to_string()),
            _ => None,
        };
        match self.member(name) {
            Some(Value::Array(items)) => {
                items.iter().filter_map(one).filter(|text| !text.is_empty()).collect()
            }
            Some(Value::String(text)) if words => text.split_whitespace().map(str::to_owned).collect(),
            Some(value) => one(value).filter(|text| !text.is_empty()).into_iter().collect(),
            None => Vec::new(),
        }
    }

    /// A member that is yes or no, in the older spellings of YAML, too.
    pub(super) fn flag(&self, name: &str) -> Option<bool> {
        match self.member(name)? {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) => match text.to_ascii_lowercase().as_str() {
                "yes" | "on" | "true" => Some(true),
                "no" | "off" | "false" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// A member that is a number.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.member(name)?.as_i64()
    }

    /// A member that is a date.
    pub(super) fn moment(&self, name: &str) -> Option<Moment> {
        dates::parse(&self.text(name)?)
    }

    /// A member that has members itself.
    pub(super) fn table(&self, name: &str) -> FrontMatter {
        FrontMatter(self.member(name).and_then(Value::as_object).cloned().unwrap_or_default())
    }

    /// A member under its name, in whatever case: Hugo takes all of them.
    fn member(&self, name: &str) -> Option<&Value> {
        self.0
            .get(name)
            .or_else(|| self.0.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
    }
}

/// What stands between two lines of `fence`, and what follows; nothing where the first line is another one.
fn between<'a>(file: &'a str, fence: &str) -> Result<Option<(&'a str, &'a str)>, String> {
    let Some((first, rest)) = file.split_once('\n') else { return Ok(None) };
    if first.trim_end() != fence {
        return Ok(None);
    }
    let mut from = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim_end() == fence {
            let inside = rest.get(..from).unwrap_or_default();
            let text = rest.get(from + line.len()..).unwrap_or_default();
            return Ok(Some((inside, text.trim_start_matches('\n'))));
        }
        from += line.len();
    }
    Err(format!("its front matter does not end: expected a second line {fence}"))
}

fn yaml(text: &str) -> Result<Map<String, Value>, String> {
    let documents = Yaml::load_from_str(text).map_err(|error| error.to_string())?;
    match documents.first().map(of_yaml) {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(members)) => Ok(members),
        Some(_) => Err("its front matter is no mapping".to_owned()),
    }
}

fn of_yaml(node: &Yaml<'_>) -> Value {
    match node {
        Yaml::Value(Scalar::String(text)) => text.as_ref().into(),
        Yaml::Value(Scalar::Integer(number)) => (*number).into(),
        Yaml::Value(Scalar::Boolean(flag)) => (*flag).into(),
        Yaml::Value(Scalar::FloatingPoint(number)) => number.into_inner().into(),
        Yaml::Sequence(items) => items.iter().map(of_yaml).collect(),
        Yaml::Mapping(members) => {
            let key = |key: &Yaml<'_>| match of_yaml(key) {
                Value::String(text) => Some(text),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            };
            let members = members.iter().filter_map(|(name, value)| Some((key(name)?, of_yaml(value))));
            Value::Object(members.collect())
        }
        _ => Value::Null,
    }
}

fn of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(moment) => moment.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(of_toml).collect(),
        toml::Value::Table(members) => {
            Value::Object(members.into_iter().map(|(name, value)| (name, of_toml(value))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(file: &str) -> (FrontMatter, String) {
        FrontMatter::split(file).unwrap()
    }

    #[test]
    fn the_three_languages_say_the_same() {
        let toml = "+++\ntitle = \"A\"\ndate = 2026-11-26\ntags = [\"x\", \"y\"]\ndraft = true\n[extra]\nn = 1\n+++\n\ntext\n";
        let yaml = "---\ntitle: A\ndate: 2026-11-26\ntags: [x, y]\ndraft: yes\nextra:\n  n: 1\n---\ntext\n";
        let json = "{\"title\": \"A\", \"date\": \"2026-11-26\", \"tags\": [\"x\", \"y\"], \"draft\": true, \"extra\": {\"n\": 1}}\n\ntext\n";
        for file in [toml, yaml, json, &yaml.replace('\n', "\r\n"), &format!("\u{feff}{toml}")] {
            let (front, text) = split(file);
            assert_eq!((front.text("title").as_deref(), text.as_str()), (Some("A"), "text\n"), "{file}");
            assert_eq!(front.moment("date").unwrap().rfc3339(), "2026-11-26T00:00:00Z", "{file}");
            assert_eq!(front.list("tags", false), ["x", "y"], "{file}");
            assert_eq!(front.flag("draft"), Some(true), "{file}");
            assert_eq!(front.table("extra").number("n"), Some(1), "{file}");
        }
    }

    #[test]
    fn a_file_may_have_none() {
        let (front, text) = split("# A\n\n---\n\nb\n");
        assert_eq!((front, text.as_str()), (FrontMatter::default(), "# A\n\n---\n\nb\n"));
        assert_eq!(split("").1, "");
        assert_eq!(split("{not json}\n").1, "{not json}\n");
        assert_eq!(split("---\n---\nx").1, "x");
    }

    #[test]
    fn what_is_wrong_is_said() {
        assert!(FrontMatter::split("---\ntitle: A\n").unwrap_err().contains("does not end"));
        assert!(FrontMatter::split("+++\ntitle = \n+++\n").is_err());
        assert!(FrontMatter::split("---\n- a\n---\n").unwrap_err().contains("no mapping"));
    }

    #[test]
    fn words_and_single_texts_are_lists() {
        let (front, _) = split("---\ntags: a b\naliases: /old/\nTitle: 2026\n---\n");
        assert_eq!(front.list("tags", true), ["a", "b"]);
        assert_eq!(front.list("aliases", false), ["/old/"]);
        assert_eq!(front.text("title").as_deref(), Some("2026"));
    }
}
