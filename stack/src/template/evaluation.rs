//! The values of expressions for the parameters given.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::{
    document::Template,
    evaluated::Inputs,
    expression::Expression,
    problem::{Fault, Problem, inside},
    resource_type::{self, Place},
    substitution::{Piece, Substitution},
};

/// A template with the values of its parameters.
pub(super) struct Evaluation<'a> {
    pub(super) template: &'a Template,
    pub(super) inputs: &'a Inputs,
    pub(super) parameters: BTreeMap<String, Value>,
}

impl Evaluation<'_> {
    /// `None` for `AWS::NoValue`: whatever holds it does not.
    pub(super) fn value(&self, expression: &Expression, at: &str) -> Result<Option<Value>, Problem> {
        use Expression as E;
        let fault = |fault| Problem { at: at.to_owned(), fault };
        Ok(Some(match expression {
            E::Literal(value) => value.clone(),
            E::List(items) => Value::Array(self.list_of(items, at)?),
            E::Map(members) => Value::Object(self.map_of(members, at)?),
            E::Ref(name) => return self.reference(name).map_err(fault),
            E::GetAtt { resource, attribute } => self.attribute(resource, attribute).map_err(fault)?,
            E::Sub(text) => self.substitute(text, at)?.into(),
            E::If { condition, branches } => {
                let (yes, no) = &**branches;
                return self.value(if self.holds(condition, at)? { yes } else { no }, at);
            }
            E::Select { index, list } => {
                let index = self.text(index, at)?.parse().map_err(|_| fault(Fault::Expected("an index")))?;
                let mut list = self.list(list, at)?;
                if index >= list.len() {
                    return Err(fault(Fault::NoElement(index)));
                }
                list.swap_remove(index)
            }
            E::Join { delimiter, list } => {
                let parts = self.list(list, at)?;
                let parts: Option<Vec<_>> = parts.iter().map(plain_text).collect();
                parts.ok_or_else(|| fault(Fault::Expected("a list of texts")))?.join(delimiter).into()
            }
            E::Split { delimiter, text } => self.text(text, at)?.split(delimiter).collect(),
            E::FindInMap { mapping, keys } => self.entry(mapping, keys, at)?,
            E::Equals(_) | E::And(_) | E::Or(_) | E::Not(_) | E::Condition(_) => {
                return Err(fault(Fault::Expected("a value, not a condition")));
            }
        }))
    }

    fn list_of(&self, items: &[Expression], at: &str) -> Result<Vec<Value>, Problem> {
        let values = items.iter().enumerate().map(|(index, item)| self.value(item, &inside(at, index)));
        Ok(values.collect::<Result<Vec<_>, _>>()?.into_iter().flatten().collect())
    }

    fn map_of(&self, members: &[(String, Expression)], at: &str) -> Result<Map<String, Value>, Problem> {
        let mut map = Map::new();
        for (name, member) in members {
            map.extend(self.value(member, &inside(at, name))?.map(|value| (name.clone(), value)));
        }
        Ok(map)
    }

    fn list(&self, expression: &Expression, at: &str) -> Result<Vec<Value>, Problem> {
        match self.value(expression, at)? {
            Some(Value::Array(list)) => Ok(list),
            _ => Err(Problem { at: at.to_owned(), fault: Fault::Expected("a list") }),
        }
    }

    /// The text of a scalar.
    pub(super) fn text(&self, expression: &Expression, at: &str) -> Result<String, Problem> {
        let value = self.value(expression, at)?;
        let text = value.as_ref().and_then(plain_text);
        text.ok_or_else(|| Problem { at: at.to_owned(), fault: Fault::Expected("a text") })
    }

    fn substitute(&self, text: &Substitution, at: &str) -> Result<String, Problem> {
        let mut whole = String::new();
        for piece in &text.0 {
            match piece {
                Piece::Text(text) => whole.push_str(text),
                Piece::Gap(expression) => whole.push_str(&self.text(expression, at)?),
            }
        }
        Ok(whole)
    }

    fn entry(&self, mapping: &str, keys: &(Expression, Expression), at: &str) -> Result<Value, Problem> {
        let (first, second) = (self.text(&keys.0, at)?, self.text(&keys.1, at)?);
        let found = self.template.mappings.get(mapping).and_then(|mapping| mapping.get(&first)?.get(&second));
        let fault = || Problem { at: at.to_owned(), fault: Fault::NoEntry(format!("{first}.{second}")) };
        found.cloned().ok_or_else(fault)
    }

    fn reference(&self, name: &str) -> Result<Option<Value>, Fault> {
        if let Some(value) = self.parameters.get(name) {
            return Ok(Some(value.clone()));
        }
        let inputs = self.inputs;
        Ok(Some(match name {
            "AWS::NoValue" => return Ok(None),
            "AWS::AccountId" => inputs.account_id.clone().into(),
            "AWS::Partition" => "aws".into(),
            "AWS::Region" => inputs.region.clone().into(),
            "AWS::StackName" => inputs.stack_name.clone().into(),
            "AWS::StackId" => {
                let Inputs { region, account_id, stack_name, .. } = inputs;
                format!("arn:aws:cloudformation:{region}:{account_id}:stack/{stack_name}/local").into()
            }
            "AWS::URLSuffix" => "amazonaws.com".into(),
            resource => {
                self.created(resource)?;
                self.physical_id(resource).into()
            }
        }))
    }

    fn attribute(&self, resource: &str, attribute: &str) -> Result<Value, Fault> {
        let kind = self.created(resource)?;
        if let Some(given) = self.inputs.physical.get(&inside(resource, attribute)) {
            return Ok(given.clone().into());
        }
        let place = Place { account_id: &self.inputs.account_id, region: &self.inputs.region };
        let value = resource_type::attribute(kind, attribute, &self.physical_id(resource), &place);
        let unknown = || Fault::UnknownAttribute { kind: kind.to_owned(), attribute: attribute.to_owned() };
        value.ok_or_else(unknown)
    }

    /// The type of a resource that is created.
    fn created(&self, name: &str) -> Result<&str, Fault> {
        let declared = self.template.resources.get(name);
        let declared = declared.ok_or_else(|| Fault::UnknownResource(name.to_owned()))?;
        match &declared.condition {
            Some(condition) if !self.holds(condition, name).map_err(|problem| problem.fault)? => {
                Err(Fault::NotCreated(name.to_owned()))
            }
            _ => Ok(&declared.kind),
        }
    }

    pub(super) fn physical_id(&self, name: &str) -> String {
        self.inputs.physical.get(name).map_or(name, String::as_str).to_owned()
    }
}

/// CloudFormation takes numbers and booleans for texts wherever it needs a text.
fn plain_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(boolean) => Some(boolean.to_string()),
        _ => None,
    }
}
