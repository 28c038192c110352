//! `DELETE /sections/{id}`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::SectionId;

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::path::Id;
use crate::http::query::NoQuery;
use crate::http::{Api, json};

/// Deletes a section that has no entries and no media.
#[utoipa::path(delete, path = "/sections/{id}", tag = "sections", operation_id = "delete_section",
    params(("id" = String, Path, description = "the section")),
    responses(
        (status = 204, description = "it is gone"),
        (status = 409, description = "it has entries or media")
    ))]
pub(crate) async fn delete_section(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::SectionsEdit)?;
    api.desk().delete_section(&caller, &SectionId(id)).await?;
    api.drive().await;
    Ok(json::nothing())
}
