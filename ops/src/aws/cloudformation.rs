//! CloudFormation: stacks, their change sets and events.

mod change_set;
mod event;
mod refusal;

use std::collections::BTreeMap;

use aws_sdk_cloudformation::types;

use super::{CallError, Cloud};
use crate::moment::Moment;

pub use change_set::{ChangeSetRequest, ChangeSetState, Execution, ResourceChange};
pub use event::{FailedHook, StackEvent};

/// A stack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stack {
    /// Its name.
    pub name: String,
    /// Its ARN: another one for each stack that ever had the name.
    pub id: String,
    /// What it is doing or has done, in CloudFormation's words: `UPDATE_COMPLETE`.
    pub status: String,
    /// Why.
    pub reason: Option<String>,
    /// When it was created or last updated.
    pub changed: Option<Moment>,
    /// Its parameters; a list is one text with commas.
    pub parameters: BTreeMap<String, String>,
    /// Its outputs.
    pub outputs: BTreeMap<String, String>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

impl Cloud {
    /// The stack of this name, if there is one.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked.
    pub async fn stack(&self, name: &str) -> Result<Option<Stack>, CallError> {
        let doing = || format!("reading the stack {name} in {}", self.region());
        let answer = self.cloudformation().describe_stacks().stack_name(name).send().await;
        match answer.map_err(|error| CallError::new(doing(), error)) {
            Ok(answer) => Ok(answer.stacks().first().map(read)),
            Err(error) if is_unknown_stack(&error) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The template of a stack, as it was handed in.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked.
    pub async fn stack_template(&self, name: &str) -> Result<String, CallError> {
        let doing = || format!("reading the template of the stack {name} in {}", self.region());
        let request = self.cloudformation().get_template().stack_name(name);
        let request = request.template_stage(types::TemplateStage::Original);
        let answer = request.send().await.map_err(|error| CallError::new(doing(), error))?;
        answer.template_body.ok_or_else(|| CallError::incomplete(doing(), "template"))
    }

    /// What a stack is made of, each with its type and id: `AWS::S3::Bucket` and `cms-production-site-123456789012`.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked.
    pub async fn stack_resources(&self, name: &str) -> Result<Vec<(String, String)>, CallError> {
        let doing = || format!("listing the resources of the stack {name} in {}", self.region());
        let request = self.cloudformation().list_stack_resources().stack_name(name);
        let mut pages = request.into_paginator().items().send();
        let mut resources = Vec::new();
        while let Some(resource) = pages.next().await {
            let resource = resource.map_err(|error| CallError::new(doing(), error))?;
            if resource.resource_status() != Some(&types::ResourceStatus::DeleteComplete) {
                let owned = |text: Option<String>| text.unwrap_or_default();
                resources.push((owned(resource.resource_type), owned(resource.physical_resource_id)));
            }
        }
        Ok(resources)
    }

    /// Begins to delete a stack.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked or refuses.
    pub async fn delete_stack(&self, name: &str) -> Result<(), CallError> {
        let answer = self.cloudformation().delete_stack().stack_name(name).send().await;
        let doing = || format!("deleting the stack {name} in {}", self.region());
        answer.map(|_| ()).map_err(|error| CallError::new(doing(), error))
    }
}

/// CloudFormation has no code of its own for this.
fn is_unknown_stack(error: &CallError) -> bool {
    error.is("ValidationError") && error.to_string().contains("does not exist")
}

fn read(stack: &types::Stack) -> Stack {
    let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let parameters = stack.parameters().iter();
    let outputs = stack.outputs().iter();
    let tags = stack.tags().iter();
    Stack {
        name: owned(stack.stack_name()),
        id: owned(stack.stack_id()),
        status: owned(stack.stack_status().map(types::StackStatus::as_str)),
        reason: stack.stack_status_reason().map(str::to_owned),
        changed: stack
            .last_updated_time()
            .or(stack.creation_time())
            .map(|time| Moment::from_unix(time.secs())),
        parameters: parameters.map(|it| (owned(it.parameter_key()), owned(it.parameter_value()))).collect(),
        outputs: outputs.map(|it| (owned(it.output_key()), owned(it.output_value()))).collect(),
        tags: tags.map(|it| (owned(it.key()), owned(it.value()))).collect(),
    }
}
