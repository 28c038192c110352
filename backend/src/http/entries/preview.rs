//! `GET /entries/{id}/preview`.

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderValue, Response, header};
use content::permission::Permission;
use content::wire::EntryId;

use crate::http::Api;
use crate::http::caller::Caller;
use crate::http::failure::{Answer, Failure};
use crate::http::path::Id;
use crate::http::query::NoQuery;

/// The page runs nothing but the theme's own script and shows nothing of other sites. The app frames it.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; \
                      font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// The whole page as it would be published, for who may change the entry.
#[utoipa::path(get, path = "/entries/{id}/preview", tag = "entries", operation_id = "preview_entry",
    params(("id" = String, Path, description = "the entry")),
    responses((status = 200, description = "the page", content_type = "text/html; charset=utf-8", body = String)))]
pub(crate) async fn preview_entry(
    State(api): State<Api>,
    caller: Caller,
    Id(id): Id,
    _: NoQuery,
) -> Answer<Response<Body>> {
    api.verifier.require(&caller, Permission::EntriesRead)?;
    let entry = api.entry(&EntryId(id)).await?;
    let (own, published) = (entry.summary.author.id == caller.id, entry.summary.published_revision.is_some());
    if !caller.role.may_edit(own, published) {
        return Err(Failure::forbidden("only who may change an entry sees what is not published of it"));
    }
    let page = api.preview(&entry).await?;
    let mut response = Response::new(Body::from(page));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    Ok(response)
}
