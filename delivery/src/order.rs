//! The order in which files are put: nothing is there before what it loads.

/// What part a file plays, in the order in which files are put.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Its name holds a hash of its content, which therefore never changes.
    Immutable,
    /// Anything without a hash.
    Other,
    /// A document that loads the others.
    Entry,
}

/// Where a file stands in the order. Files of the same place are put side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    kind: Kind,
    /// Entry documents: the deepest first, so that a page is there before those above, which link to it.
    from_the_deepest: usize,
    /// A folder's own page lists the others of the folder.
    is_index: bool,
}

impl Place {
    fn of((kind, key): (Kind, &str)) -> Place {
        if kind != Kind::Entry {
            return Place { kind, from_the_deepest: 0, is_index: false };
        }
        let depth = key.matches('/').count();
        let is_index = key.rsplit('/').next().is_some_and(|name| name.starts_with("index."));
        Place { kind, from_the_deepest: usize::MAX - depth, is_index }
    }
}

/// Sorts `all` into phases by the kind and the key of each. Within a phase the order does not matter.
#[must_use]
pub fn phases<T>(mut all: Vec<T>, what: impl Fn(&T) -> (Kind, &str)) -> Vec<Vec<T>> {
    all.sort_by_key(|one| Place::of(what(one)));
    let mut phases: Vec<Vec<T>> = Vec::new();
    for one in all {
        let place = Place::of(what(&one));
        match phases.last_mut() {
            Some(phase) if phase.first().is_some_and(|first| Place::of(what(first)) == place) => {
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
            (Kind::Entry, "index.html"),
            (Kind::Entry, "404.html"),
            (Kind::Entry, "guide/index.html"),
            (Kind::Entry, "guide/a.html"),
            (Kind::Entry, "guide/deep/index.html"),
            (Kind::Other, "robots.txt"),
            (Kind::Immutable, "app-0123456a.js"),
            (Kind::Immutable, "z-0123456a.css"),
        ];
        let phases = phases(keys.to_vec(), |(kind, key)| (*kind, key));
        let keys: Vec<Vec<&str>> =
            phases.iter().map(|phase| phase.iter().map(|(_, key)| *key).collect()).collect();
        assert_eq!(
            keys,
            [
                vec!["app-0123456a.js", "z-0123456a.css"],
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
