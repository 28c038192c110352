//! Change sets: what CloudFormation would do, before it does.

use std::collections::BTreeMap;

use aws_sdk_cloudformation::types::{self, Capability, ChangeSetStatus, ChangeSetType};

use super::is_unknown_stack;
use crate::aws::{CallError, Cloud};

/// What a change set is asked for with.
#[derive(Debug, Clone, Copy)]
pub struct ChangeSetRequest<'a> {
    /// The stack's name.
    pub stack: &'a str,
    /// The change set's own name: another one each time.
    pub name: &'a str,
    /// The template's text.
    pub template: &'a str,
    /// All parameters.
    pub parameters: &'a BTreeMap<String, String>,
    /// Parameters that keep the values that the stack has.
    pub kept: &'a [&'a str],
    /// The stack's tags, which its resources inherit.
    pub tags: &'a BTreeMap<String, String>,
    /// Whether there is no stack yet.
    pub creates: bool,
    /// Whether resources of the same names that stand there already become the stack's.
    pub adopts: bool,
    /// Whether resources that somebody has changed beside CloudFormation become as the template says again.
    pub reverts_drift: bool,
}

/// How far a change set is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeSetState {
    /// CloudFormation still compares.
    Pending,
    /// It can be executed.
    Ready(Vec<ResourceChange>),
    /// There is nothing to change.
    Empty,
    /// It cannot be executed, for this reason.
    Failed(String),
}

/// How far the execution of a change set is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Execution {
    /// In CloudFormation's words: `EXECUTE_FAILED`.
    pub status: String,
    /// Why.
    pub reason: Option<String>,
}

/// What would become of one resource.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct ResourceChange {
    /// `Add`, `Modify`, `Remove`, `Import` or `Dynamic`.
    pub action: String,
    /// Its name in the template.
    pub resource: String,
    /// Its type, such as `AWS::S3::Bucket`.
    pub kind: String,
    /// Whether it is made anew and the old one goes: `True`, `False` or `Conditional`; nothing for other actions.
    pub replacement: Option<String>,
    /// The properties that change.
    pub properties: Vec<String>,
}

impl Cloud {
    /// Asks for a change set and returns its ARN. For a stack that is not there yet, an empty one is made.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked or refuses.
    pub async fn create_change_set(&self, request: ChangeSetRequest<'_>) -> Result<String, CallError> {
        let doing = || format!("asking for the changes of the stack {} in {}", request.stack, self.region());
        let kind = if request.creates { ChangeSetType::Create } else { ChangeSetType::Update };
        let parameters = request.parameters.iter().map(|(key, value)| {
            types::Parameter::builder().parameter_key(key).parameter_value(value).build()
        });
        let kept = request
            .kept
            .iter()
            .map(|key| types::Parameter::builder().parameter_key(*key).use_previous_value(true).build());
        let tags =
            request.tags.iter().map(|(key, value)| types::Tag::builder().key(key).value(value).build());
        let call = self
            .cloudformation()
            .create_change_set()
            .stack_name(request.stack)
            .change_set_name(request.name)
            // A retry after a lost answer gives the same change set.
            .client_token(request.name)
            .change_set_type(kind)
            .template_body(request.template)
            .set_parameters(Some(parameters.chain(kept).collect()))
            .set_tags(Some(tags.collect()))
            .capabilities(Capability::CapabilityNamedIam)
            .capabilities(Capability::CapabilityAutoExpand)
            .set_import_existing_resources(request.adopts.then_some(true))
            .set_deployment_mode(request.reverts_drift.then_some(types::DeploymentMode::RevertDrift));
        let answer = call.send().await.map_err(|error| CallError::new(doing(), error))?;
        answer.id.ok_or_else(|| CallError::incomplete(doing(), "id"))
    }

