//! What CloudFormation found in a change set that it refused: the change set itself only says where to ask.

use aws_sdk_cloudformation::types::{EventFilter, OperationEvent};

use crate::aws::{CallError, Cloud};

impl Cloud {
    /// Everything that was found in the change set of this ARN, each with its place; nothing if nothing is told.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked, or does not allow it.
    pub async fn refusals(&self, change_set: &str) -> Result<Vec<String>, CallError> {
        let failed = EventFilter::builder().failed_events(true).build();
        let call = self.cloudformation().describe_events().change_set_name(change_set).filters(failed);
        let doing = || format!("reading what was found in the change set {change_set}");
        let page = call.send().await.map_err(|error| CallError::new(doing(), error))?;
        Ok(page.operation_events().iter().filter_map(finding).collect())
    }
}

fn finding(event: &OperationEvent) -> Option<String> {
    let reason = event.validation_status_reason().or(event.resource_status_reason());
    let reason = reason.or(event.hook_status_reason()).filter(|reason| !reason.is_empty())?;
    let place = event.validation_path().or(event.logical_resource_id()).filter(|place| !place.is_empty());
    Some(place.map_or_else(|| reason.to_owned(), |place| format!("{place}: {reason}")))
}
