//! What a template comes to for the parameters given: the resources that it would create, and its outputs.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{
    document::Template,
    evaluation::Evaluation,
    problem::{Fault, Problem, Problems, TemplateError, inside},
};

/// What an evaluation is given beside the template.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// Values of parameters by name; the others have their default.
    pub parameters: BTreeMap<String, String>,
    /// `AWS::AccountId`.
    pub account_id: String,
    /// `AWS::Region`.
    pub region: String,
    /// `AWS::StackName`.
    pub stack_name: String,
    /// What `Ref` gives for resources (`Bucket`) and `Fn::GetAtt` for attributes (`Distribution.DomainName`). The others
    /// are called by their logical id, and their attributes are made from that.
    pub physical: BTreeMap<String, String>,
}

/// What a template comes to.
#[derive(Clone, Debug)]
pub struct Evaluated {
    /// The resources that are created, by logical id.
    pub resources: BTreeMap<String, Resource>,
    /// The outputs.
    pub outputs: BTreeMap<String, Value>,
}

/// A resource without any function in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Resource {
    /// Its type, as in `AWS::S3::Bucket`.
    pub kind: String,
    /// What `Ref` gives.
    pub id: String,
    /// Its properties.
    pub properties: Value,
}

impl Template {
    /// Evaluates the template.
    ///
    /// # Errors
    /// For parameters that are missing, unknown or not allowed, and for what cannot be evaluated with them.
    pub fn evaluate(&self, inputs: &Inputs) -> Result<Evaluated, TemplateError> {
        let mut problems = Problems::default();
        let parameters = self.parameter_values(inputs, &mut problems);
        // Nothing can be said about resources before the parameters are right.
        let parameters = problems.none_or(parameters)?;
        let evaluation = Evaluation { template: self, inputs, parameters };
        let mut problems = Problems::default();
        let resources = evaluation.resources(&mut problems);
        let outputs = evaluation.outputs(&mut problems);
        problems.none_or(Evaluated { resources, outputs })
    }

    fn parameter_values(&self, inputs: &Inputs, problems: &mut Problems) -> BTreeMap<String, Value> {
        let mut values = BTreeMap::new();
        for (name, parameter) in &self.parameters {
            match parameter.value(inputs.parameters.get(name).map(String::as_str)) {
                Ok(value) => drop(values.insert(name.clone(), value)),
                Err(fault) => problems.add(&inside("Parameters", name), fault),
            }
        }
        for name in inputs.parameters.keys().filter(|name| !self.parameters.contains_key(*name)) {
            problems.add("Parameters", Fault::UnknownMember(name.clone()));
        }
        values
    }
}

impl Evaluation<'_> {
    fn resources(&self, problems: &mut Problems) -> BTreeMap<String, Resource> {
        let mut resources = BTreeMap::new();
        for (name, declared) in &self.template.resources {
            let at = inside("Resources", name);
            let evaluated = self.if_holds(declared.condition.as_deref(), &at, || {
                for (policy, value) in &declared.policies {
                    self.text(value, &inside(&at, policy))?;
                }
                self.value(&declared.properties, &inside(&at, "Properties"))
            });
            match evaluated {
                Ok(None) => {}
                Ok(Some(properties)) => {
                    let (kind, id) = (declared.kind.clone(), self.physical_id(name));
                    let properties = properties.unwrap_or_default();
                    resources.insert(name.clone(), Resource { kind, id, properties });
                }
                Err(problem) => problems.add(&problem.at, problem.fault),
            }
        }
        resources
    }

    fn outputs(&self, problems: &mut Problems) -> BTreeMap<String, Value> {
        let mut outputs = BTreeMap::new();
        for (name, declared) in &self.template.outputs {
            let at = inside("Outputs", name);
            let evaluated =
                self.if_holds(declared.condition.as_deref(), &at, || self.value(&declared.value, &at));
            match evaluated {
                Ok(value) => outputs.extend(value.flatten().map(|value| (name.clone(), value))),
                Err(problem) => problems.add(&problem.at, problem.fault),
            }
        }
        outputs
    }

    fn if_holds<T>(
        &self,
        condition: Option<&str>,
        at: &str,
        then: impl FnOnce() -> Result<T, Problem>,
    ) -> Result<Option<T>, Problem> {
        match condition {
            Some(name) if !self.holds(name, at)? => Ok(None),
            _ => then().map(Some),
        }
    }
}
