//! Whether every name in a template stands for something, also where a condition leaves it out today.

use super::{
    document::Template,
    expression::Expression,
    problem::{Fault, Problems, inside},
    resource_type,
};

/// Names that every template has.
pub(super) const PSEUDO_PARAMETERS: [&str; 7] = [
    "AWS::AccountId",
    "AWS::NoValue",
    "AWS::Partition",
    "AWS::Region",
    "AWS::StackId",
    "AWS::StackName",
    "AWS::URLSuffix",
];

/// Adds every name that stands for nothing.
pub(super) fn check(template: &Template, problems: &mut Problems) {
    let mut checker = Checker { template, problems };
    for (name, condition) in &template.conditions {
        checker.expression(condition, &inside("Conditions", name));
    }
    for (name, resource) in &template.resources {
        let at = inside("Resources", name);
        checker.condition(resource.condition.as_deref(), &inside(&at, "Condition"));
        for other in &resource.depends_on {
            checker.resource(other, &inside(&at, "DependsOn"));
        }
        checker.expression(&resource.properties, &inside(&at, "Properties"));
        for (policy, value) in &resource.policies {
            checker.expression(value, &inside(&at, policy));
        }
    }
    for (name, output) in &template.outputs {
        let at = inside("Outputs", name);
        checker.condition(output.condition.as_deref(), &inside(&at, "Condition"));
        checker.expression(&output.value, &inside(&at, "Value"));
    }
}

struct Checker<'a> {
    template: &'a Template,
    problems: &'a mut Problems,
}

impl Checker<'_> {
    fn expression(&mut self, expression: &Expression, at: &str) {
        use Expression as E;
        match expression {
            E::Literal(_) => {}
            E::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.expression(item, &inside(at, index));
                }
            }
            E::Map(members) => {
                for (name, member) in members {
                    self.expression(member, &inside(at, name));
                }
            }
            E::Ref(name) => self.name(name, at),
            E::GetAtt { resource, attribute } => self.attribute(resource, attribute, at),
            E::Sub(text) => text.gaps().for_each(|gap| self.expression(gap, at)),
            E::If { condition, branches } => {
                self.condition(Some(condition), at);
                self.both(branches, at);
            }
            E::Select { index: one, list: other } => {
                self.expression(one, at);
                self.expression(other, at);
            }
            E::Join { list: one, .. } | E::Split { text: one, .. } | E::Not(one) => self.expression(one, at),
            E::FindInMap { mapping, keys } => {
                if !self.template.mappings.contains_key(mapping) {
                    self.problems.add(at, Fault::UnknownMapping(mapping.clone()));
                }
                self.both(keys, at);
            }
            E::Equals(sides) => self.both(sides, at),
            E::And(all) | E::Or(all) => all.iter().for_each(|one| self.expression(one, at)),
            E::Condition(name) => self.condition(Some(name), at),
        }
    }

    fn both(&mut self, pair: &(Expression, Expression), at: &str) {
        self.expression(&pair.0, at);
        self.expression(&pair.1, at);
    }

    fn name(&mut self, name: &str, at: &str) {
        let template = self.template;
        let known = template.parameters.contains_key(name)
            || template.resources.contains_key(name)
            || PSEUDO_PARAMETERS.contains(&name);
        if !known {
            self.problems.add(at, Fault::UnknownName(name.to_owned()));
        }
    }

    fn resource(&mut self, name: &str, at: &str) {
        if !self.template.resources.contains_key(name) {
            self.problems.add(at, Fault::UnknownResource(name.to_owned()));
        }
    }

    fn attribute(&mut self, resource: &str, attribute: &str, at: &str) {
        self.resource(resource, at);
        let kind = self.template.resources.get(resource).map(|resource| resource.kind.clone());
        // A type that is not known has its own problem already.
        if let Some(kind) = kind.filter(|kind| resource_type::is_known(kind))
            && !resource_type::has_attribute(&kind, attribute)
        {
            self.problems.add(at, Fault::UnknownAttribute { kind, attribute: attribute.to_owned() });
        }
    }

    fn condition(&mut self, name: Option<&str>, at: &str) {
        if let Some(name) = name.filter(|name| !self.template.conditions.contains_key(*name)) {
            self.problems.add(at, Fault::UnknownCondition(name.to_owned()));
        }
    }
}
