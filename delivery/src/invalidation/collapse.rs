//! Many paths become few: past a threshold a folder is named by a wildcard instead of path by path.
//!
//! CloudFront takes 3,000 paths and 15 wildcards in progress and counts a wildcard as one path, so that a large deploy
//! would otherwise be slow and dear. No path is ever lost: each is named by what comes out.

use std::collections::{BTreeMap, BTreeSet};

use super::path::InvalidationPath;

/// More changed paths in one folder are named by a wildcard.
const MOST_IN_A_FOLDER: usize = 30;
/// More paths without a wildcard are too many in all.
const MOST: usize = 100;
/// CloudFront's limit on wildcards in progress.
const MOST_WILDCARDS: usize = 15;

/// At most 100 paths and 15 wildcards that name all of `paths`; the paths themselves where these are few.
#[must_use]
pub fn collapse(paths: impl IntoIterator<Item = InvalidationPath>) -> Vec<InvalidationPath> {
    let paths = without_covered(paths.into_iter().collect());
    let deepest = paths.iter().map(|path| depth(path.folder())).max().unwrap_or(0);
    let thresholds = (1..=deepest).rev().map(|depth| (depth, MOST_IN_A_FOLDER)).chain([(1, 1)]);
    let mut folded = thresholds.map(|(depth, most)| fold(&paths, depth, most));
    let fitting = folded.find(fits).unwrap_or_else(|| BTreeSet::from([InvalidationPath::all()]));
    fitting.into_iter().collect()
}

/// Names each folder of at most this depth that holds more than `most` of the paths by a wildcard; deeper ones count to
/// their ancestor of this depth. The root is left: its wildcard names everything.
fn fold(paths: &BTreeSet<InvalidationPath>, depth: usize, most: usize) -> BTreeSet<InvalidationPath> {
    let mut folders: BTreeMap<&str, usize> = BTreeMap::new();
    for path in paths {
        *folders.entry(ancestor(path.folder(), depth)).or_default() += 1;
    }
    let full = |folder: &str| folder != "/" && folders.get(folder).is_some_and(|count| *count > most);
    let folded = paths.iter().map(|path| match ancestor(path.folder(), depth) {
        folder if full(folder) => InvalidationPath::below(folder),
        _ => path.clone(),
    });
    without_covered(folded.collect())
}

fn fits(paths: &BTreeSet<InvalidationPath>) -> bool {
    let wildcards = paths.iter().filter(|path| path.is_wildcard()).count();
    wildcards <= MOST_WILDCARDS && paths.len() - wildcards <= MOST
}

/// Drops what a wildcard of the same set names anyway.
pub(super) fn without_covered(paths: BTreeSet<InvalidationPath>) -> BTreeSet<InvalidationPath> {
    let stems: BTreeSet<&str> = paths.iter().filter_map(|path| path.as_str().strip_suffix('*')).collect();
    let covered = |path: &InvalidationPath| {
        let text = path.as_str();
        let (text, longest) = text.strip_suffix('*').map_or((text, text.len()), |stem| (stem, stem.len()));
        let shorter = |end: usize| end < longest || !path.is_wildcard();
        (0..=text.len())
            .filter(|end| shorter(*end))
            .filter_map(|end| text.get(..end))
            .any(|start| stems.contains(start))
    };
    paths.iter().filter(|path| stems.is_empty() || !covered(path)).cloned().collect()
}

/// How many folders lie in each other: `/` is 0, `/a/b/` is 2.
fn depth(folder: &str) -> usize {
    folder.matches('/').count().saturating_sub(1)
}

/// The folder itself or the one above it that is `depth` deep.
fn ancestor(folder: &str, depth: usize) -> &str {
    let end = folder.match_indices('/').nth(depth).map_or(folder.len(), |(at, slash)| at + slash.len());
    folder.get(..end).unwrap_or(folder)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn paths(texts: impl IntoIterator<Item = String>) -> Vec<InvalidationPath> {
        texts.into_iter().map(|text| InvalidationPath::parse(&text).unwrap()).collect()
    }

    fn collapsed(texts: impl IntoIterator<Item = String>) -> Vec<String> {
        collapse(paths(texts)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn few_paths_stay_themselves() {
        assert_eq!(collapsed(["/b".into(), "/a/".into(), "/b".into()]), ["/a/", "/b"]);
        assert!(collapsed([]).is_empty());
        assert_eq!(collapsed(["/a/*".into(), "/a/b".into(), "/a/b/*".into(), "/a".into()]), ["/a", "/a/*"]);
    }

    #[test]
    fn a_full_folder_becomes_a_wildcard() {
        let guide = |count: usize| (0..count).map(|number| format!("/guide/{number:03}"));
        assert_eq!(collapsed(guide(30)).len(), 30);
        assert_eq!(collapsed(guide(31).chain(["/".into()])), ["/", "/guide/*"]);
        let root = |count: usize| (0..count).map(|number| format!("/{number:03}"));
        assert_eq!(collapsed(root(100)).len(), 100);
        assert_eq!(collapsed(root(101)), ["/*"]);
    }

    #[test]
    fn many_small_folders_become_their_ancestor() {
        let pages = (0..60).flat_map(|n| [format!("/blog/{n:02}/"), format!("/blog/{n:02}/index.html")]);
        assert_eq!(collapsed(pages.chain(["/index.html".into()])), ["/blog/*", "/index.html"]);
        let tops = |count: usize| (0..count).flat_map(|n| (0..8).map(move |page| format!("/{n:02}/{page}")));
        assert_eq!(collapsed(tops(12)).len(), 96);
        assert_eq!(collapsed(tops(15)).len(), 15);
        assert_eq!(collapsed(tops(16)), ["/*"]);
    }

    proptest! {
        #[test]
        fn no_path_is_lost_and_the_limits_are_kept(
            texts in proptest::collection::vec("/([a-c]{1,2}/){0,4}[a-f]{0,2}\\*?", 0..200),
        ) {
            let given = paths(texts);
            let result = collapse(given.clone());
            for path in &given {
                prop_assert!(result.iter().any(|named| named.covers(path)), "{path:?} in {result:?}");
            }
            for path in &result {
                prop_assert!(result.iter().all(|other| other == path || !other.covers(path)));
            }
            let wildcards = result.iter().filter(|path| path.is_wildcard()).count();
            prop_assert!(wildcards <= 15 && result.len() - wildcards <= 100);
            prop_assert_eq!(collapse(result.clone()), result);
        }
    }
}
