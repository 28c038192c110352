//! The audit log: written in the same unit of work as what it tells of.

use content::wire::{Activity, Author, EntryId, List, PersonId, Timestamp};

use super::Store;
use super::actor::Actor;
use super::error::Result;
use super::unit::{Arg, Unit, args};

/// What was done.
pub(super) struct Deed<'a> {
    pub(super) action: &'static str,
    pub(super) entry: Option<&'a EntryId>,
    /// What the thing was called then.
    pub(super) subject: &'a str,
    pub(super) detail: &'a str,
}

/// Which of it is asked for; all of it by default.
#[derive(Debug, Default)]
pub struct ActivityOf {
    /// What was done to this entry.
    pub entry: Option<EntryId>,
    /// What was done in this way, such as `entry.publish`.
    pub action: Option<String>,
    /// What this person did.
    pub actor: Option<PersonId>,
}

impl Store {
    /// What was done, newest first, before an id.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn activity(
        &self,
        of: &ActivityOf,
        before: Option<&str>,
        limit: usize,
    ) -> Result<List<Activity>> {
        let mut unit = self.read().await?;
        let mut sql = "SELECT a.id, a.at, a.actor, p.name, a.action, a.entry_id, a.subject, a.detail \
             FROM activity a JOIN people p ON p.id = a.actor WHERE a.id < $1"
            .to_owned();
        let ActivityOf { entry, action, actor } = of;
        // Beyond every id.
        let mut values: Vec<Arg> =
            args![before.unwrap_or("~"), i64::try_from(limit + 1).unwrap_or(i64::MAX)].into();
        let conditions = [
            (" AND a.entry_id = $", entry.as_ref().map(Arg::from)),
            (" AND a.action = $", action.as_ref().map(Arg::from)),
            (" AND a.actor = $", actor.as_ref().map(Arg::from)),
        ];
        for (condition, value) in conditions {
            if let Some(value) = value {
                values.push(value);
                sql.push_str(condition);
                sql.push_str(&values.len().to_string());
            }
        }
        sql.push_str(" ORDER BY a.id DESC LIMIT $2");
        let mut items = Vec::new();
        for row in unit.all(&sql, values).await? {
            items.push(Activity {
                id: row.text(0)?,
                at: Timestamp(row.text(1)?),
                actor: Author { id: PersonId(row.text(2)?), name: row.text(3)? },
                action: row.text(4)?,
                entry: row.maybe_text(5)?.map(EntryId),
                subject: row.text(6)?,
                detail: row.text(7)?,
            });
        }
        let more = items.len() > limit;
        items.truncate(limit);
        let next = items.last().filter(|_| more).map(|last| last.id.clone());
        Ok(List { items, next, total: None })
    }

    pub(super) async fn log(&self, unit: &mut Unit, by: &Actor, deed: Deed<'_>) -> Result<()> {
        let sql = "INSERT INTO activity (id, at, actor, action, entry_id, subject, detail) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let values =
            args![self.new_id(), &self.now(), &by.id, deed.action, deed.entry, deed.subject, deed.detail];
        unit.run_later(sql, values).await?;
        Ok(())
    }
}
