//! Reading everything from the API, and writing it down.

use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::path::{Path, PathBuf};

use content::wire::{Entry, EntryState, EntrySummary, List, MediaItem, MediaState, Section};
use http::HeaderMap;
use serde::Deserialize;
use serde_json::Value;
use tokio::task::JoinSet;

use super::error::ExportError;
use super::file;
use crate::api::{Api, ApiError};
use crate::report::Report;

/// Calls at one time.
const AT_ONCE: usize = 8;

/// From where, and where to.
pub struct Export {
    /// The API.
    pub api: Api,
    /// The site's address, where published pictures are.
    pub site: String,
    /// The folder, which is made if it is not there.
    pub folder: PathBuf,
}

/// What was taken out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Exported {
    /// How many entries.
    pub entries: usize,
    /// How many pictures.
    pub pictures: usize,
    /// What was not, each with its reason.
    pub left_out: Vec<String>,
}

#[derive(Deserialize)]
struct Redirect {
    from: String,
    #[serde(default)]
    to: Option<String>,
}

impl Export {
    /// Takes everything out but the trash.
    ///
    /// # Errors
    ///
    /// When the folder is not empty, the API refuses, or a file cannot be written.
    pub async fn run(self, report: &Report) -> Result<Exported, ExportError> {
        let content = self.folder.join("content");
        self.check_folder()?;
        let mut exported = Exported::default();
        let sections: List<Section> = self.api.read("/sections").await?;
        let summaries: Vec<EntrySummary> = self.all("/entries").await?;
        let summaries =
            summaries.into_iter().filter(|entry| entry.state != EntryState::Trashed).collect::<Vec<_>>();
        let redirects: Vec<Redirect> = self.all("/redirects").await?;
        let site: Value = self.api.read("/site").await?;
        write(&self.folder.join("site.json"), format!("{site:#}").as_bytes())?;
        let pictures = self.pictures(&mut exported, report).await?;
        let progress = report.progress("reading entries", summaries.len() as u64);
        let mut waiting = VecDeque::from(summaries);
        let mut reading: JoinSet<Result<Entry, ApiError>> = JoinSet::new();
        let mut front_pages = BTreeMap::new();
        loop {
            while reading.len() < AT_ONCE
                && let Some(summary) = waiting.pop_front()
            {
                let api = self.api.clone();
                reading.spawn(async move { api.read(&format!("/entries/{}", summary.id)).await });
            }
            let Some(entry) = reading.join_next().await else { break };
            let Ok(entry) = entry else { continue };
            let entry = entry?;
            let body = with_files(&entry.body, &pictures);
            let path = entry.summary.path.clone();
            let aliases = redirects
                .iter()
                .filter(|redirect| redirect.to.as_deref() == Some(&path))
                .map(|redirect| redirect.from.clone());
            let text = file::entry(&entry, &body, &aliases.collect::<Vec<_>>());
            if entry.summary.slug.is_empty() {
                front_pages.insert(path, body);
            } else {
                write(&content.join(format!("{}.md", path.trim_matches('/'))), text.as_bytes())?;
            }
            exported.entries += 1;
            progress.step();
        }
        for section in &sections.items {
            let text = file::section(section, front_pages.get(&section.path).map(String::as_str));
            write(&content.join(section.path.trim_matches('/')).join("_index.md"), text.as_bytes())?;
        }
        exported.left_out.sort_unstable();
        Ok(exported)
    }

    fn check_folder(&self) -> Result<(), ExportError> {
        let output = |source| ExportError::Output { path: self.folder.clone(), source };
        fs::create_dir_all(&self.folder).map_err(output)?;
        match fs::read_dir(&self.folder).map_err(output)?.next() {
            None => Ok(()),
            Some(_) => Err(ExportError::NotEmpty(self.folder.clone())),
        }
    }

    /// Every item of a list, page by page.
    async fn all<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, ApiError> {
        let mut items = Vec::new();
        let mut cursor = String::new();
        loop {
            let page: List<T> = self.api.read(&format!("{path}?limit=200{cursor}")).await?;
            items.extend(page.items);
            let Some(next) = page.next else { return Ok(items) };
            let next: String = form_urlencoded::byte_serialize(next.as_bytes()).collect();
            cursor = format!("&cursor={next}");
        }
    }

    /// The largest size of each picture that everybody may see; where each is, by its id.
    async fn pictures(
        &self,
        exported: &mut Exported,
        report: &Report,
    ) -> Result<BTreeMap<String, String>, ExportError> {
        let items: Vec<MediaItem> = self.all("/media").await?;
        let progress = report.progress("reading pictures", items.len() as u64);
        let mut files = BTreeMap::new();
        for item in items.iter().filter(|item| item.state == MediaState::Ready) {
            progress.step();
            let same_type = item.renditions.iter().filter(|rendition| rendition.kind == item.kind);
            let largest =
                same_type.max_by_key(|rendition| rendition.width).or_else(|| item.renditions.last());
            let Some(largest) = largest else { continue };
            let answer = self.api.web().get(&format!("{}{}", self.site, largest.url), HeaderMap::new()).await;
            match answer {
                Ok(answer) if answer.status.is_success() => {
                    let end = largest.url.rsplit_once('.').map_or("bin", |(_, end)| end);
                    let stem = item.name.rsplit_once('.').map_or(item.name.as_str(), |(stem, _)| stem);
                    let stem: String =
                        stem.chars().map(|next| if next.is_alphanumeric() { next } else { '-' }).collect();
                    let name = format!("media/{}/{stem}.{end}", item.id);
                    write(&self.folder.join("static").join(&name), &answer.bytes)?;
                    files.insert(item.id.0.clone(), format!("/{name}"));
                    exported.pictures += 1;
                }
                Ok(answer) => {
                    exported.left_out.push(format!("{}: it was answered {}", item.name, answer.status))
                }
                Err(error) => exported.left_out.push(format!("{}: {error}", item.name)),
            }
        }
        Ok(files)
    }
}

/// The text with files in the place of pictures' ids, as far as they were taken out.
fn with_files(body: &str, files: &BTreeMap<String, String>) -> String {
    files.iter().fold(body.to_owned(), |body, (id, file)| body.replace(&format!("media:{id}"), file))
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), ExportError> {
    let written = path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, bytes));
    written.map_err(|source| ExportError::Output { path: path.to_owned(), source })
}
