//! What happened to a stack and its resources.

use aws_sdk_cloudformation::types;

use super::is_unknown_stack;
use crate::aws::{CallError, Cloud};

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StackEvent {
    /// Another one for each event.
    pub id: String,
    /// The resource's name in the template; of an event of the stack itself, the stack's name.
    pub resource: String,
    /// The resource's type.
    pub kind: String,
    /// What became of it: `CREATE_FAILED`.
    pub status: String,
    /// Why.
    pub reason: Option<String>,
    /// The hook that it tells of, if that has failed.
    pub failed_hook: Option<FailedHook>,
    /// Whether it is about the stack itself.
    pub of_stack: bool,
}

/// A hook, the account's or its organization's own rule, that was not met.
/// <https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_StackEvent.html>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedHook {
    /// Its type, such as `Org::Tags::Hook`.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Whether it stops what was begun, or only warns.
    pub stops: bool,
}

impl Cloud {
    /// The id of a stack's newest event, if it has any.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked.
    pub async fn newest_stack_event(&self, stack: &str) -> Result<Option<String>, CallError> {
        let page = self.cloudformation().describe_stack_events().stack_name(stack).send().await;
        let doing = || format!("reading the events of the stack {stack} in {}", self.region());
        let page = page.map_err(|error| CallError::new(doing(), error))?;
        Ok(page.stack_events().first().map(|event| read(event).id))
    }

    /// What happened to a stack after the event `since`, oldest first; nothing of a stack that is not there.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked.
    pub async fn stack_events(&self, stack: &str, since: Option<&str>) -> Result<Vec<StackEvent>, CallError> {
        let mut events = Vec::new();
        let mut token = None;
        loop {
            let call = self.cloudformation().describe_stack_events().stack_name(stack);
            let page = call.set_next_token(token).send().await.map_err(|error| {
                CallError::new(format!("reading the events of the stack {stack} in {}", self.region()), error)
            });
            let page = match page {
                Ok(page) => page,
                Err(error) if is_unknown_stack(&error) => break,
                Err(error) => return Err(error),
            };
            let pages = page.stack_events().iter().map(read);
            let fresh: Vec<_> = pages.take_while(|event| since != Some(event.id.as_str())).collect();
            let all = fresh.len() == page.stack_events().len();
            events.extend(fresh);
            token = page.next_token.filter(|token| all && !token.is_empty());
            if token.is_none() {
                break;
            }
        }
        events.reverse();
        Ok(events)
    }
}

fn failed_hook(event: &types::StackEvent) -> Option<FailedHook> {
    use types::{HookFailureMode, HookStatus};
    let has_failed = matches!(event.hook_status()?, HookStatus::HookCompleteFailed | HookStatus::HookFailed);
    has_failed.then(|| FailedHook {
        name: event.hook_type().unwrap_or_default().to_owned(),
        reason: event.hook_status_reason().unwrap_or("it gives no reason").to_owned(),
        stops: event.hook_failure_mode() != Some(&HookFailureMode::Warn),
    })
}

fn read(event: &types::StackEvent) -> StackEvent {
    let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
    StackEvent {
        id: owned(event.event_id()),
        resource: owned(event.logical_resource_id()),
        kind: owned(event.resource_type()),
        status: owned(event.resource_status().map(types::ResourceStatus::as_str)),
        reason: event.resource_status_reason().filter(|reason| !reason.is_empty()).map(str::to_owned),
        failed_hook: failed_hook(event),
        of_stack: event.physical_resource_id().is_some() && event.physical_resource_id() == event.stack_id(),
    }
}
