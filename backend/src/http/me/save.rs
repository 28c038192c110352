//! `PUT /me`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::wire::{ChangedMe, Me};

use crate::http::caller::Caller;
use crate::http::failure::{Answer, Failure};
use crate::http::json::Sent;
use crate::http::query::NoQuery;
use crate::http::{Api, body, json};

/// Changes what the person who asks is called.
#[utoipa::path(put, path = "/me", tag = "me", operation_id = "save_me", request_body = ChangedMe, responses(
    (status = 200, description = "as it is now", body = Me)
))]
pub(crate) async fn save_me(
    State(api): State<Api>,
    caller: Caller,
    _: NoQuery,
    sent: Sent,
) -> Answer<Response<Body>> {
    let changed = body::me(sent.value()?)?;
    api.store.rename(&caller.id, &changed.name).await.map_err(Failure::from)?;
    Ok(json::ok(&super::describe(&api, &caller).await?))
}
