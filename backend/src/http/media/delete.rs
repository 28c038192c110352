//! `DELETE /media/{id}`.

use axum::body::Body;
use axum::extract::State;
use axum::http::Response;
use content::permission::Permission;
use content::wire::MediaId;

use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::path::Id;
use crate::http::query::Query;
use crate::http::{Api, json};

/// Deletes a media item that nothing uses, and its files on the site. One that only older revisions use is deleted with
/// `revisions=true`. Who began an upload may take it back as long as its bytes have not come.
#[utoipa::path(delete, path = "/media/{id}", tag = "media", operation_id = "delete_media",
    params(
        ("id" = String, Path, description = "the item"),
        ("revisions" = Option<bool>, Query, description = "whether it is deleted though older revisions use it"),
    ),
    responses(
        (status = 204, description = "it is gone"),
        (status = 409, description = "it is used; `items` names the entries"),
    ))]
pub(crate) async fn delete_media(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    mut query: Query,
) -> Answer<Response<Body>> {
    let despite_revisions = query.flag("revisions")?;
    query.finish()?;
    let may = api.verifier.require(&caller, Permission::MediaDelete);
    if may.is_err() && api.desk().cancel_upload(&caller, &MediaId(id.clone())).await? {
        api.desk().remove_uploads(&MediaId(id), None).await;
        return Ok(json::nothing());
    }
    may?;
    let id = MediaId(id);
    api.desk().delete_media(&caller, &id, despite_revisions).await?;
    api.desk().remove_uploads(&id, None).await;
    api.drive().await;
    Ok(json::nothing())
}
