//! `PUT /sections/{id}`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::{NewSection, Section, SectionId};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::json::Sent;
use crate::http::path::Id;
use crate::http::query::NoQuery;
use crate::http::{Api, body, json};

/// Changes a section, whole; its pages are published anew.
#[utoipa::path(put, path = "/sections/{id}", tag = "sections", operation_id = "save_section",
    params(("id" = String, Path, description = "the section")), request_body = NewSection,
    responses(
        (status = 200, description = "as it is now", body = Section),
        (status = 409, description = "its path is taken, or it has entries and cannot move")
    ))]
pub(crate) async fn save_section(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
    sent: Sent,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::SectionsEdit)?;
    let section = api.desk().save_section(&caller, &SectionId(id), body::section(sent.value()?)?).await?;
    api.drive().await;
    Ok(json::ok(&section))
}
