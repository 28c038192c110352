//! Creating and publishing what was read.

mod publishing;
mod upload;

use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

use content::path::{SectionPath, Slug};
use content::wire::{Entry, EntryId, EntryState, List, NewSection, ProblemType, Section, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::document::{Document, NewSectionAt, Read, SectionSettings};
use super::{links, pictures};
use crate::api::{Api, ApiError};
use crate::report::{Progress, Report};

/// Calls at one time.
const AT_ONCE: usize = 8;
/// Entries that one call publishes.
const BULK: usize = 100;

/// Where documents go.
pub struct Import {
    /// The API.
    pub api: Api,
    /// The path of the section that they go into; those of sections below it go there.
    pub section: String,
}

/// What became of a document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// An entry was made of it.
    Created,
    /// An earlier run did.
    AlreadyThere,
    /// It was not taken over, for this reason.
    Failed(String),
}

/// A document that was dealt with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The document's address.
    pub path: String,
    /// What became of it.
    pub outcome: Outcome,
    /// What was not taken over as it was.
    pub notes: Vec<String>,
    entry: Option<EntryId>,
    publish: bool,
    aliases: Vec<String>,
}

/// A new entry, with what only an import may say.
#[derive(Serialize)]
struct NewEntry<'a> {
    title: &'a str,
    section: &'a str,
    slug: &'a str,
    summary: &'a str,
    body: &'a str,
    tags: &'a [String],
    language: &'a str,
    search_title: &'a str,
    search_description: &'a str,
    no_index: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<i64>,
    source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_at: Option<Timestamp>,
}

impl Import {
    /// The address that a document will have.
    #[must_use]
    pub fn path(&self, address: &str) -> String {
        format!("{}{}", self.section, address.trim_start_matches('/'))
    }

    /// Takes everything over: sections, entries with their pictures, publications, redirects. Documents that fail do not
    /// stop the others.
    ///
    /// # Errors
    ///
    /// When the API cannot be used at all.
    pub async fn run(self, mut read: Read, report: &Report) -> Result<Vec<Imported>, ApiError> {
        if self.section != "/" {
            let addresses: BTreeSet<String> =
                read.documents.iter().map(|document| document.address.clone()).collect();
            for document in &mut read.documents {
                document.body =
                    links::moved(&document.body, &self.section, |address| addresses.contains(address));
            }
        }
        let sections = Arc::new(self.sections(&read).await?);
        let import = Arc::new(self);
        let progress = report.progress("creating entries", read.documents.len() as u64);
        let mut imported = in_parallel(read.documents, &progress, |document| {
            let (import, sections) = (Arc::clone(&import), Arc::clone(&sections));
            async move { import.create(document, &sections).await }
        })
        .await;
        drop(progress);
        imported.sort_by(|one, other| one.path.cmp(&other.path));
        import.publish(&mut imported, report).await?;
        import.redirect(&mut imported, report).await;
        Ok(imported)
    }

    /// The paths of all sections, the longest first; those that the documents name are made.
    async fn sections(&self, read: &Read) -> Result<Vec<SectionPath>, ApiError> {
        let known: List<Section> = self.api.read("/sections").await?;
        let mut paths: Vec<String> = known.items.into_iter().map(|section| section.path).collect();
        let of_root = read.sections.iter().find(|section| section.path == "/").cloned();
        let of_root = of_root.unwrap_or_else(|| NewSectionAt {
            path: "/".to_owned(),
            title: self.section.trim_matches('/').to_owned(),
            settings: SectionSettings::default(),
        });
        for wanted in [&of_root].into_iter().chain(&read.sections) {
            let path = self.path(&wanted.path);
            if !paths.contains(&path) {
                self.api.post::<Value>("/sections", &new_section(&path, wanted)).await?;
                paths.push(path);
            }
        }
        let mut paths: Vec<SectionPath> =
            paths.iter().filter_map(|path| SectionPath::parse(path).ok()).collect();
        paths.sort_by_key(|path| std::cmp::Reverse(path.as_str().len()));
        Ok(paths)
    }

    async fn create(&self, document: Document, sections: &[SectionPath]) -> Imported {
        let path = self.path(&document.address);
        let mut imported = Imported {
            aliases: document.aliases.iter().map(|alias| self.path(alias)).collect(),
            path: path.clone(),
            outcome: Outcome::Created,
            notes: document.notes.clone(),
            entry: None,
            publish: false,
        };
        // An address that the section has moved is one that others link to.
        if self.section != "/" {
            imported.aliases.push(document.address.clone());
        }
        let done = match place(&path, sections) {
            Ok((section, slug)) => self.entry(&document, section, &slug, &mut imported).await,
            Err(problem) => Err(problem),
        };
        if let Err(problem) = done {
            imported.outcome = Outcome::Failed(problem);
        }
        imported
    }

