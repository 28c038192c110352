//! The user directory: everybody in the pool, with their groups.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{PeopleError, Person, Pool, refuse_unknown};
use crate::deploy::each;

/// Somebody, with their groups.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Who it is.
    #[serde(flatten)]
    pub person: Person,
    /// The groups that they are in, sorted.
    pub groups: Vec<String>,
}

/// Everybody in the pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directory {
    members: Vec<Member>,
    groups: Vec<String>,
}

impl Directory {
    /// Reads all of it: the people page by page, and who is in each group. That is fewer calls than asking for the groups of
    /// everybody.
    ///
    /// # Errors
    ///
    /// When the pool is gone, or AWS cannot be asked.
    pub async fn read(pool: &Pool) -> Result<Directory, PeopleError> {
        let groups = pool.groups().await?;
        let people = pool.people().await?;
        let inside = each(groups.clone(), |group| {
            let pool = pool.clone();
            async move { pool.cloud.people_in_group(&pool.id, &group).await.map(|people| (group, people)) }
        });
        let inside = inside.await.into_iter().collect::<Result<Vec<_>, _>>()?;
        Ok(Directory::new(people, groups, inside))
    }

    fn new(people: Vec<Person>, groups: Vec<String>, inside: Vec<(String, Vec<String>)>) -> Directory {
        let mut groups_of: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (group, usernames) in inside {
            for username in usernames {
                groups_of.entry(username).or_default().push(group.clone());
            }
        }
        let with_groups = |person: Person| {
            let mut groups = groups_of.remove(&person.username).unwrap_or_default();
            groups.sort();
            Member { person, groups }
        };
        let mut members: Vec<_> = people.into_iter().map(with_groups).collect();
        members.sort_by_key(|member| (member.person.label().to_lowercase(), member.person.username.clone()));
        Directory { members, groups }
    }

    /// How many people there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// Those in the group, and with the text somewhere in their address, name or user name, in whatever case; sorted by what
    /// an operator calls them.
    ///
    /// # Errors
    ///
    /// When there is no such group.
    pub fn select(&self, group: Option<&String>, text: Option<&str>) -> Result<Vec<&Member>, PeopleError> {
        refuse_unknown(group, &self.groups)?;
        let text = text.map(str::to_lowercase);
        let is_wanted = |member: &&Member| {
            group.is_none_or(|group| member.groups.contains(group))
                && text.as_ref().is_none_or(|text| has(&member.person, text))
        };
        Ok(self.members.iter().filter(is_wanted).collect())
    }
}

fn has(person: &Person, text: &str) -> bool {
    let names = [person.email.as_deref(), person.name.as_deref(), Some(&*person.username)];
    names.into_iter().flatten().any(|name| name.to_lowercase().contains(text))
}

#[cfg(test)]
mod tests {
    use super::super::person::tests::person;
    use super::*;

    fn directory() -> Directory {
        let people =
            vec![person("3", "Zoe", None), person("1", "bob", Some("Bob Adams")), person("2", "ada", None)];
        let groups = vec!["admins".to_owned(), "editors".to_owned()];
        let inside = vec![
            ("editors".to_owned(), vec!["2".to_owned(), "1".to_owned()]),
            ("admins".to_owned(), vec!["2".to_owned(), "gone".to_owned()]),
        ];
        Directory::new(people, groups, inside)
    }

    fn selected(group: Option<&str>, text: Option<&str>) -> Vec<String> {
        let group = group.map(str::to_owned);
        let directory = directory();
        let members = directory.select(group.as_ref(), text).unwrap();
        members.into_iter().map(|member| member.person.username.clone()).collect()
    }

    #[test]
    fn people_are_sorted_and_have_their_groups() {
        assert_eq!(selected(None, None), ["2", "1", "3"]);
        let directory = directory();
        let groups: Vec<_> = directory.members.iter().map(|member| member.groups.join(" ")).collect();
        assert_eq!(groups, ["admins editors", "editors", ""]);
    }

    #[test]
    fn a_group_and_a_text_are_looked_for_together() {
        assert_eq!(selected(Some("editors"), None), ["2", "1"]);
        assert_eq!(selected(None, Some("ADA")), ["2", "1"]);
        assert_eq!(selected(Some("admins"), Some("ada")), ["2"]);
        assert_eq!(selected(Some("admins"), Some("bob")), [""; 0]);
        let none = directory().select(Some(&"authors".to_owned()), None).unwrap_err();
        assert!(matches!(none, PeopleError::UnknownGroups { known, .. } if known == ["admins", "editors"]));
    }
}
