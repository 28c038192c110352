//! GetParameter of AWS Systems Manager Parameter Store, for parameters of type `String`.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use axum::body::Body;
use bytes::Bytes;
use http::Response;
use serde::Deserialize;
use serde_json::json;

use crate::aws_json;

/// The parameters. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct ParameterStore {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Debug, Default)]
struct Inner {
    values: BTreeMap<String, (String, u64)>,
    denied: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase", deny_unknown_fields)]
struct GetParameter {
    name: String,
    /// Of no consequence for what is not encrypted.
    #[serde(rename = "WithDecryption", default)]
    _with_decryption: bool,
}

impl ParameterStore {
    /// Puts a parameter, as a version of its own.
    pub fn put(&self, name: &str, value: &str) {
        let mut inner = self.lock();
        let version = inner.values.get(name).map_or(0, |(_, version)| *version) + 1;
        inner.values.insert(name.to_owned(), (value.to_owned(), version));
    }

    /// Refuses every request, or none, for tests.
    pub fn set_denied(&self, denied: bool) {
        self.lock().denied = denied;
    }

    /// Answers a request for an operation.
    pub(crate) fn answer(&self, operation: &str, body: &Bytes) -> Response<Body> {
        let refuse = |kind: &str, message: String| {
            tracing::warn!(operation, "Parameter Store refuses: {kind}: {message}");
            aws_json::refusal(&json!({ "__type": kind, "message": message }))
        };
        let inner = self.lock();
        if inner.denied {
            return refuse("AccessDeniedException", format!("not authorized to perform: ssm:{operation}"));
        }
        if operation != "GetParameter" {
            let message = format!("{operation} is not known to the local Parameter Store");
            return refuse("UnknownOperationException", message);
        }
        let request: GetParameter = match serde_json::from_slice(body) {
            Ok(request) => request,
            Err(error) => return refuse("ValidationException", error.to_string()),
        };
        let Some((value, version)) = inner.values.get(&request.name) else {
            return refuse("ParameterNotFound", format!("there is no parameter {}", request.name));
        };
        aws_json::answer(&json!({ "Parameter": {
            "Name": request.name,
            "Type": "String",
            "Value": value,
            "Version": version,
            "DataType": "text",
        } }))
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
