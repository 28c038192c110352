//! The project's user pool: that of its identity stack, or the one that is brought along.

use std::collections::BTreeMap;

use super::{PeopleError, Person, PoolRules, TokenLife};
use crate::aws::{CallError, Cloud};
use crate::project::Project;
use crate::stacks::{Deployed, Part};

/// A user pool, and the way to it.
#[derive(Clone)]
pub struct Pool {
    /// The account in the pool's region.
    pub cloud: Cloud,
    /// Its id.
    pub id: String,
    client: Option<String>,
}

impl Pool {
    /// The project's; `cloud` is the account in the project's region.
    ///
    /// # Errors
    ///
    /// When there is none yet, or AWS cannot be asked.
    pub async fn of(project: &Project, cloud: Cloud) -> Result<Pool, PeopleError> {
        let stack = cloud.stack(&Part::Identity.stack_name(project)).await?;
        let stacks: BTreeMap<_, _> = stack.map(|stack| (Part::Identity, stack)).into_iter().collect();
        let deployed = Deployed::new(project.clone(), stacks);
        let id = deployed.user_pool()?.to_owned();
        Ok(Pool { cloud, id, client: deployed.client().ok().map(str::to_owned) })
    }

    /// The names of its groups, sorted.
    ///
    /// # Errors
    ///
    /// When it is gone, or AWS cannot be asked.
    pub async fn groups(&self) -> Result<Vec<String>, PeopleError> {
        let groups = self.cloud.groups(&self.id).await.map_err(|error| self.gone(error))?;
        let mut names: Vec<_> = groups.into_iter().filter_map(|group| group.group_name).collect();
        names.sort();
        Ok(names)
    }

    /// The names of the groups that somebody is in, sorted.
    ///
    /// # Errors
    ///
    /// When AWS cannot be asked.
    pub async fn groups_of(&self, person: &Person) -> Result<Vec<String>, PeopleError> {
        let mut names = self.cloud.groups_of(&self.id, &person.username).await?;
        names.sort();
        Ok(names)
    }

    /// Everybody in it.
    ///
    /// # Errors
    ///
    /// When it is gone, or AWS cannot be asked.
    pub async fn people(&self) -> Result<Vec<Person>, PeopleError> {
        let people = self.cloud.people(&self.id).await.map_err(|error| self.gone(error))?;
        Ok(people.into_iter().map(Person::from).collect())
    }

    /// Whoever Cognito itself knows by this name.
    ///
    /// # Errors
    ///
    /// When the pool is gone, or AWS cannot be asked.
    pub async fn person(&self, name: &str) -> Result<Option<Person>, PeopleError> {
        match self.cloud.person(&self.id, name).await {
            Ok(found) => Ok(found.map(Person::from)),
            // No user name is like that: one with a blank in it.
            Err(error) if error.is("InvalidParameterException") => Ok(None),
            Err(error) => Err(self.gone(error)),
        }
    }

    /// What it asks of its people.
    ///
    /// # Errors
    ///
    /// When it is gone, or AWS cannot be asked.
    pub async fn rules(&self) -> Result<PoolRules, PeopleError> {
        let pool = self.cloud.user_pool(&self.id).await.map_err(|error| self.gone(error))?;
        Ok(PoolRules::of(&pool))
    }

    /// How long a token of the site's app client lives; unknown where it cannot be asked.
    pub async fn token_life(&self) -> TokenLife {
        match &self.client {
            Some(client) => TokenLife::of(self.cloud.app_client(&self.id, client).await.ok().as_ref()),
            None => TokenLife::default(),
        }
    }

    fn gone(&self, error: CallError) -> PeopleError {
        if error.is("ResourceNotFoundException") {
            PeopleError::NoPool { pool: self.id.clone() }
        } else {
            PeopleError::Aws(error)
        }
    }
}
