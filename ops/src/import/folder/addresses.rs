//! The addresses of all documents of a folder.

use std::collections::BTreeMap;

use super::draft::Draft;

/// The addresses of all documents, by the names that others use for them.
pub(super) struct Addresses {
    by_file: BTreeMap<String, String>,
    by_name: BTreeMap<String, String>,
}

impl Addresses {
    pub(super) fn of(drafts: &[Draft]) -> Addresses {
        let by_file = drafts.iter().map(|draft| (draft.relative.clone(), draft.address.clone()));
        let by_name = drafts.iter().flat_map(|draft| {
            let stem = draft.relative.rsplit_once('.').map_or(draft.relative.as_str(), |(stem, _)| stem);
            let stem = stem.trim_end_matches("/index").trim_end_matches("/_index");
            let name = stem.rsplit('/').next().unwrap_or(stem);
            [stem, name].map(|name| (name.to_owned(), draft.address.clone()))
        });
        Addresses { by_name: by_name.collect(), by_file: by_file.collect() }
    }

    pub(super) fn of_file(&self, file: &str) -> Option<String> {
        self.by_file.get(file).cloned()
    }

    /// By `post.md`, `folder/post`, `/folder/post.md` or `2026-11-26-post`.
    pub(super) fn of_name(&self, name: &str) -> Option<String> {
        let name = name.trim_matches('/');
        let stem = name.trim_end_matches(".md").trim_end_matches(".markdown").trim_end_matches("/index");
        self.of_file(name).or_else(|| self.by_name.get(stem).cloned())
    }
}
