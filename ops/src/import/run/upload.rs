//! Uploading a picture: the API gives a presigned request, and the bytes go past it.

use std::path::Path;

use bytes::Bytes;
use content::wire::{MediaId, MediaItem, NewMedia};
use http::{HeaderMap, HeaderName, HeaderValue, Method};

use crate::api::Api;

/// Uploads a file into a section.
pub(super) async fn picture(api: &Api, file: &Path, section: &str) -> Result<MediaId, String> {
    let bytes = tokio::fs::read(file).await.map_err(|error| error.to_string())?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let kind = mime_guess::from_path(file).first_or_octet_stream().essence_str().to_owned();
    let size = bytes.len().try_into().unwrap_or(u64::MAX);
    let new = NewMedia { name, kind, size, section: Some(section.to_owned()), alt: String::new() };
    let item: MediaItem = api.post("/media", &new).await.map_err(|error| error.to_string())?.document;
    let upload = item.upload.ok_or("the API gave no place to upload it to")?;
    let mut headers = HeaderMap::new();
    for (name, value) in &upload.headers {
        let name = HeaderName::try_from(name.as_str()).map_err(|error| error.to_string())?;
        headers.insert(name, HeaderValue::try_from(value.as_str()).map_err(|error| error.to_string())?);
    }
    let method = Method::try_from(upload.method.as_str()).map_err(|error| error.to_string())?;
    let answer = api.web().send(method, &upload.url, headers, Bytes::from(bytes)).await;
    let answer = answer.map_err(|error| error.to_string())?;
    if answer.status.is_success() {
        Ok(item.id)
    } else {
        Err(format!("its upload was answered {}", answer.status))
    }
}
