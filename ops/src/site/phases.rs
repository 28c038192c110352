//! The order in which files are put: nothing is there before what it loads.

use super::headers::Kind;

/// Where a file stands in the order. Files of the same place are put side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    kind: Kind,
    /// Entry documents: the deepest first, so that a page is there before those above, which link to it.
    from_the_deepest: usize,
    /// A folder's own page lists the others of the folder.
    is_index: bool,
}

impl Place {
    /// The place of the file with this key.
    pub(super) fn of(key: &str) -> Place {
        let kind = Kind::of(key);
        if kind != Kind::Entry {
            return Place { kind, from_the_deepest: 0, is_index: false };
        }
        let depth = key.matches('/').count();
        let is_index = key.rsplit('/').next().is_some_and(|name| name.starts_with("index."));
        Place { kind, from_the_deepest: usize::MAX - depth, is_index }
    }
}

/// Sorts `all` into phases by the key of each.
pub(super) fn phases<T>(mut all: Vec<T>, key: impl Fn(&T) -> &str) -> Vec<Vec<T>> {
    all.sort_by_key(|one| Place::of(key(one)));
    let mut phases: Vec<Vec<T>> = Vec::new();
    for one in all {
        let place = Place::of(key(&one));
        match phases.last_mut() {
            Some(phase) if phase.first().is_some_and(|first| Place::of(key(first)) == place) => {
                phase.push(one)
            }
            _ => phases.push(vec![one]),
        }
    }
    phases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_start_page_comes_last() {
        let keys = [
            "index.html",
            "404.html",
            "guide/index.html",
            "guide/a.html",
            "guide/deep/index.html",
            "robots.txt",
            "app-01234567.js",
            "z-01234567.css",
        ];
        let phases = phases(keys.to_vec(), |key| key);
        assert_eq!(
            phases,
            [
                vec!["app-01234567.js", "z-01234567.css"],
                vec!["robots.txt"],
                vec!["guide/deep/index.html"],
                vec!["guide/a.html"],
                vec!["guide/index.html"],
                vec!["404.html"],
                vec!["index.html"],
            ]
        );
    }
}
