//! Watching a stack until CloudFormation is done with it.

use tokio::sync::mpsc::UnboundedSender;

use super::{DeployError, Patience};
use crate::aws::{Cloud, StackEvent};

/// Is told what happens, with the region.
pub type Tell = UnboundedSender<(String, StackEvent)>;

/// How CloudFormation's work on a stack ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ending {
    /// The stack's state.
    pub(super) status: String,
    /// The resource that failed first, and why.
    pub(super) cause: Option<String>,
}

/// Waits until what was begun after the event `since` has ended. States of the stack itself are no evidence: for a while
/// after a call they are the old ones.
pub(super) async fn ending(
    cloud: &Cloud,
    stack: &str,
    mut since: Option<String>,
    tell: &Tell,
) -> Result<Ending, DeployError> {
    let mut patience = Patience::default();
    let mut cause = None;
    loop {
        for event in cloud.stack_events(stack, since.as_deref()).await? {
            since = Some(event.id.clone());
            cause = cause.or_else(|| failure(&event));
            let ended = event.of_stack && !event.status.ends_with("_IN_PROGRESS");
            let status = event.status.clone();
            // Nobody listening is no reason to stop.
            let _ = tell.send((cloud.region().to_owned(), event));
            if ended {
                return Ok(Ending { status, cause });
            }
        }
        patience.pause().await;
    }
}

/// A resource that failed by itself; those that were given up because of it say so.
fn failure(event: &StackEvent) -> Option<String> {
    let reason = event.reason.as_deref().unwrap_or("CloudFormation gives no reason");
    let failed = event.status.ends_with("_FAILED") && !event.of_stack && !reason.contains("cancelled");
    failed.then(|| format!("{} ({}): {reason}", event.resource, event.kind))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(status: &str, reason: &str, of_stack: bool) -> StackEvent {
        StackEvent {
            id: "1".to_owned(),
            resource: "Function".to_owned(),
            kind: "AWS::Lambda::Function".to_owned(),
            status: status.to_owned(),
            reason: Some(reason.to_owned()),
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
}
