//! The body of `POST /entries/{id}/publish`.

use content::wire::Publish;
use serde_json::Value;

use crate::http::failure::Answer;
use crate::http::members::Members;

/// Reads what is said when publishing. Warnings that are not known are not accepted beforehand.
pub(crate) fn read(body: Value) -> Answer<Publish> {
    let mut members = Members::of(body)?;
    let accept = members.texts("accept", 10).unwrap_or_default();
    if let Some(position) = accept.iter().position(|warning| warning != "wider-audience") {
        members.wrong_under::<()>(&format!("accept/{position}"), "is not known, expected wider-audience");
    }
    members.finish()?;
    Ok(Publish { accept })
}
