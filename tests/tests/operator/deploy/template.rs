//! The names in a template: enough to refuse what CloudFormation refuses, without evaluating it.

use std::collections::{BTreeMap, BTreeSet};

pub(crate) struct Template {
    /// Parameters, with their defaults if they have any.
    pub(crate) parameters: BTreeMap<String, Option<String>>,
    /// Parameters whose values nobody is told.
    pub(crate) hidden: BTreeSet<String>,
    /// Resources, with their types.
    pub(crate) resources: BTreeMap<String, String>,
}

impl Template {
    pub(crate) fn read(text: &str) -> Template {
        let mut template =
            Template { parameters: BTreeMap::new(), hidden: BTreeSet::new(), resources: BTreeMap::new() };
        let (mut section, mut name, mut is_folded) = (String::new(), String::new(), false);
        for line in text.lines() {
            let indent = line.len() - line.trim_start().len();
            let (key, value) = line.trim().split_once(':').unwrap_or((line.trim(), ""));
            if key.starts_with('#') || line.trim().is_empty() {
                continue;
            }
            is_folded &= indent > 4;
            match (indent, section.as_str()) {
                _ if is_folded => template.fold(&name, line.trim()),
                (0, _) => key.clone_into(&mut section),
                (2, "Parameters") => {
                    key.clone_into(&mut name);
                    template.parameters.insert(name.clone(), None);
                }
                (2, _) => key.clone_into(&mut name),
                (4, "Parameters") if key == "Default" => {
                    let default = value.trim().trim_matches('\'').to_owned();
                    is_folded = default == ">-";
                    let default = if is_folded { String::new() } else { default };
                    template.parameters.insert(name.clone(), Some(default));
                }
                (4, "Parameters") if key == "NoEcho" => {
                    template.hidden.insert(name.clone());
                }
                (4, "Resources") if key == "Type" => {
                    template.resources.insert(name.clone(), value.trim().to_owned());
                }
                _ => {}
            }
        }
        template
    }

    /// A further line of a default that is folded.
    fn fold(&mut self, name: &str, line: &str) {
        if let Some(Some(default)) = self.parameters.get_mut(name) {
            let space = if default.is_empty() { "" } else { " " };
            default.extend([space, line]);
        }
    }

    /// All parameters, as a stack with these would have them.
    pub(crate) fn complete(
        &self,
        given: &BTreeMap<String, String>,
    ) -> Result<BTreeMap<String, String>, String> {
        let unknown: Vec<_> =
            given.keys().filter(|key| !self.parameters.contains_key(*key)).cloned().collect();
        if !unknown.is_empty() {
            return Err(format!("Parameters: [{}] do not exist in the template", unknown.join(", ")));
        }
        let mut complete = BTreeMap::new();
        for (name, default) in &self.parameters {
            let value = given.get(name).or(default.as_ref());
            let value = value.ok_or_else(|| format!("Parameters: [{name}] must have values"))?;
            complete.insert(name.clone(), value.clone());
        }
        Ok(complete)
    }
}
