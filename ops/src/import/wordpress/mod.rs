//! WordPress's export, WXR 1.0 to 1.2 (Tools, Export).

mod captions;
mod paragraphs;
mod wxr;

use std::collections::HashMap;
use std::path::Path;

use super::document::{Document, Read};
use super::error::ImportError;
use super::{address, dates, html, pictures};
use wxr::{Item, Wxr};

/// Reads an export. Pictures are taken from the folder `wp-content/uploads` beside it.
///
/// # Errors
///
/// When it is no export of WordPress's.
pub(super) fn read(text: &str, beside: &Path) -> Result<Read, ImportError> {
    let export = Wxr::parse(text).map_err(ImportError::WordPress)?;
    let uploads: HashMap<&str, &str> = export
        .items
        .iter()
        .filter(|item| item.kind == "attachment")
        .map(|item| (item.id.as_str(), item.attachment.as_str()))
        .collect();
    let mut read = Read::default();
    for item in &export.items {
        match item.kind.as_str() {
            "post" | "page" if item.status == "trash" || item.status == "auto-draft" => {
                read.left_out.push(format!("{}: it is in the trash", item.title));
            }
            "post" | "page" => match document(item, &export, &uploads, beside) {
                Ok(document) => read.documents.push(document),
                Err(problem) => read.left_out.push(format!("{}: {problem}", item.title)),
            },
            // Pictures come with the documents that show them; menus and revisions are WordPress's own.
            "attachment" | "nav_menu_item" | "revision" | "custom_css" | "oembed_cache" => {}
            other => {
                read.left_out.push(format!("{}: it is a {other}, expected a post or a page", item.title))
            }
        }
    }
    Ok(read.in_order())
}

fn document(
    item: &Item,
    export: &Wxr,
    uploads: &HashMap<&str, &str>,
    beside: &Path,
) -> Result<Document, String> {
    let text = captions::converted(&item.content, |id| uploads.get(id).map(|url| (*url).to_owned()));
    let mut notes: Vec<String> = text.unknown;
    let mut body = html::markdown(&paragraphs::added(&text.html))?;
    if let Some(picture) = item.thumbnail.as_deref().and_then(|id| uploads.get(id)) {
        body = format!("![]({picture})\n\n{body}");
    }
    // Links within the site lose its old host, so that they lead to the new one.
    let body = body.replace(&format!("({}/", export.home), "(/");
    let pictures = pictures::of(&body, beside, &[beside.to_owned()]);
    let link = address::alias(&item.link).filter(|_| !item.link.contains('?'));
    let slug = if item.slug.is_empty() { item.title.to_lowercase() } else { item.slug.clone() };
    let address = link
        .as_deref()
        .map_or_else(|| address::of(&slug), |link| address::of(link.trim_end_matches(".html")));
    let is_open = item.password.is_empty();
    if !is_open {
        notes.push("it asked for a password, so it stays a draft".to_owned());
    }
    if item.status == "private" {
        notes.push("it was private, so it stays a draft".to_owned());
    }
    let date = dates::parse(&item.date);
    Ok(Document {
        source: format!("wordpress:{}:{}", export.home.split("://").last().unwrap_or_default(), item.id),
        title: if item.title.is_empty() { slug } else { item.title.clone() },
        summary: html::markdown(&item.excerpt)?.trim().to_owned(),
        tags: item.tags.clone(),
        language: export.language.clone(),
        order: Some(item.order).filter(|order| *order != 0),
        date,
        publish: item.status == "publish" && is_open,
        publish_at: date.filter(|_| item.status == "future" && is_open),
        aliases: link.into_iter().filter(|link| *link != address).collect(),
        address,
        body,
        pictures,
        notes,
        ..Document::default()
    })
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
