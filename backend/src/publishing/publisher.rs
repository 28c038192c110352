//! The publisher: takes queued releases to the site, a batch at a time, and follows them until they are live.
//!
//! Nothing is kept between two calls but in the store and the bucket, and every step may be repeated. So it does not
//! matter who calls, how often, or when a process is killed: whoever comes next goes on where it was left.

use std::collections::BTreeSet;
use std::sync::Arc;

use content::wire::{Problem, ProblemType, ReleaseId, Timestamp};
use time::{Duration, OffsetDateTime};
use tokio::sync::{Mutex, Notify};

use super::bucket::{Bucket, BucketError};
use super::catalogue::{Batch, Catalogue, CatalogueError};
use super::place::Placing;
use super::render::RenderError;
use super::view::AudienceOf;
use crate::ambient::{Ambient, timestamp};
use crate::records::{Records, RecordsError};
use crate::theme::Theme;

/// How long a lease is held without being taken again. Whatever one step does has to end within it.
pub(super) const LEASE: Duration = Duration::seconds(30);
/// Releases that are placed together.
const MOST_RELEASES: u32 = 200;
/// How long trouble that may pass is waited out.
const PATIENCE: Duration = Duration::minutes(10);

/// Takes releases to the site.
pub struct Publisher {
    pub(super) catalogue: Arc<dyn Catalogue>,
    pub(super) bucket: Arc<dyn Bucket>,
    pub(super) records: Arc<dyn Records>,
    pub(super) theme: Arc<Theme>,
    pub(super) audience: AudienceOf,
    pub(super) origin: Option<String>,
    pub(super) ambient: Ambient,
    /// Two calls in one process take turns, so that the second one places what the first one came too early for.
    turn: Mutex<()>,
    pub(super) woken: Notify,
}

/// What is left to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outlook {
    /// Nothing.
    Idle,
    /// Announcements are awaited, or another process is at work.
    Awaiting,
}

/// What a publisher works with.
pub struct PublisherParts {
    /// The store.
    pub catalogue: Arc<dyn Catalogue>,
    /// The site's bucket.
    pub bucket: Arc<dyn Bucket>,
    /// What functions record.
    pub records: Arc<dyn Records>,
    /// The theme.
    pub theme: Arc<Theme>,
    /// Who may read a path.
    pub audience: AudienceOf,
    /// Scheme and host of the site.
    pub origin: Option<String>,
    /// Time and randomness.
    pub ambient: Ambient,
}

