//! DynamoDB's protocol: JSON 1.0, the operation in `X-Amz-Target`.

use axum::body::Body;
use bytes::Bytes;
use http::Response;
use serde_json::{Value, json};

use super::{
    attribute::{Item, json_of},
    failure::Failure,
    records::{Inner, Records, RecordsFault},
    request,
    table::{Table, Written},
};
use crate::aws_json;

impl Records {
    /// Answers a request for an operation, such as `PutItem`.
    pub(crate) async fn answer(self, operation: &str, body: &Bytes) -> Response<Body> {
        let fault = self.lock().fault;
        let failed = match fault {
            Some(RecordsFault::Throttled) => Some(Failure::Throttled),
            Some(RecordsFault::Denied) => Some(Failure::Denied(operation.to_owned())),
            Some(RecordsFault::Slow(delay)) => {
                tokio::time::sleep(delay).await;
                None
            }
            Some(RecordsFault::Unanswered) | None => None,
        };
        let answered = failed.map_or_else(|| self.lock().carry_out(operation, body), Err);
        if fault == Some(RecordsFault::Unanswered) {
            return aws_json::cut_short();
        }
        match answered {
            Ok(answer) => aws_json::answer(&answer),
            Err(failure) => {
                if matches!(
                    failure,
                    Failure::Validation(_) | Failure::Operation(_) | Failure::Serialization(_)
                ) {
                    tracing::error!(operation, "DynamoDB refuses: {failure}");
                }
                aws_json::refusal(&failure.document())
            }
        }
    }
}

impl Inner {
    fn carry_out(&mut self, operation: &str, body: &[u8]) -> Result<Value, Failure> {
        let body: Value =
            serde_json::from_slice(body).map_err(|error| Failure::Serialization(error.to_string()))?;
        match operation {
            "GetItem" => {
                let request: request::GetItem = request::read(body)?;
                let found = self.table(&request.table_name)?.get(request)?;
                Ok(found.map_or_else(|| json!({}), |item| json!({ "Item": json_of(&item) })))
            }
            "Query" => {
                let request: request::Query = request::read(body)?;
                self.table(&request.table_name)?.query(request)
            }
            "PutItem" => {
                let request: request::PutItem = request::read(body)?;
                self.write(&request.table_name.clone(), |table| table.put(request))
            }
            "UpdateItem" => {
                let request: request::UpdateItem = request::read(body)?;
                self.write(&request.table_name.clone(), |table| table.update(request))
            }
            "DeleteItem" => {
                let request: request::DeleteItem = request::read(body)?;
                self.write(&request.table_name.clone(), |table| table.delete(request))
            }
            unknown => Err(Failure::Operation(unknown.to_owned())),
        }
    }

    fn table(&mut self, name: &str) -> Result<&mut Table, Failure> {
        self.tables.get_mut(name).ok_or_else(|| Failure::NoTable(name.to_owned()))
    }

    fn write(
        &mut self,
        name: &str,
        change: impl FnOnce(&mut Table) -> Result<Written, Failure>,
    ) -> Result<Value, Failure> {
        let table = self.table(name)?;
        let Written { key, answer } = change(table)?;
        let now = table.items.get(&key).map(json_of);
        if let Some(kept) = &mut self.kept {
            kept.note(name, &key, now);
        }
        Ok(answer.map_or_else(|| json!({}), |item: Item| json!({ "Attributes": json_of(&item) })))
    }
}
