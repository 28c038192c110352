//! Idempotency keys: what a request was answered, for whoever asks it again.

use content::wire::PersonId;
use serde::{Deserialize, Serialize};
use time::Duration;

use super::Store;
use super::error::Result;
use super::unit::{args, json};
use crate::ambient::timestamp;

/// How long an answer is kept.
const KEPT: Duration = Duration::days(1);
/// How long a request may take.
const RUNNING: Duration = Duration::minutes(1);

/// An answer as it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The HTTP status.
    pub status: u16,
    /// The header fields that are not told by the body, such as `location`.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

/// What is known of an idempotency key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyUse {
    /// It is new, and claimed now for the one who asks; [`Store::keep_answer`](super::Store::keep_answer) or
    /// [`Store::release_key`](super::Store::release_key) has to follow.
    Claimed,
    /// It was used with the same request, which was answered so.
    Answered(Kept),
    /// It was used with another request.
    OtherRequest,
    /// The same request is worked on at this time.
    Running,
}

impl Store {
    /// Claims a person's idempotency key for a request with this digest.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn claim_key(&self, person: &PersonId, key: &str, request: &str) -> Result<KeyUse> {
        let ambient = &self.0.ambient;
        let now = ambient.now();
        let mut unit = self.write().await?;
        let sql = "DELETE FROM idempotency WHERE at < $1";
        unit.run(sql, args![&timestamp(now - KEPT)]).await?;
        // Whoever claimed the key and never answered was killed: nothing was done, or what was done is seen as such.
        let sql = "DELETE FROM idempotency WHERE person = $1 AND key = $2 AND answer IS NULL AND at < $3";
        unit.run(sql, args![person, key, &timestamp(now - RUNNING)]).await?;
        let sql = "INSERT INTO idempotency (person, key, request, answer, at) VALUES ($1, $2, $3, NULL, $4) \
             ON CONFLICT (person, key) DO NOTHING";
        if unit.run(sql, args![person, key, request, &timestamp(now)]).await? == 1 {
            unit.commit().await?;
            return Ok(KeyUse::Claimed);
        }
        let sql = "SELECT request, answer FROM idempotency WHERE person = $1 AND key = $2";
        let row = unit.one(sql, args![person, key]).await?;
        unit.commit().await?;
        let Some(row) = row else { return Ok(KeyUse::Running) };
        if row.text(0)? != request {
            return Ok(KeyUse::OtherRequest);
        }
        Ok(row.maybe_json(1)?.map_or(KeyUse::Running, KeyUse::Answered))
    }

    /// Keeps what a request with a claimed key was answered, for a day.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn keep_answer(&self, person: &PersonId, key: &str, kept: &Kept) -> Result<()> {
        let mut unit = self.write().await?;
        let sql = "UPDATE idempotency SET answer = $3 WHERE person = $1 AND key = $2";
        unit.run(sql, args![person, key, json(kept)?]).await?;
        unit.commit().await
    }

    /// Gives a claimed key back, when its request came to nothing.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn release_key(&self, person: &PersonId, key: &str) -> Result<()> {
        let mut unit = self.write().await?;
        let sql = "DELETE FROM idempotency WHERE person = $1 AND key = $2 AND answer IS NULL";
        unit.run(sql, args![person, key]).await?;
        unit.commit().await
    }
}
