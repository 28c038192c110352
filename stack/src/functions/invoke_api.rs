//! Invoke of Lambda's API, for functions that other functions call and wait for.
//! <https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html>

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::body::Body;
use http::{HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use hyper::body::Incoming;
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use crate::function_host::{FunctionHost, InvokeError, PAYLOAD_LIMIT};

/// What the paths of its requests begin with.
const FUNCTIONS: &str = "/2015-03-31/functions/";

/// The functions that can be called, by name. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct InvokeApi(Arc<Mutex<BTreeMap<String, Arc<FunctionHost>>>>);

impl InvokeApi {
    /// Whether a request is for this API.
    pub(crate) fn is_asked(path: &str) -> bool {
        path.starts_with(FUNCTIONS)
    }

    /// Lets a function be called.
    pub(crate) fn offer(&self, name: &str, host: Arc<FunctionHost>) {
        self.functions().insert(name.to_owned(), host);
    }

    /// Lets none be called any more.
    pub(crate) fn take_back(&self) -> Vec<Arc<FunctionHost>> {
        std::mem::take(&mut *self.functions()).into_values().collect()
    }

    /// Answers one request.
    pub(crate) async fn answer(self, request: Request<Incoming>) -> Response<Body> {
        let (head, body) = request.into_parts();
        let asked =
            head.uri.path().strip_prefix(FUNCTIONS).and_then(|rest| rest.strip_suffix("/invocations"));
        let waits = head.headers.get("x-amz-invocation-type").is_none_or(|kind| kind == "RequestResponse");
        let (Some(asked), &Method::POST, true) = (asked, &head.method, waits) else {
            return refusal(
                StatusCode::NOT_IMPLEMENTED,
                "NotImplemented",
                "only calls that wait are known here",
            );
        };
        let asked = percent_decode_str(asked).decode_utf8_lossy();
        // A name, or an ARN that ends with it.
        let name = asked.rsplit(':').next().unwrap_or(&asked);
        let Some(host) = self.functions().get(name).cloned() else {
            let message = format!("Function not found: {asked}");
            return refusal(StatusCode::NOT_FOUND, "ResourceNotFoundException", &message);
        };
        let Ok(event) = Limited::new(body, PAYLOAD_LIMIT).collect().await else {
            let message = "expected a whole event of at most 6 MB";
            return refusal(StatusCode::PAYLOAD_TOO_LARGE, "RequestTooLargeException", message);
        };
        match host.invoke(&event.to_bytes()).await {
            Ok(answer) => Response::new(Body::from(answer)),
            Err(error @ (InvokeError::Throttled { .. } | InvokeError::Stopped)) => {
                refusal(StatusCode::TOO_MANY_REQUESTS, "TooManyRequestsException", &error.to_string())
            }
            Err(error) => failed(&error),
        }
    }

    fn functions(&self) -> MutexGuard<'_, BTreeMap<String, Arc<FunctionHost>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The call came to its function, which failed: success, with a header that says so.
fn failed(error: &InvokeError) -> Response<Body> {
    let document = match error {
        InvokeError::Function { error_type, message } => {
            json!({"errorType": error_type, "errorMessage": message})
        }
        other => json!({"errorType": "Runtime.ExitError", "errorMessage": other.to_string()}),
    };
    let mut response = respond(StatusCode::OK, &document);
    response.headers_mut().insert("x-amz-function-error", HeaderValue::from_static("Unhandled"));
    response
}

fn refusal(status: StatusCode, code: &'static str, message: &str) -> Response<Body> {
    tracing::error!("Lambda's API refuses: {code}: {message}");
    let mut response = respond(status, &json!({"Type": "User", "message": message}));
    response.headers_mut().insert("x-amzn-errortype", HeaderValue::from_static(code));
    response
}

fn respond(status: StatusCode, document: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(document.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}
