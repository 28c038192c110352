//! The body of `POST /entries/{id}/schedule`.

use content::wire::Schedule;
use serde_json::Value;

use crate::http::failure::Answer;
use crate::http::members::Members;

/// Reads when an entry is to be published and taken off the site.
pub(crate) fn read(body: Value) -> Answer<Schedule> {
    let mut members = Members::of(body)?;
    let named = ["publish_at", "unpublish_at"].into_iter().any(|name| members.has(name));
    let publish_at = members.time_or_null("publish_at").flatten();
    let unpublish_at = members.time_or_null("unpublish_at").flatten();
    if !named {
        members.wrong::<()>("publish_at", "is missing, and unpublish_at too; expected one of them");
    }
    if let (Some(publish), Some(unpublish)) = (&publish_at, &unpublish_at)
        && unpublish <= publish
    {
        members.wrong::<()>("unpublish_at", "is not later than publish_at");
    }
    members.finish()?;
    Ok(Schedule { publish_at, unpublish_at })
}
