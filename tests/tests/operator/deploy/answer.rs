//! Answers in the XML of AWS's query protocol.

use axum::body::Body;
use axum::http::{Response, StatusCode};

/// What is said of a call: the inside of its result, or why it is refused.
pub(crate) type Said = Result<String, String>;

/// The answer to an action.
pub(crate) fn query(action: &str, said: Said) -> Response<Body> {
    match said {
        Ok(inside) => xml(
            StatusCode::OK,
            format!(
                "<{action}Response xmlns=\"http://cloudformation.amazonaws.com/doc/2010-05-15/\"><{action}Result>{inside}\
                 </{action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></{action}Response>"
            ),
        ),
        Err(message) => xml(
            StatusCode::BAD_REQUEST,
            format!(
                "<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>{}</Message></Error>\
                 <RequestId>r</RequestId></ErrorResponse>",
                escaped(&message)
            ),
        ),
    }
}

pub(crate) fn xml(status: StatusCode, text: String) -> Response<Body> {
    let answer = Response::builder().status(status).header("content-type", "text/xml");
    answer.body(Body::from(text)).unwrap()
}

/// `<name>text</name>`.
pub(crate) fn element(name: &str, text: &str) -> String {
    format!("<{name}>{}</{name}>", escaped(text))
}

/// A list of members.
pub(crate) fn list(name: &str, members: impl IntoIterator<Item = String>) -> String {
    let members: String = members.into_iter().map(|member| format!("<member>{member}</member>")).collect();
    format!("<{name}>{members}</{name}>")
}

pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
