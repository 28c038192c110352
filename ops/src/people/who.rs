//! Whom a command is about: an email address, a user name, or the `sub` of a token.

use super::near::near;
use super::{PeopleError, Person, Pool};

impl Pool {
    /// The one person whom `who` names.
    ///
    /// Cognito is asked for them first, which knows of everybody at once; then everybody is looked at, for addresses that
    /// are nobody's name.
    ///
    /// # Errors
    ///
    /// When there is nobody, or several, or AWS cannot be asked.
    pub async fn find(&self, who: &str) -> Result<Person, PeopleError> {
        match self.person(who).await? {
            Some(person) => Ok(person),
            None => chosen(self.people().await?, who),
        }
    }
}

/// The user name and the `sub` are one person's. An address may be several people's, in whatever case they write it.
fn chosen(people: Vec<Person>, who: &str) -> Result<Person, PeopleError> {
    let is_named = |person: &&Person| person.username == who || person.sub.as_deref() == Some(who);
    if let Some(person) = people.iter().find(is_named) {
        return Ok(person.clone());
    }
    let mut found = people.iter().filter(|person| has_address(person, who));
    match (found.next(), found.next()) {
        (Some(person), None) => Ok(person.clone()),
        (None, _) => Err(PeopleError::Nobody { who: who.to_owned(), near: near(&people, who) }),
        (Some(_), Some(_)) => {
            let with_address = people.iter().filter(|person| has_address(person, who));
            let mut usernames: Vec<_> = with_address.map(|person| person.username.clone()).collect();
            usernames.sort();
            Err(PeopleError::Several { who: who.to_owned(), usernames })
        }
    }
}

/// Whether mail to this address reaches them.
pub(super) fn has_address(person: &Person, address: &str) -> bool {
    person.email.as_ref().is_some_and(|email| email.to_lowercase() == address.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::super::person::tests::person;
    use super::*;

    fn found(who: &str) -> Result<String, PeopleError> {
        let people = vec![
            person("u1", "ada", Some("Ada Lovelace")),
            person("u2", "Bob", None),
            person("u3", "twice", None),
            person("u4", "twice", None),
            // Somebody whose user name is another one's address.
            person("bob@example.com", "eve", None),
        ];
        chosen(people, who).map(|person| person.username)
    }

    #[test]
    fn an_address_a_user_name_and_a_sub_find_somebody() {
        for (who, username) in [
            ("u1", "u1"),
            ("sub-of-u2", "u2"),
            ("ADA@example.com", "u1"),
            ("bob@example.com", "bob@example.com"),
            ("BOB@example.com", "u2"),
        ] {
            assert_eq!(found(who).unwrap(), username, "{who}");
        }
    }

    #[test]
    fn several_with_an_address_are_told_by_their_user_names() {
        let error = found("twice@example.com").unwrap_err();
        assert!(matches!(error, PeopleError::Several { usernames, .. } if usernames == ["u3", "u4"]));
    }

    #[test]
    fn nobody_is_told_with_who_is_near() {
        let error = found("ada@exmaple.com").unwrap_err();
        assert!(matches!(error, PeopleError::Nobody { near, .. } if near == ["ada@example.com"]));
        assert!(matches!(found("zoe").unwrap_err(), PeopleError::Nobody { near, .. } if near.is_empty()));
    }
}
