//! What becomes of the groups that somebody is in.

use serde::Serialize;

use super::{PeopleError, Person, Pool};

/// What becomes of the groups that somebody is in. Plans are data: it is made, shown and then applied.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupChange {
    /// Those that they are in afterwards, sorted.
    pub groups: Vec<String>,
    /// Those that they come into.
    pub added: Vec<String>,
    /// Those that they are taken out of.
    pub removed: Vec<String>,
}

impl GroupChange {
    /// What `add` and `remove` come to for somebody who is in `current`; `known` are the pool's groups.
    ///
    /// # Errors
    ///
    /// When a group is in both, or not in the pool.
    pub fn plan(
        current: &[String],
        add: &[String],
        remove: &[String],
        known: &[String],
    ) -> Result<GroupChange, PeopleError> {
        if let Some(group) = add.iter().find(|group| remove.contains(group)) {
            return Err(PeopleError::AddedAndRemoved { group: group.clone() });
        }
        refuse_unknown(add.iter().chain(remove), known)?;
        let added = sorted(add.iter().filter(|group| !current.contains(group)));
        let removed = sorted(remove.iter().filter(|group| current.contains(group)));
        let kept = current.iter().filter(|group| !removed.contains(group));
        Ok(GroupChange { groups: sorted(kept.chain(&added)), added, removed })
    }

    /// Whether nothing changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }

    /// Does it. What was done before something failed stays; doing it again does the rest.
    ///
    /// # Errors
    ///
    /// When AWS does not do it.
    pub async fn apply(&self, pool: &Pool, person: &Person) -> Result<(), PeopleError> {
        for group in &self.added {
            pool.cloud.add_to_group(&pool.id, &person.username, group).await?;
        }
        for group in &self.removed {
            pool.cloud.remove_from_group(&pool.id, &person.username, group).await?;
        }
        Ok(())
    }
}

/// Refuses groups that the pool does not have.
///
/// # Errors
///
/// With all of them, and with those that it has.
pub fn refuse_unknown<'a>(
    wanted: impl IntoIterator<Item = &'a String>,
    known: &[String],
) -> Result<(), PeopleError> {
    let unknown = sorted(wanted.into_iter().filter(|group| !known.contains(group)));
    if unknown.is_empty() {
        Ok(())
    } else {
        Err(PeopleError::UnknownGroups { unknown, known: known.to_vec() })
    }
}

fn sorted<'a>(groups: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut groups: Vec<_> = groups.cloned().collect();
    groups.sort();
    groups.dedup();
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    fn plan(current: &[&str], add: &[&str], remove: &[&str]) -> Result<GroupChange, PeopleError> {
        let known = names(&["admins", "authors", "editors"]);
        GroupChange::plan(&names(current), &names(add), &names(remove), &known)
    }

    #[test]
    fn only_what_differs_is_done() {
        let change = plan(&["editors"], &["editors", "admins", "admins"], &["authors"]).unwrap();
        assert_eq!(change.groups, ["admins", "editors"]);
        assert_eq!((change.added, change.removed), (names(&["admins"]), names(&[])));
        let change = plan(&["editors", "authors"], &[], &["editors"]).unwrap();
        assert_eq!((change.groups, change.removed), (names(&["authors"]), names(&["editors"])));
        assert!(plan(&["editors"], &["editors"], &["admins"]).unwrap().is_empty());
    }

    #[test]
    fn a_group_that_is_not_there_is_named_with_those_that_are() {
        let error = plan(&[], &["admin", "editors"], &["Authors"]).unwrap_err();
        assert!(
            matches!(&error, PeopleError::UnknownGroups { unknown, .. } if unknown == &["Authors", "admin"])
        );
        assert!(matches!(
            plan(&[], &["admins"], &["admins"]),
            Err(PeopleError::AddedAndRemoved { group }) if group == "admins"
        ));
    }
}
