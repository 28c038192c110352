//! Resources and outputs as a template declares them.

use serde_json::{Map, Value};

use super::{
    expression::Expression,
    problem::{Fault, Problems, inside},
    resource_type,
};

/// A resource.
#[derive(Clone, Debug)]
pub(super) struct ResourceDeclaration {
    pub(super) kind: String,
    pub(super) condition: Option<String>,
    pub(super) depends_on: Vec<String>,
    pub(super) properties: Expression,
    /// `DeletionPolicy` and the like: evaluated so that they hold, without meaning on this machine.
    pub(super) policies: Vec<(String, Expression)>,
}

/// An output.
#[derive(Clone, Debug)]
pub(super) struct OutputDeclaration {
    pub(super) condition: Option<String>,
    pub(super) value: Expression,
}

impl ResourceDeclaration {
    pub(super) fn read(declaration: &Value, at: &str, problems: &mut Problems) -> Option<Self> {
        let members = object(declaration, at, problems)?;
        let mut resource = Self {
            kind: String::new(),
            condition: None,
            depends_on: Vec::new(),
            properties: Expression::Map(Vec::new()),
            policies: Vec::new(),
        };
        for (name, value) in members {
            let at = &inside(at, name);
            match name.as_str() {
                "Type" => resource.kind = text(value, at, problems),
                "Condition" => resource.condition = Some(text(value, at, problems)),
                "Properties" => resource.properties = Expression::read(value, at, problems),
                "DependsOn" => resource.depends_on = texts(value, at, problems),
                "DeletionPolicy" | "UpdateReplacePolicy" => {
                    resource.policies.push((name.clone(), Expression::read(value, at, problems)));
                }
                // For tools.
                "Metadata" => {}
                unknown => problems.add(at, Fault::UnknownMember(unknown.to_owned())),
            }
        }
        if !resource_type::is_known(&resource.kind) {
            problems.add(&inside(at, "Type"), Fault::UnknownType(resource.kind.clone()));
        }
        Some(resource)
    }
}

impl OutputDeclaration {
    pub(super) fn read(declaration: &Value, at: &str, problems: &mut Problems) -> Option<Self> {
        let members = object(declaration, at, problems)?;
        let (mut condition, mut output) = (None, None);
        for (name, value) in members {
            let at = &inside(at, name);
            match name.as_str() {
                "Value" => output = Some(Expression::read(value, at, problems)),
                "Condition" => condition = Some(text(value, at, problems)),
                // For people.
                "Description" => {}
                unknown => problems.add(at, Fault::UnknownMember(unknown.to_owned())),
            }
        }
        if output.is_none() {
            problems.add(at, Fault::Expected("a Value"));
        }
        Some(Self { condition, value: output? })
    }
}

/// The members of what has to be a mapping.
pub(super) fn object<'v>(
    value: &'v Value,
    at: &str,
    problems: &mut Problems,
) -> Option<&'v Map<String, Value>> {
    if value.as_object().is_none() {
        problems.add(at, Fault::Expected("a mapping"));
    }
    value.as_object()
}

fn text(value: &Value, at: &str, problems: &mut Problems) -> String {
    if value.as_str().is_none() {
        problems.add(at, Fault::Expected("a text"));
    }
    value.as_str().unwrap_or_default().to_owned()
}

fn texts(value: &Value, at: &str, problems: &mut Problems) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().map(|item| text(item, at, problems)).collect(),
        single => vec![text(single, at, problems)],
    }
}
