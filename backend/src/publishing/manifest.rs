//! The manifest of a batch: what the CDN has to forget. Its arrival in the bucket starts the function `announce`.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::page::{SITE_TAG, cache_tag, path_of_key};

/// More objects than these are told by the one tag of the whole site: CloudFront charges each path or tag.
const MOST_OBJECTS: usize = 300;

/// What a batch has changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The batch.
    pub id: String,
    /// Counts the times that it was taken up. An invalidation of an earlier attempt is none of a later one.
    pub attempt: i64,
    /// Its releases.
    pub releases: Vec<String>,
    /// Cache tags, for a distribution that knows them.
    pub tags: Vec<String>,
    /// The same as paths, for one that does not: each page as viewers ask for it, and as the gate has the CDN look for
    /// it, which is what the cache knows it by.
    pub paths: Vec<String>,
    /// The addresses that viewers ask for, for people.
    #[serde(skip)]
    pub addresses: Vec<String>,
}

impl Manifest {
    /// The manifest of a batch that changed the objects of these keys.
    #[must_use]
    pub fn new(id: &str, attempt: i64, releases: Vec<String>, keys: &[String]) -> Manifest {
        let changed: BTreeSet<String> = keys.iter().map(|key| path_of_key(key)).collect();
        let tags = changed.iter().map(|path| cache_tag(path)).collect();
        let looked_for = keys.iter().map(|key| key.strip_prefix("site").unwrap_or(key).to_owned());
        let paths: BTreeSet<String> = changed.iter().cloned().chain(looked_for).collect();
        let addresses: Vec<String> = changed.into_iter().collect();
        let everything = || vec!["/*".to_owned()];
        let (tags, paths, addresses) = match addresses.len() > MOST_OBJECTS {
            true => (vec![SITE_TAG.to_owned()], everything(), everything()),
            false => (tags, paths.into_iter().collect(), addresses),
        };
        Manifest { id: id.to_owned(), attempt, releases, tags, paths, addresses }
    }

    /// Where it lies: outside of the site, so that no viewer reaches it.
    #[must_use]
    pub fn key(&self) -> String {
        format!("releases/{}.json", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_names_what_changed_and_no_more() {
        let keys = ["site/b/index.html", "site/a/index.html", "site/a/index.html"].map(str::to_owned);
        let manifest = Manifest::new("7", 2, vec!["r".to_owned()], &keys);
        assert_eq!(manifest.key(), "releases/7.json");
        assert_eq!(manifest.addresses, ["/a/", "/b/"]);
        assert_eq!(manifest.paths, ["/a/", "/a/index.html", "/b/", "/b/index.html"]);
        assert_eq!(manifest.tags, ["/a/", "/b/"].map(cache_tag));
    }

    #[test]
    fn a_very_large_batch_costs_one_invalidation() {
        let keys: Vec<String> =
            (0..=MOST_OBJECTS).map(|number| format!("site/{number}/index.html")).collect();
        let manifest = Manifest::new("7", 1, Vec::new(), &keys);
        assert_eq!((manifest.tags, manifest.paths), (vec!["site".to_owned()], vec!["/*".to_owned()]));
        assert_eq!(Manifest::new("7", 1, Vec::new(), &keys[1..]).tags.len(), MOST_OBJECTS);
    }
}
