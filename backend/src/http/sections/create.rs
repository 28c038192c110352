//! `POST /sections`.

use axum::body::Body;
use axum::extract::State;
use axum::http::{Response, StatusCode};
use content::permission::Permission;
use content::wire::{NewSection, Section};

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::json::Sent;
use crate::http::query::NoQuery;
use crate::http::{Api, PREFIX, body, json};

/// Makes a section.
#[utoipa::path(post, path = "/sections", tag = "sections", operation_id = "create_section", request_body = NewSection,
    responses((status = 201, description = "the section", body = Section)))]
pub(crate) async fn create_section(
    State(api): State<Api>,
    caller: Caller,
    _: NoQuery,
    sent: Sent,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::SectionsEdit)?;
    let section = api.desk().create_section(&caller, body::section(sent.value()?)?).await?;
    api.drive().await;
    Ok(json::located(StatusCode::CREATED, &format!("{PREFIX}/sections/{}", section.id), &section))
}
