//! What the backend answers: an HTTP response as an HTTP API takes it, or an error of the function itself.

use serde::Deserialize;

#[derive(Deserialize)]
struct Response {
    #[serde(rename = "statusCode")]
    status: u16,
    #[serde(default)]
    body: Option<String>,
}

/// Why nothing was done, so that Scheduler shall ask again.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AnswerError {
    /// The function ended in an error.
    #[error("the function backend failed ({kind}): {payload}")]
    Function {
        /// `Handled` or `Unhandled`.
        kind: String,
        /// What it said.
        payload: String,
    },
    /// It answered with another status than success.
    #[error("the function backend answered {status}: {body}")]
    Status {
        /// The status.
        status: u16,
        /// The problem document.
        body: String,
    },
    /// It answered something else.
    #[error("the answer of the function backend cannot be read: {0}")]
    Json(#[from] serde_json::Error),
}

pub(crate) fn read(error: Option<&str>, payload: &[u8]) -> Result<(), AnswerError> {
    if let Some(kind) = error {
        let payload = String::from_utf8_lossy(payload).into_owned();
        return Err(AnswerError::Function { kind: kind.to_owned(), payload });
    }
    let response: Response = serde_json::from_slice(payload)?;
    match response.status {
        200..300 => Ok(()),
        status => Err(AnswerError::Status { status, body: response.body.unwrap_or_default() }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_success_is_success() {
        assert!(read(None, br#"{"statusCode":204,"headers":{},"isBase64Encoded":false}"#).is_ok());
        let failed = read(None, br#"{"statusCode":503,"body":"{}"}"#);
        assert!(matches!(failed, Err(AnswerError::Status { status: 503, .. })));
        let failed = read(Some("Unhandled"), br#"{"errorMessage":"Task timed out"}"#);
        assert!(matches!(failed, Err(AnswerError::Function { .. })));
        assert!(matches!(read(None, b"null"), Err(AnswerError::Json(_))));
    }
}
