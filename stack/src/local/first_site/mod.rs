//! The first site: what is published when there is nothing yet, over the API, as an editor would. Its form is told in
//! `stack/first-site/README.md`.

mod api;
mod content;
mod links;
mod pictures;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use http::{Method, Uri};
use serde_json::{Value, json};

use api::Api;
pub use api::ApiError;
use content::{Content, FirstEntry};

/// How many entries one request may publish.
const AT_ONCE: usize = 100;
/// How long everything may take to be live.
const PATIENCE: Duration = Duration::from_secs(60);

/// Why the first site is not there.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FirstSiteError {
    /// A file cannot be read.
    #[error("{path} cannot be read")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// A file is not as it has to be.
    #[error("{path}: expected {expected}")]
    Form {
        /// Which.
        path: PathBuf,
        /// What was expected.
        expected: String,
    },
    /// The API refuses.
    #[error(transparent)]
    Api(#[from] ApiError),
    /// A picture came to nothing.
    #[error("the picture {0}")]
    Picture(String),
    /// It does not become live.
    #[error("the first site was not live after {} s: {state}", PATIENCE.as_secs())]
    NotLive {
        /// What the last release that was looked at says.
        state: String,
    },
}

/// Puts the first site of a folder into the API and publishes it. `say` is told how far it is.
///
/// # Errors
/// When the folder is not as it has to be, or the API refuses.
pub(super) async fn load(
    folder: &Path,
    api: Uri,
    token: &str,
    say: impl Fn(&str),
) -> Result<(), FirstSiteError> {
    let content = Content::read(folder)?;
    let api = Api::new(api, token);
    if let Some(me) = &content.me {
        api.send(Method::PUT, "/api/v1/me", me).await?;
    }
    sections(&api, &content.sections).await?;
    let pictures = pictures::upload(&api, folder, &content.pictures, &say).await?;
    site(&api, content.site).await?;
    say(&format!("the first site: {} entries", content.entries.len()));
    let entries = create(&api, &content.entries).await?;
    let ids: BTreeMap<&str, &str> =
        entries.iter().map(|entry| (entry.path.as_str(), entry.id.as_str())).collect();
    for (entry, created) in content.entries.iter().zip(&entries) {
        let changed = links::resolved(entry, &ids, &pictures)?;
        let path = format!("/api/v1/entries/{}", created.id);
        api.send_if(Method::PUT, &path, created.version, &changed).await?;
    }
    let published: Vec<_> = content.entries.iter().zip(&entries).filter(|(entry, _)| !entry.draft).collect();
    for some in published.chunks(AT_ONCE) {
        let ids: Vec<_> = some.iter().map(|(_, created)| created.id.as_str()).collect();
        let answer =
            api.send(Method::POST, "/api/v1/entries/bulk", &json!({"action": "publish", "ids": ids})).await?;
        let results = answer.get("results").and_then(Value::as_array).into_iter().flatten();
        let refused =
            |result: &&Value| result.get("status").and_then(Value::as_u64).is_none_or(|status| status >= 400);
        if let Some(result) = results.into_iter().find(refused) {
            return Err(ApiError::refused("POST /api/v1/entries/bulk", result).into());
        }
    }
    say("the first site: publishing");
    for (_, created) in published {
        live(&api, &created.id).await?;
    }
    Ok(())
}

/// An entry as the API has it.
struct Created {
    id: String,
    path: String,
    version: i64,
}

async fn create(api: &Api, entries: &[FirstEntry]) -> Result<Vec<Created>, FirstSiteError> {
    let mut created = Vec::with_capacity(entries.len());
    for entry in entries {
        let member = |name: &str| entry.members.get(name).cloned().unwrap_or_default();
        let new = json!({"title": member("title"), "section": member("section"), "slug": member("slug")});
        let answer = api.send(Method::POST, "/api/v1/entries", &new).await?;
        let text = |name: &str| answer.get(name).and_then(Value::as_str).map(str::to_owned);
        let version = answer.get("version").and_then(Value::as_i64);
        let (Some(id), Some(path), Some(version)) = (text("id"), text("path"), version) else {
            return Err(ApiError::refused("POST /api/v1/entries", &answer).into());
        };
        created.push(Created { id, path, version });
    }
    Ok(created)
}

/// Sections that are there already, such as the root's, are changed.
async fn sections(api: &Api, sections: &[Value]) -> Result<(), FirstSiteError> {
    let there = api.read("/api/v1/sections").await?;
    let there: Vec<_> = there.get("items").and_then(Value::as_array).cloned().unwrap_or_default();
    for section in sections {
        let same = there.iter().find(|other| other.get("path") == section.get("path"));
        match same.and_then(|same| same.get("id")).and_then(Value::as_str) {
            Some(id) => api.send(Method::PUT, &format!("/api/v1/sections/{id}"), section).await?,
            None => api.send(Method::POST, "/api/v1/sections", section).await?,
        };
    }
    Ok(())
}

async fn site(api: &Api, mut site: Value) -> Result<(), FirstSiteError> {
    let there = api.read("/api/v1/site").await?;
    let version = there.get("version").and_then(Value::as_i64).unwrap_or_default();
    if let Some(members) = site.as_object_mut() {
        // Members that the file does not name keep their value.
        for (name, value) in there.as_object().into_iter().flatten() {
            members.entry(name.as_str()).or_insert_with(|| value.clone());
        }
        members.insert("version".to_owned(), version.into());
    }
    api.send_if(Method::PUT, "/api/v1/site", version, &site).await?;
    Ok(())
}

/// Waits until what was published of an entry is live.
async fn live(api: &Api, id: &str) -> Result<(), FirstSiteError> {
    let path = format!("/api/v1/entries/{id}");
    let mut state = "none".to_owned();
    let waited = tokio::time::timeout(PATIENCE, async {
        loop {
            let entry = api.read(&path).await?;
            let release = entry.get("release").cloned().unwrap_or_default();
            state = release.to_string();
            match release.get("state").and_then(Value::as_str) {
                Some("live") => return Ok(true),
                Some("failed") => return Ok(false),
                _ => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    })
    .await;
    match waited {
        Ok(Ok(true)) => Ok(()),
        Ok(Err(error)) => Err(error),
        Ok(Ok(false)) | Err(_) => Err(FirstSiteError::NotLive { state }),
    }
}
