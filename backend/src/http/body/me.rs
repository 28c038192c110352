//! The body of `PUT /me`.

use content::wire::ChangedMe;
use serde_json::Value;

use crate::http::failure::Answer;
use crate::http::members::Members;

/// Reads what a person changes of themselves.
pub(crate) fn read(body: Value) -> Answer<ChangedMe> {
    let mut members = Members::of(body)?;
    if !members.has("name") {
        members.wrong::<()>("name", "is missing, expected what you call yourself");
    }
    let name = members.line("name", 100).map(|name| name.trim().to_owned());
    if name.as_deref() == Some("") {
        members.wrong::<()>("name", "is blank, expected what you call yourself");
    }
    members.finish()?;
    Ok(ChangedMe { name: name.unwrap_or_default() })
}
