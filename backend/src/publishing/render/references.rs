//! What entries refer to, as it is committed.

use std::collections::{BTreeMap, BTreeSet};

use content::markdown::Reference;
use content::wire::{EntryId, MediaId};

use super::super::catalogue::{Catalogue, CatalogueError};
use super::super::published::Published;
use super::super::view::References;

/// What entries refer to: their covers, and what their texts name where `texts` says so.
///
/// # Errors
/// When the store does not answer.
pub(super) async fn references<'e>(
    catalogue: &dyn Catalogue,
    entries: impl Iterator<Item = &'e Published> + Clone,
    texts: bool,
) -> Result<References, CatalogueError> {
    let named = entries.clone().filter(|_| texts);
    let named = named.flat_map(|entry| content::markdown::references(&entry.body)).collect();
    references_of(catalogue, named, entries.filter_map(|entry| entry.cover.as_ref())).await
}

pub(super) async fn references_of<'m>(
    catalogue: &dyn Catalogue,
    named: Vec<Reference>,
    pictures: impl Iterator<Item = &'m MediaId>,
) -> Result<References, CatalogueError> {
    let mut media: BTreeSet<MediaId> = pictures.cloned().collect();
    let mut entries: BTreeSet<EntryId> = BTreeSet::new();
    for reference in named {
        match reference {
            Reference::Entry(id) => drop(entries.insert(EntryId(id))),
            Reference::Media(id) => drop(media.insert(MediaId(id))),
        }
    }
    let (entries, media): (Vec<EntryId>, Vec<MediaId>) =
        (entries.into_iter().collect(), media.into_iter().collect());
    let mut references = References::default();
    if !entries.is_empty() {
        let paths: BTreeMap<EntryId, String> = catalogue.paths(&entries).await?.into_iter().collect();
        references.entries = paths.into_iter().map(|(id, path)| (id.0, path)).collect();
    }
    if !media.is_empty() {
        let items = catalogue.media(&media).await?;
        references.media = items.into_iter().map(|item| (item.id.0.clone(), item)).collect();
    }
    Ok(references)
}
