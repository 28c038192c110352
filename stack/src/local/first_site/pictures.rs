//! The pictures: uploaded as a browser does, and waited for until their sizes are there.

use std::{collections::BTreeMap, fs, path::Path, time::Duration};

use http::Method;
use serde_json::{Value, json};

use super::{
    FirstSiteError,
    api::{Api, ApiError},
    content::Picture,
};
use crate::bucket::content_type;

/// How long one picture may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Uploads them; the ids by their file names.
pub(super) async fn upload(
    api: &Api,
    folder: &Path,
    pictures: &[Picture],
    say: &impl Fn(&str),
) -> Result<BTreeMap<String, String>, FirstSiteError> {
    let mut ids = BTreeMap::new();
    for picture in pictures {
        let path = folder.join("media").join(&picture.file);
        let unreadable = |source| FirstSiteError::Unreadable { path: path.clone(), source };
        let file = fs::read(&path).map_err(unreadable)?;
        let new = json!({
            "name": picture.file,
            "type": content_type(&picture.file),
            "size": file.len(),
            "section": picture.section,
            "alt": picture.alt,
        });
        let answer = api.send(Method::POST, "/api/v1/media", &new).await?;
        let refused = || ApiError::refused("POST /api/v1/media", &answer);
        let text = |pointer: &str| answer.pointer(pointer).and_then(Value::as_str);
        let (Some(id), Some(url), Some(method)) = (text("/id"), text("/upload/url"), text("/upload/method"))
        else {
            return Err(refused().into());
        };
        let headers: Vec<(String, String)> =
            serde_json::from_value(answer.pointer("/upload/headers").cloned().unwrap_or_default())
                .map_err(|_| refused())?;
        // The length is the connection's to say.
        let headers: Vec<_> =
            headers.into_iter().filter(|(name, _)| !name.eq_ignore_ascii_case("content-length")).collect();
        api.upload(method, url, &headers, file.into()).await?;
        ids.insert(picture.file.clone(), id.to_owned());
    }
    for (file, id) in &ids {
        say(&format!("the first site: {file}"));
        ready(api, file, id).await?;
    }
    Ok(ids)
}

async fn ready(api: &Api, file: &str, id: &str) -> Result<(), FirstSiteError> {
    let path = format!("/api/v1/media/{id}");
    let waited = tokio::time::timeout(PATIENCE, async {
        loop {
            let item = api.read(&path).await?;
            match item.get("state").and_then(Value::as_str) {
                Some("ready") => return Ok(()),
                Some("refused") => {
                    return Err(FirstSiteError::Picture(format!("{file} was refused: {item}")));
                }
                _ => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    });
    waited.await.unwrap_or_else(|_| Err(FirstSiteError::Picture(format!("{file} was not ready in time"))))
}