    /// How far the change set of this ARN is, with all of its changes.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked.
    pub async fn change_set(&self, stack: &str, id: &str) -> Result<ChangeSetState, CallError> {
        let mut changes = Vec::new();
        let mut token = None;
        loop {
            let call = self.cloudformation().describe_change_set().stack_name(stack).change_set_name(id);
            let page = call.set_next_token(token).send().await;
            let page = page.map_err(|error| {
                CallError::new(
                    format!("reading the changes of the stack {stack} in {}", self.region()),
                    error,
                )
            })?;
            match page.status() {
                Some(ChangeSetStatus::CreateComplete) => {}
                Some(ChangeSetStatus::CreatePending | ChangeSetStatus::CreateInProgress) | None => {
                    return Ok(ChangeSetState::Pending);
                }
                Some(status) => {
                    return Ok(refused(page.status_reason().unwrap_or_else(|| status.as_str())));
                }
            }
            changes.extend(page.changes().iter().filter_map(|change| change.resource_change()).map(read));
            token = page.next_token.filter(|token| !token.is_empty());
            if token.is_none() {
                return Ok(ChangeSetState::Ready(changes));
            }
        }
    }

    /// Executes the change set of this ARN. What a template says to retain is deleted all the same where it was only
    /// just created and the creation failed.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked or refuses.
    pub async fn execute_change_set(&self, stack: &str, id: &str) -> Result<(), CallError> {
        let call = self
            .cloudformation()
            .execute_change_set()
            .stack_name(stack)
            .change_set_name(id)
            .retain_except_on_create(true);
        let doing = || format!("changing the stack {stack} in {}", self.region());
        call.send().await.map(|_| ()).map_err(|error| CallError::new(doing(), error))
    }

    /// How far the execution of the change set of this ARN is; nothing if CloudFormation has forgotten it.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked.
    pub async fn execution(&self, stack: &str, id: &str) -> Result<Option<Execution>, CallError> {
        let call = self.cloudformation().describe_change_set().stack_name(stack).change_set_name(id);
        let doing = || format!("looking at the change of the stack {stack} in {}", self.region());
        match call.send().await.map_err(|error| CallError::new(doing(), error)) {
            Ok(answer) => Ok(answer.execution_status().map(|status| Execution {
                status: status.as_str().to_owned(),
                reason: answer.status_reason().filter(|reason| !reason.is_empty()).map(str::to_owned),
            })),
            Err(error) if error.is("ChangeSetNotFound") || is_unknown_stack(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Deletes the change set of this ARN; the stack stays as it is.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked or refuses.
    pub async fn delete_change_set(&self, stack: &str, id: &str) -> Result<(), CallError> {
        let call = self.cloudformation().delete_change_set().stack_name(stack).change_set_name(id);
        let doing = || format!("discarding the changes of the stack {stack} in {}", self.region());
        call.send().await.map(|_| ()).map_err(|error| CallError::new(doing(), error))
    }
}

/// CloudFormation has no code of its own for a change set without changes, only these sentences.
fn refused(reason: &str) -> ChangeSetState {
    if reason.contains("didn't contain changes") || reason.contains("No updates are to be performed") {
        ChangeSetState::Empty
    } else {
        ChangeSetState::Failed(reason.to_owned())
    }
}

fn read(change: &types::ResourceChange) -> ResourceChange {
    let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let mut properties: Vec<String> = change
        .details()
        .iter()
        .filter_map(|detail| detail.target())
        .filter_map(|target| target.name().or(target.attribute().map(types::ResourceAttribute::as_str)))
        .map(str::to_owned)
        .collect();
    properties.sort();
    properties.dedup();
    ResourceChange {
        action: owned(change.action().map(types::ChangeAction::as_str)),
        resource: owned(change.logical_resource_id()),
        kind: owned(change.resource_type()),
        replacement: change.replacement().map(|it| it.as_str().to_owned()),
        properties,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_set_without_changes_is_told_from_one_that_failed() {
        let sentence = "The submitted information didn't contain changes. Submit different information to create a \
                        change set.";
        assert_eq!(refused(sentence), ChangeSetState::Empty);
        assert_eq!(refused("No updates are to be performed."), ChangeSetState::Empty);
        let reason = "Parameters: [Stage] do not exist in the template";
        assert_eq!(refused(reason), ChangeSetState::Failed(reason.to_owned()));
    }
}
