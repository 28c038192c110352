//! Watching a stack until CloudFormation is done with it.

use tokio::sync::mpsc::UnboundedSender;

use super::{DeployError, Patience};
use crate::aws::{Cloud, Execution, StackEvent};
use crate::stacks::Readiness;

/// Is told what happens, with the region.
pub type Tell = UnboundedSender<(String, StackEvent)>;

/// What was begun.
#[derive(Debug, Clone, Copy)]
pub(super) enum Begun<'a> {
    /// A change set of this ARN is being executed.
    Execution(&'a str),
    /// The stack is being deleted.
    Deletion,
}

/// How CloudFormation's work on a stack ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ending {
    /// The stack's state; that of the execution, if it never began.
    pub(super) status: String,
    /// The resource that failed first, and why.
    pub(super) cause: Option<String>,
}

/// Waits until what was begun after the event `since` has ended. States of the stack itself are no evidence: for a while
/// after a call they are the old ones.
pub(super) async fn ending(
    cloud: &Cloud,
    stack: &str,
    begun: Begun<'_>,
    mut since: Option<String>,
    tell: &Tell,
) -> Result<Ending, DeployError> {
    let place = format!("the stack {stack} in {}", cloud.region());
    let mut patience = Patience::waiting_for(&place);
    let (mut cause, mut is_silent) = (None, false);
    loop {
        // Asked before the events, so that an end which comes between the two is seen as an event.
        let silent_end = if is_silent { silent_end(cloud, stack, begun).await? } else { None };
        let events = cloud.stack_events(stack, since.as_deref()).await?;
        for event in &events {
            since = Some(event.id.clone());
            cause = cause.or_else(|| failure(event));
            patience.heard(format!("{place}, after {} {}", event.resource, event.status));
            // Nobody listening is no reason to stop.
            let _ = tell.send((cloud.region().to_owned(), event.clone()));
            if is_end(event) {
                return Ok(Ending { status: event.status.clone(), cause });
            }
        }
        if let Some(Ending { status, cause: why }) = silent_end.filter(|_| events.is_empty()) {
            return Ok(Ending { status, cause: cause.or(why) });
        }
        is_silent = events.is_empty();
        patience.pause().await?;
    }
}

/// An end that no event tells: a hook may refuse an execution before the stack knows of it.
async fn silent_end(cloud: &Cloud, stack: &str, begun: Begun<'_>) -> Result<Option<Ending>, DeployError> {
    let execution = match begun {
        Begun::Execution(change_set) => cloud.execution(stack, change_set).await?,
        Begun::Deletion => return Ok(None),
    };
    let Some(Execution { status, reason }) = execution else { return Ok(None) };
    if !matches!(&*status, "EXECUTE_FAILED" | "OBSOLETE") {
        return Ok(None);
    }
    // What fails on its way fails the execution, too, and is rolled back first.
    let found = cloud.stack(stack).await?;
    let is_settled = Readiness::of(found.as_ref()) != Readiness::Busy;
    Ok(is_settled.then_some(Ending { status, cause: reason }))
}

/// Hooks say what they find by events of the stack, too.
fn is_end(event: &StackEvent) -> bool {
    event.of_stack && !event.status.is_empty() && !event.status.ends_with("_IN_PROGRESS")
}

/// A resource that failed by itself, or a hook that stopped it; those that were given up because of it say so.
fn failure(event: &StackEvent) -> Option<String> {
    let what = format!("{} ({})", event.resource, event.kind);
    if let Some(hook) = event.failed_hook.as_ref().filter(|hook| hook.stops) {
        return Some(format!("{what}: the hook {} forbids it: {}", hook.name, hook.reason));
    }
    let reason = event.reason.as_deref().unwrap_or("CloudFormation gives no reason");
    let failed = event.status.ends_with("_FAILED") && !event.of_stack && !reason.contains("cancelled");
    failed.then(|| format!("{what}: {reason}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::FailedHook;

    fn event(status: &str, reason: &str, of_stack: bool) -> StackEvent {
        StackEvent {
            id: "1".to_owned(),
            resource: "Function".to_owned(),
            kind: "AWS::Lambda::Function".to_owned(),
            status: status.to_owned(),
            reason: Some(reason.to_owned()),
            failed_hook: None,
            of_stack,
        }
    }

    #[test]
    fn the_cause_is_what_failed_by_itself() {
        let failed = event("CREATE_FAILED", "no such key", false);
        assert_eq!(failure(&failed).unwrap(), "Function (AWS::Lambda::Function): no such key");
        assert_eq!(failure(&event("CREATE_FAILED", "Resource creation cancelled", false)), None);
        assert_eq!(failure(&event("UPDATE_FAILED", "The following resource(s) failed", true)), None);
        assert_eq!(failure(&event("CREATE_IN_PROGRESS", "Resource creation Initiated", false)), None);
    }

    #[test]
    fn a_hook_that_stops_a_resource_is_its_cause_and_no_end() {
        for of_stack in [false, true] {
            let mut hooked = event("CREATE_IN_PROGRESS", "Hook invocations complete", of_stack);
            let hook = |stops| FailedHook { name: "Org::Tags::Hook".into(), reason: "no tag".into(), stops };
            hooked.failed_hook = Some(hook(true));
            let cause = "Function (AWS::Lambda::Function): the hook Org::Tags::Hook forbids it: no tag";
            assert_eq!((failure(&hooked).as_deref(), is_end(&hooked)), (Some(cause), false));
            hooked.failed_hook = Some(hook(false));
            assert_eq!(failure(&hooked), None);
            hooked.status.clear();
            assert!(!is_end(&hooked));
        }
    }
}
