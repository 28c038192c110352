//! Problem document for scripts and API clients (RFC 9457).

use http::StatusCode;
use serde::Serialize;

use crate::reason::Reason;
use crate::response::Response;

/// A problem document.
#[derive(Serialize)]
pub struct Problem<'p> {
    #[serde(rename = "type")]
    type_uri: String,
    title: &'p str,
    status: u16,
    detail: &'p str,
    /// The request's id, an extension member: what an operator finds in the log.
    request_id: &'p str,
}

impl<'p> Problem<'p> {
    /// Describes a problem. The reason becomes the type: `urn:parapet:problem:no-session`.
    #[must_use]
    pub fn new(
        status: StatusCode,
        reason: Reason,
        title: &'p str,
        detail: &'p str,
        request_id: &'p str,
    ) -> Problem<'p> {
        Problem {
            type_uri: format!("urn:parapet:problem:{}", reason.as_str().replace('_', "-")),
            title,
            status: status.as_u16(),
            detail,
            request_id,
        }
    }

    /// The document as an answer.
    #[must_use]
    pub fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        Response::document(status, "application/problem+json", body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_its_type_and_request() {
        let response =
            Problem::new(StatusCode::UNAUTHORIZED, Reason::NoSession, "t", "d", "r").into_response();
        let body: serde_json::Value = serde_json::from_str(response.body()).unwrap();
        assert_eq!(
            body,
            serde_json::json!({"type": "urn:parapet:problem:no-session", "title": "t", "status": 401, "detail": "d", "request_id": "r"})
        );
    }
}
