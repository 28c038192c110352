//! The templates as data, read by cfn-lint's own reader: short tags become their long forms.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::Value;

use super::tool;

const DECODE: &str = "\
import json, sys
from cfnlint.decode import decode
def read(path):
    template, problems = decode(path)
    if problems:
        sys.exit(str(problems))
    return template
json.dump([read(path) for path in sys.argv[1:]], sys.stdout)
";

/// Every template by its part.
pub(super) fn templates() -> &'static BTreeMap<String, Value> {
    static TEMPLATES: LazyLock<BTreeMap<String, Value>> = LazyLock::new(|| {
        let files = tool::template_files();
        let documents = tool::python(DECODE, &files, &Value::Null);
        let documents = documents.as_array().unwrap().clone();
        files.iter().map(|file| tool::part(file)).zip(documents).collect()
    });
    &TEMPLATES
}

/// The names of a section's entries.
pub(super) fn names(template: &Value, section: &str) -> Vec<String> {
    template[section].as_object().map(|entries| entries.keys().cloned().collect()).unwrap_or_default()
}

/// The resources, without the loops of AWS::LanguageExtensions, each of which stands for the resource in it.
pub(super) fn resources(template: &Value) -> Vec<(String, Value)> {
    let entries = template["Resources"].as_object().unwrap();
    entries
        .iter()
        .flat_map(|(name, resource)| match resource.as_array() {
            Some(each) => each.last().unwrap().as_object().unwrap().clone().into_iter().collect(),
            None => vec![(name.clone(), resource.clone())],
        })
        .collect()
}
