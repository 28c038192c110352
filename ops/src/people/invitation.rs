//! An invitation: an account that an operator makes, with which Cognito sends a temporary password.

use super::temporary_password::TemporaryPassword;
use super::who::has_address;
use super::{GroupChange, PeopleError, Person, Pool, Status};
use crate::aws::Invitee;
use crate::moment::random;

/// What inviting somebody comes to. Plans are data: it is made, shown and then applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Invitation {
    /// They are invited, and come into these groups.
    New {
        /// Their user name; the address, where people sign in by it.
        username: String,
        /// How long the temporary password is at least.
        shortest_password: usize,
        /// What becomes of their groups.
        change: GroupChange,
    },
    /// They are there already, and come into the groups that they are not in.
    There {
        /// Who they are.
        person: Person,
        /// What becomes of their groups.
        change: GroupChange,
        /// Whether the invitation is sent again.
        again: bool,
    },
}

impl Invitation {
    /// What comes of inviting `email` into `groups`; `username` is a new person's, where the pool asks for one, and `again`
    /// asks for another invitation.
    ///
    /// # Errors
    ///
    /// When a group is not in the pool, somebody cannot be invited again, or AWS cannot be asked.
    pub async fn plan(
        pool: &Pool,
        email: &str,
        username: Option<&str>,
        groups: &[String],
        again: bool,
    ) -> Result<Invitation, PeopleError> {
        let known = pool.groups().await?;
        let rules = pool.rules().await?;
        let found = match rules.names_by_email {
            true => pool.person(email).await?,
            false => with_address(pool, email, username).await?,
        };
        let Some(person) = found else {
            if again {
                return Err(PeopleError::NeverInvited { email: email.to_owned() });
            }
            return Ok(Invitation::New {
                username: rules.username(email, username)?,
                shortest_password: rules.shortest_password,
                change: GroupChange::plan(&[], groups, &[], &known)?,
            });
        };
        let change = GroupChange::plan(&pool.groups_of(&person).await?, groups, &[], &known)?;
        if again && person.status != Status::Invited {
            let (email, status) = (person.label().to_owned(), person.status);
            return Err(PeopleError::NotWaiting { email, status });
        }
        Ok(Invitation::There { person, change, again })
    }

    /// Does it; returns the user name.
    ///
    /// # Errors
    ///
    /// When AWS does not do it. Whoever was invited before a group failed comes into it the next time.
    pub async fn apply(&self, pool: &Pool, email: &str, name: Option<&str>) -> Result<Person, PeopleError> {
        let refused = |error| PeopleError::of_invitation(email, error);
        match self {
            Invitation::New { username, shortest_password, change } => {
                let password = TemporaryPassword::from(random()?, *shortest_password);
                let invitee = Invitee { username, email, name, temporary_password: password.reveal() };
                let user = pool.cloud.invite_person(&pool.id, &invitee).await.map_err(refused)?;
                let person = Person::from(user);
                change.apply(pool, &person).await?;
                Ok(person)
            }
            Invitation::There { person, change, again } => {
                change.apply(pool, person).await?;
                if *again {
                    let password = TemporaryPassword::from(random()?, pool.rules().await?.shortest_password);
                    let sent =
                        pool.cloud.invite_person_again(&pool.id, &person.username, password.reveal()).await;
                    sent.map_err(refused)?;
                }
                Ok(person.clone())
            }
        }
    }

    /// What becomes of their groups.
    #[must_use]
    pub fn change(&self) -> &GroupChange {
        match self {
            Invitation::New { change, .. } | Invitation::There { change, .. } => change,
        }
    }
}

/// Whoever is there with this address or user name, in a pool where an address is nobody's name.
async fn with_address(
    pool: &Pool,
    email: &str,
    username: Option<&str>,
) -> Result<Option<Person>, PeopleError> {
    if let Some(person) = pool.person(username.unwrap_or(email)).await? {
        return Ok(Some(person));
    }
    let people = pool.people().await?.into_iter().filter(|person| has_address(person, email));
    let mut people: Vec<_> = people.collect();
    match people.len() {
        0 | 1 => Ok(people.pop()),
        _ => {
            let usernames = people.into_iter().map(|person| person.username).collect();
            Err(PeopleError::Several { who: email.to_owned(), usernames })
        }
    }
}

/// Whether a text can be an email address, as far as it is worth telling before Cognito does.
#[must_use]
pub fn is_address(text: &str) -> bool {
    let is_odd = |letter: char| letter.is_whitespace() || letter.is_control() || "<>,;\"".contains(letter);
    let parts = text.rsplit_once('@');
    text.len() <= 254
        && !text.contains(is_odd)
        && parts.is_some_and(|(local, domain)| {
            !local.is_empty() && !local.contains('@') && !domain.is_empty() && !domain.starts_with('.')
        })
}

#[cfg(test)]
mod tests {
    use super::is_address;

    #[test]
    fn what_cannot_be_an_address_is_none() {
        for address in ["ada@example.com", "ada+desk@example.com", "ada@localhost", "ä@bücher.example"] {
            assert!(is_address(address), "{address}");
        }
        for other in [
            "",
            "ada",
            "@example.com",
            "ada@",
            "ada@.com",
            "a@b@c",
            "Ada <ada@example.com>",
            "a@b.example, c@d.example",
            "a da@example.com",
        ] {
            assert!(!is_address(other), "{other}");
        }
    }
}