/// Why publishing does not go on at this time. Nothing is lost; the next call goes on.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PublishError {
    /// The store does not answer.
    #[error("publishing waits for the database: {0}")]
    Catalogue(#[from] CatalogueError),
    /// The bucket does not do what it shall.
    #[error("publishing waits for the bucket: {0}")]
    Bucket(BucketError),
    /// The records do not answer.
    #[error("publishing waits for the records: {0}")]
    Records(#[from] RecordsError),
    /// Somebody else holds the lease since it expired here.
    #[error("publishing was taken over")]
    TakenOver,
}

/// What stops a batch.
#[derive(Debug)]
pub(super) enum Stop {
    /// It goes on with the next call.
    Passing(PublishError),
    /// These releases fail; all of the batch where none is named.
    Failed(String, Vec<ReleaseId>),
}

impl Publisher {
    /// A publisher of these parts.
    #[must_use]
    pub fn new(parts: PublisherParts) -> Publisher {
        let PublisherParts { catalogue, bucket, records, theme, audience, origin, ambient } = parts;
        Publisher {
            catalogue,
            bucket,
            records,
            theme,
            audience,
            origin,
            ambient,
            turn: Mutex::new(()),
            woken: Notify::new(),
        }
    }

    /// Does as much as can be done now: what is announced becomes live, what is queued is placed.
    ///
    /// # Errors
    /// When something does not answer. The next call goes on.
    pub async fn advance(&self) -> Result<Outlook, PublishError> {
        let awaited = self.follow().await?;
        let _turn = self.turn.lock().await;
        if self.catalogue.waiting().await? == 0 {
            return Ok(if awaited { Outlook::Awaiting } else { Outlook::Idle });
        }
        let lease = Lease { publisher: self, owner: self.ambient.id().to_string() };
        if lease.take().await? {
            let placed = self.place_all(&lease).await;
            let returned = self.catalogue.return_lease(&lease.owner).await;
            placed?;
            returned?;
        }
        Ok(Outlook::Awaiting)
    }

    async fn place_all(&self, lease: &Lease<'_>) -> Result<(), PublishError> {
        loop {
            lease.keep().await?;
            let new = self.ambient.id().to_string();
            let batch = self.catalogue.take_batch(&new, MOST_RELEASES, &self.ambient.timestamp()).await?;
            let Some(batch) = batch else { return Ok(()) };
            match Placing::new(self, &batch, lease).run().await {
                Ok(()) => {}
                Err(Stop::Failed(why, releases)) => self.fail(&batch, &why, releases).await?,
                Err(Stop::Passing(error)) if self.is_overdue(&batch.id) => {
                    self.fail(&batch, &error.to_string(), Vec::new()).await?;
                }
                Err(Stop::Passing(error)) => return Err(error),
            }
        }
    }

    async fn fail(&self, batch: &Batch, why: &str, releases: Vec<ReleaseId>) -> Result<(), PublishError> {
        tracing::warn!(batch = batch.id, why, "releases have failed");
        let all: BTreeSet<ReleaseId> = batch.releases.iter().map(|release| release.id.clone()).collect();
        let named: Vec<ReleaseId> = releases.into_iter().filter(|id| all.contains(id)).collect();
        let releases = if named.is_empty() { all.into_iter().collect() } else { named };
        let problem = failure(why);
        self.catalogue.failed(&releases, &problem, &self.ambient.timestamp()).await?;
        Ok(())
    }

    /// Whether a batch has been tried for longer than trouble usually lasts: its id says when it began.
    pub(super) fn is_overdue(&self, batch: &str) -> bool {
        let began = uuid::Uuid::parse_str(batch).ok().and_then(|id| id.get_timestamp());
        let began = began.and_then(|began| {
            let (seconds, _) = began.to_unix();
            OffsetDateTime::from_unix_timestamp(i64::try_from(seconds).ok()?).ok()
        });
        began.is_some_and(|began| self.ambient.now() - began > PATIENCE)
    }
}

/// The right to place, for a while.
pub(super) struct Lease<'a> {
    publisher: &'a Publisher,
    owner: String,
}

impl Lease<'_> {
    async fn take(&self) -> Result<bool, PublishError> {
        let now = self.publisher.ambient.now();
        let (now, until): (Timestamp, Timestamp) = (timestamp(now), timestamp(now + LEASE));
        Ok(self.publisher.catalogue.take_lease(&self.owner, &now, &until).await?)
    }

    /// Holds it for its whole length again.
    pub(super) async fn keep(&self) -> Result<(), PublishError> {
        if self.take().await? { Ok(()) } else { Err(PublishError::TakenOver) }
    }
}

/// The problem of a release that will not go on by itself.
pub(super) fn failure(why: &str) -> Problem {
    Problem {
        kind: ProblemType::Unavailable,
        title: "The publication did not reach the site".to_owned(),
        status: 503,
        detail: Some(format!("{why}; the old page stays until it is tried again")),
        errors: Vec::new(),
        current: None,
        items: Vec::new(),
    }
}

impl From<RenderError> for Stop {
    fn from(error: RenderError) -> Stop {
        match error {
            RenderError::Catalogue(error) => Stop::Passing(error.into()),
            theme @ RenderError::Theme { .. } => Stop::Failed(theme.to_string(), Vec::new()),
        }
    }
}

impl From<CatalogueError> for Stop {
    fn from(error: CatalogueError) -> Stop {
        Stop::Passing(error.into())
    }
}

impl From<PublishError> for Stop {
    fn from(error: PublishError) -> Stop {
        Stop::Passing(error)
    }
}

impl From<BucketError> for Stop {
    fn from(error: BucketError) -> Stop {
        match error {
            BucketError::Passing(_) => Stop::Passing(PublishError::Bucket(error)),
            BucketError::Lasting(why) => Stop::Failed(why, Vec::new()),
        }
    }
}
