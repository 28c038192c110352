//! A page's twin for programs: the same content as JSON, beside the page and behind the same rule.

use serde::Serialize;

use super::published::Published;

#[derive(Serialize)]
struct Twin<'a> {
    id: &'a str,
    path: &'a str,
    title: &'a str,
    summary: &'a str,
    tags: &'a [String],
    author: &'a content::wire::Author,
    published_at: &'a str,
    updated_at: &'a str,
    markdown: &'a str,
    html: &'a str,
}

/// The twin of an entry's page.
///
/// # Errors
/// Never: texts and times can be written.
pub(super) fn twin(entry: &Published, html: &str) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec(&Twin {
        id: entry.id().as_str(),
        path: entry.path(),
        title: entry.title(),
        summary: &entry.summary,
        tags: &entry.standing.tags,
        author: &entry.author,
        published_at: entry.standing.published_at.as_str(),
        updated_at: entry.updated_at.as_str(),
        markdown: &entry.body,
        html,
    })
}
