//! The body of `POST /entries/bulk`.

use content::wire::{BulkAction, BulkRequest, EntryId};
use serde_json::Value;

use crate::http::failure::Answer;
use crate::http::members::Members;

/// The most entries at once.
const MAX_IDS: usize = 100;

/// Reads one action on many entries.
pub(crate) fn read(body: Value) -> Answer<BulkRequest> {
    const EXPECTED: &str = "expected publish, unpublish, trash or restore";
    let mut members = Members::of(body)?;
    let action = match members.take("action") {
        None => members.wrong("action", format!("is missing, {EXPECTED}")),
        Some(action) => match serde_json::from_value::<BulkAction>(action) {
            Ok(action) => Some(action),
            Err(_) => members.wrong("action", format!("is not known, {EXPECTED}")),
        },
    };
    if !members.has("ids") {
        members.wrong::<()>("ids", "is missing, expected ids of entries");
    }
    let ids = members.texts("ids", MAX_IDS);
    if ids.as_ref().is_some_and(Vec::is_empty) {
        members.wrong::<()>("ids", "is empty, expected ids of entries");
    }
    members.finish()?;
    let ids = ids.unwrap_or_default().into_iter().map(EntryId).collect();
    Ok(BulkRequest { action: action.unwrap_or(BulkAction::Restore), ids })
}
