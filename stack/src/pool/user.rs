//! The people of the pool.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::password::PasswordHash;
use super::random;
use super::second_factor::SecondFactor;
use super::settings::SeedUser;

/// One person.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct User {
    pub(crate) sub: String,
    pub(crate) username: String,
    pub(crate) email: String,
    pub(crate) name: Option<String>,
    pub(crate) groups: Vec<String>,
    pub(crate) password: PasswordHash,
    /// False until the one-time code proves the address.
    pub(crate) confirmed: bool,
    pub(crate) second_factor: Option<SecondFactor>,
}

impl User {
    /// Someone who signed up: as in pools that sign in by e-mail, the user name is the subject.
    pub(crate) fn signed_up(email: &str, name: Option<String>, password: PasswordHash) -> Self {
        let sub = random::uuid();
        let email = email.to_lowercase();
        Self {
            username: sub.clone(),
            sub,
            email,
            name,
            groups: Vec::new(),
            password,
            confirmed: false,
            second_factor: None,
        }
    }

    pub(crate) fn seeded(seed: &SeedUser, password: PasswordHash) -> Self {
        Self {
            sub: random::uuid(),
            username: seed.username.clone(),
            email: seed.email.to_lowercase(),
            name: seed.name.clone(),
            groups: seed.groups.clone(),
            password,
            confirmed: true,
            second_factor: seed.totp_secret.as_deref().and_then(SecondFactor::from_base32),
        }
    }
}

/// Everyone, by user name.
#[derive(Default, Serialize, Deserialize)]
#[serde(transparent)]
pub(crate) struct Users(BTreeMap<String, User>);

impl Users {
    pub(crate) fn named(&self, username: &str) -> Option<&User> {
        self.0.get(username)
    }

    pub(crate) fn named_mut(&mut self, username: &str) -> Option<&mut User> {
        self.0.get_mut(username)
    }

    /// By user name, or by address in any case.
    pub(crate) fn known_as(&self, login: &str) -> Option<&User> {
        let login = login.trim();
        self.0.get(login).or_else(|| {
            let email = login.to_lowercase();
            self.0.values().find(|user| user.email == email)
        })
    }

    pub(crate) fn add(&mut self, user: User) {
        self.0.insert(user.username.clone(), user);
    }
}
