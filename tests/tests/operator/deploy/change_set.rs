//! Change sets, as CloudFormation makes them.

use std::collections::BTreeMap;

use super::answer::{Said, element, list};
use super::cloudformation::{Call, CloudFormation, Stack};
use super::outputs::ACCOUNT;
use super::template::Template;

#[derive(Debug, Clone)]
pub(crate) struct ChangeSet {
    pub(crate) creates: bool,
    pub(crate) template: String,
    pub(crate) parameters: BTreeMap<String, String>,
    /// What becomes of which resource: action, name, type.
    changes: Vec<[String; 3]>,
    /// Why it cannot be executed.
    refused: Option<String>,
    /// Why its execution was refused.
    pub(crate) forbidden: Option<String>,
    /// Asked for before: the first answer is that it is being made.
    is_made: bool,
}

impl CloudFormation {
    pub(crate) fn create_change_set(&mut self, place: (String, String), call: &Call) -> Said {
        let (region, name) = &place;
        let creates = call["ChangeSetType"] == "CREATE";
        let adopts = call.get("ImportExistingResources").is_some_and(|adopts| adopts == "true");
        let reverts = call.get("DeploymentMode").is_some_and(|mode| mode == "REVERT_DRIFT");
        let how =
            format!("{}{}", if adopts { " and adopt" } else { "" }, if reverts { " and revert" } else { "" });
        self.done.push(format!("propose {region} {name}{how}"));
        let status = self.stacks.get(&place).map(|stack| stack.status.clone());
        match (status.as_deref(), creates) {
            (None | Some("REVIEW_IN_PROGRESS"), true) => {}
            (Some(_), true) => {
                return Err(format!("Stack [{name}] already exists and cannot be created again"));
            }
            (None | Some("REVIEW_IN_PROGRESS"), false) => {
                return Err(format!("Stack [{name}] does not exist"));
            }
            (Some("CREATE_COMPLETE" | "UPDATE_COMPLETE" | "UPDATE_ROLLBACK_COMPLETE"), false) => {}
            (Some(status), false) => {
                return Err(format!("Stack:{name} is in {status} state and can not be updated."));
            }
        }
        let text = &call["TemplateBody"];
        let template = Template::read(text);
        let before = self.stacks.get(&place).map(|stack| stack.parameters.clone()).unwrap_or_default();
        let parameters = template.complete(&given(call, &before))?;
        let number = self.next_id();
        if status.is_none() {
            let id = format!("arn:aws:cloudformation:{region}:{ACCOUNT}:stack/{name}/{number}");
            let event = [
                name.clone(),
                "AWS::CloudFormation::Stack".into(),
                "REVIEW_IN_PROGRESS".into(),
                String::new(),
            ];
            let stack = Stack {
                id,
                status: "REVIEW_IN_PROGRESS".to_owned(),
                events: vec![event],
                ..Stack::default()
            };
            self.stacks.insert(place.clone(), stack);
        }
        let stack = &self.stacks[&place];
        let drifted = reverts && self.drifted.remove(name);
        let is_same = !creates && stack.parameters == parameters && stack.template == *text && !drifted;
        let action = if creates { "Add" } else { "Modify" };
        let resources = template.resources.into_iter().take(if is_same { 0 } else { usize::MAX });
        let changes = resources.map(|(name, kind)| [action.to_owned(), name, kind]).collect();
        let id =
            format!("arn:aws:cloudformation:{region}:{ACCOUNT}:changeSet/{}/{number}", call["ChangeSetName"]);
        let template = text.clone();
        let refused = self.refusing.remove(name);
        let change_set =
            ChangeSet { creates, template, parameters, changes, refused, forbidden: None, is_made: false };
        self.change_sets.insert(id.clone(), change_set);
        Ok(element("Id", &id) + &element("StackId", &stack.id))
    }

    /// What early validation has found in a change set.
    pub(crate) fn validation(&mut self, id: &str) -> Said {
        self.change_sets.get(id).ok_or("ChangeSet does not exist")?;
        let event = element("EventId", "1")
            + &element("ValidationStatus", "FAILED")
            + &element("ValidationStatusReason", "a resource of this name exists")
            + &element("ValidationPath", "/Resources/SiteBucket");
        Ok(list("OperationEvents", [event]))
    }

    pub(crate) fn describe_change_set(&mut self, id: &str) -> Said {
        let change_set = self.change_sets.get_mut(id).ok_or("ChangeSet does not exist")?;
        if !std::mem::replace(&mut change_set.is_made, true) {
            return Ok(element("Status", "CREATE_IN_PROGRESS"));
        }
        if let Some(reason) = &change_set.refused {
            return Ok(element("Status", "FAILED") + &element("StatusReason", reason));
        }
        if let Some(reason) = &change_set.forbidden {
            let status = element("Status", "CREATE_COMPLETE") + &element("StatusReason", reason);
            return Ok(status + &element("ExecutionStatus", "EXECUTE_FAILED"));
        }
        if change_set.changes.is_empty() {
            let reason = "The submitted information didn't contain changes. Submit different information to create a \
                          change set.";
            return Ok(element("Status", "FAILED") + &element("StatusReason", reason));
        }
        let changes = change_set.changes.iter().map(|[action, name, kind]| {
            let replacement = if kind == "AWS::Lambda::Version" { "True" } else { "False" };
            let replacement =
                if action == "Modify" { element("Replacement", replacement) } else { String::new() };
            let change = element("Action", action)
                + &element("LogicalResourceId", name)
                + &element("ResourceType", kind)
                + &replacement;
            format!("<Type>Resource</Type><ResourceChange>{change}</ResourceChange>")
        });
        Ok(element("Status", "CREATE_COMPLETE") + &list("Changes", changes))
    }
}

/// `Parameters.member.1.ParameterKey` and the like; those with `UsePreviousValue` have what the stack had before.
fn given(call: &Call, before: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let keys = call.iter().filter_map(|(field, key)| {
        let number = field.strip_prefix("Parameters.member.")?.strip_suffix(".ParameterKey")?;
        let value = call.get(&format!("Parameters.member.{number}.ParameterValue"));
        Some((key.clone(), value.unwrap_or_else(|| &before[key]).clone()))
    });
    keys.collect()
}
