//! People: who acts becomes known by their user name, until they say what they are called.

use content::wire::PersonId;

use super::Store;
use super::actor::Actor;
use super::error::Result;
use super::unit::{Unit, args};

/// People whose user names are remembered; beyond that all are asked again.
const MOST_KNOWN: usize = 10_000;

impl Store {
    /// What a person has said that they are called.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn name_of(&self, person: &PersonId) -> Result<Option<String>> {
        let mut unit = self.read().await?;
        let row = unit.one("SELECT name FROM people WHERE id = $1 AND chosen = 1", args![person]).await?;
        row.map(|row| row.text(0)).transpose()
    }

    /// Says what a person is called.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rename(&self, person: &PersonId, name: &str) -> Result<()> {
        let mut unit = self.write().await?;
        let sql = "INSERT INTO people (id, username, name, chosen) VALUES ($1, '', $2, 1) \
             ON CONFLICT (id) DO UPDATE SET name = excluded.name, chosen = 1";
        unit.run(sql, args![person, name]).await?;
        unit.commit().await
    }

    /// Begins a unit of work of somebody's.
    pub(super) async fn write_as(&self, by: &Actor) -> Result<Unit> {
        let is_known = |known: &std::collections::HashMap<String, String>| {
            known.get(by.id.as_str()) == Some(&by.username)
        };
        if !self.0.known.lock().is_ok_and(|known| is_known(&known)) {
            let mut unit = self.write().await?;
            let sql = "INSERT INTO people (id, username, name, chosen) VALUES ($1, $2, $2, 0) \
                 ON CONFLICT (id) DO UPDATE SET username = excluded.username, \
                 name = CASE WHEN people.chosen = 1 THEN people.name ELSE excluded.name END";
            unit.run(sql, args![&by.id, &by.username]).await?;
            unit.commit().await?;
            if let Ok(mut known) = self.0.known.lock() {
                if known.len() >= MOST_KNOWN {
                    known.clear();
                }
                known.insert(by.id.0.clone(), by.username.clone());
            }
        }
        self.write().await
    }
}