    async fn entry(
        &self,
        document: &Document,
        section: &SectionPath,
        slug: &Slug,
        imported: &mut Imported,
    ) -> Result<(), String> {
        let date = document.date.map(|date| Timestamp(date.rfc3339()));
        let new = NewEntry {
            title: &document.title,
            section: section.as_str(),
            slug: slug.as_str(),
            summary: &document.summary,
            body: &document.body,
            tags: &document.tags,
            language: &document.language,
            search_title: &document.search_title,
            search_description: &document.search_description,
            no_index: document.no_index,
            order: document.order,
            source: &document.source,
            created_at: date.clone(),
            published_at: date.filter(|_| document.publish),
        };
        let entry: Entry = match self.api.post("/entries", &new).await {
            Ok(reply) => reply.document,
            Err(error) => {
                let id = there_already(&error).ok_or_else(|| error.to_string())?;
                imported.outcome = Outcome::AlreadyThere;
                self.api.read(&format!("/entries/{id}")).await.map_err(|error| error.to_string())?
            }
        };
        let is_new = entry.summary.state == EntryState::Draft;
        imported.entry = Some(entry.summary.id.clone());
        imported.publish = document.publish && is_new;
        if is_new {
            self.pictures(document, &entry, imported).await?;
            self.schedule(document, &entry.summary.id).await?;
        }
        Ok(())
    }

    /// Uploads the pictures that the text still names as files.
    async fn pictures(
        &self,
        document: &Document,
        entry: &Entry,
        imported: &mut Imported,
    ) -> Result<(), String> {
        let mut ids = Vec::new();
        for picture in &document.pictures {
            if !entry.body.contains(&picture.reference) {
                continue;
            }
            match upload::picture(&self.api, &picture.file, &entry.summary.section).await {
                Ok(id) => ids.push((picture.reference.clone(), id.0)),
                Err(problem) => imported.notes.push(format!("the picture {}: {problem}", picture.reference)),
            }
        }
        if ids.is_empty() {
            return Ok(());
        }
        let body = json!({ "body": pictures::replaced(&entry.body, &ids) });
        let path = format!("/entries/{}", entry.summary.id);
        let saved: Result<Value, ApiError> = self.api.put(&path, entry.summary.version, &body).await;
        saved.map(|_| ()).map_err(|error| error.to_string())
    }
}

fn new_section(path: &str, wanted: &NewSectionAt) -> NewSection {
    let SectionSettings { listed, order, feed, page_size } = wanted.settings.clone();
    let title = if wanted.title.is_empty() { "Home".to_owned() } else { wanted.title.clone() };
    NewSection { path: path.to_owned(), title, listed, order, feed, page_size }
}

/// The section that an address lies in, and the rest of it.
fn place<'a>(path: &str, sections: &'a [SectionPath]) -> Result<(&'a SectionPath, Slug), String> {
    let section = sections.iter().find(|section| path.starts_with(section.as_str()));
    let section = section.ok_or_else(|| format!("no section holds {path}"))?;
    let rest = path.strip_prefix(section.as_str()).unwrap_or_default().trim_end_matches('/');
    let slug = Slug::parse(rest, section).map_err(|problem| format!("its address {path} {problem}"))?;
    Ok((section, slug))
}

/// The entry that an earlier run made of the same source.
fn there_already(error: &ApiError) -> Option<EntryId> {
    let problem = error.problem().filter(|problem| problem.kind == ProblemType::Conflict)?;
    problem.items.first().map(|item| EntryId(item.id.clone()))
}

/// Does the same with each, some at once; the results in the order in which they came.
async fn in_parallel<T, R, F>(all: Vec<T>, progress: &Progress, work: impl Fn(T) -> F) -> Vec<R>
where
    R: Send + 'static,
    F: Future<Output = R> + Send + 'static,
{
    let mut waiting = VecDeque::from(all);
    let (mut working, mut done) = (JoinSet::new(), Vec::with_capacity(waiting.len()));
    loop {
        while working.len() < AT_ONCE
            && let Some(one) = waiting.pop_front()
        {
            working.spawn(work(one));
        }
        match working.join_next().await {
            None => return done,
            Some(finished) => done.extend(finished.ok()),
        }
        progress.step();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_goes_into_the_deepest_section_that_holds_it() {
        let sections = ["/blog/news/", "/blog/", "/"].map(|path| SectionPath::parse(path).unwrap());
        let placed =
            |path| place(path, &sections).map(|(section, slug)| (section.as_str(), slug.as_str().to_owned()));
        assert_eq!(placed("/blog/news/a/b/"), Ok(("/blog/news/", "a/b".to_owned())));
        assert_eq!(placed("/blog/news/"), Ok(("/blog/news/", String::new())));
        assert_eq!(placed("/2025/06/26/Rust-1.88.0/"), Ok(("/", "2025/06/26/Rust-1.88.0".to_owned())));
        assert!(placed("/admin/x/").is_err());
        assert!(place("/a/", &sections[..1]).is_err());
    }
}
