//! A template as a whole.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    declaration::{OutputDeclaration, ResourceDeclaration, object},
    expression::Expression,
    parameter::Parameter,
    problem::{Fault, Problems, TemplateError, inside},
    references, yaml,
};

/// A template: every function in it has its arguments, and every name stands for something.
#[derive(Clone, Debug)]
pub struct Template {
    pub(super) parameters: BTreeMap<String, Parameter>,
    pub(super) mappings: Map<String, Value>,
    pub(super) conditions: BTreeMap<String, Expression>,
    pub(super) resources: BTreeMap<String, ResourceDeclaration>,
    pub(super) outputs: BTreeMap<String, OutputDeclaration>,
}

impl Template {
    /// Reads YAML with short tags or long function names.
    ///
    /// # Errors
    /// When it is no YAML, and for everything in it that is not known here; all problems at once.
    pub fn parse(text: &str) -> Result<Self, TemplateError> {
        let document = yaml::read(text)?;
        let mut problems = Problems::default();
        let template = Self::read(&document, &mut problems);
        references::check(&template, &mut problems);
        problems.none_or(template)
    }

    fn read(document: &Value, problems: &mut Problems) -> Self {
        let mut template = Self {
            parameters: BTreeMap::new(),
            mappings: Map::new(),
            conditions: BTreeMap::new(),
            resources: BTreeMap::new(),
            outputs: BTreeMap::new(),
        };
        let sections = object(document, "the template", problems).cloned().unwrap_or_default();
        for (name, section) in &sections {
            match name.as_str() {
                // For people and tools.
                "AWSTemplateFormatVersion" | "Description" | "Metadata" => {}
                // Of its extensions only functions in policies are used; the others are not known, and so refused.
                "Transform" if section == "AWS::LanguageExtensions" => {}
                "Parameters" => template.parameters = members(section, name, problems, read_parameter),
                "Mappings" => {
                    template.mappings = object(section, name, problems).cloned().unwrap_or_default()
                }
                "Conditions" => template.conditions = members(section, name, problems, read_condition),
                "Resources" => {
                    template.resources = members(section, name, problems, ResourceDeclaration::read)
                }
                "Outputs" => template.outputs = members(section, name, problems, OutputDeclaration::read),
                unknown => problems.add("the template", Fault::UnknownMember(unknown.to_owned())),
            }
        }
        template
    }
}

fn read_parameter(declaration: &Value, at: &str, problems: &mut Problems) -> Option<Parameter> {
    let read = serde_json::from_value(declaration.clone());
    read.map_err(|error| problems.add(at, Fault::Declaration(error.to_string()))).ok()
}

#[expect(clippy::unnecessary_wraps, reason = "it stands beside readers that may find nothing")]
fn read_condition(declaration: &Value, at: &str, problems: &mut Problems) -> Option<Expression> {
    Some(Expression::read(declaration, at, problems))
}

fn members<T>(
    section: &Value,
    at: &str,
    problems: &mut Problems,
    read: impl Fn(&Value, &str, &mut Problems) -> Option<T>,
) -> BTreeMap<String, T> {
    let mut all = BTreeMap::new();
    for (name, value) in object(section, at, problems).into_iter().flatten() {
        if let Some(member) = read(value, &inside(at, name), problems) {
            all.insert(name.clone(), member);
        }
    }
    all
}
