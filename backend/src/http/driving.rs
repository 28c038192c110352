//! Who drives publishing: the server's background tasks, or, where nothing runs after an answer, the request itself.

use std::pin::Pin;
use std::time::Duration;

use content::wire::{Release, ReleaseState};

use super::Api;
use super::failure::Answer;

/// How often times and uploads are looked at.
const TICK: Duration = Duration::from_secs(1);

/// Who drives publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Driver {
    /// The request that asks for it, before it is answered.
    Request,
    /// Tasks of the process: [`Publisher::run`](crate::publishing::Publisher::run) and [`Api::look_after`].
    Background,
}

impl Api {
    /// Has publishing go on: now, or by the task that is woken. What does not answer now is asked again by the next.
    pub(super) async fn drive(&self) {
        match self.driver {
            Driver::Background => self.publisher.wake(),
            Driver::Request => self.advance().await,
        }
    }

    /// A release after it was driven as far as it goes now.
    pub(super) async fn driven(&self, release: Release) -> Answer<Release> {
        if matches!(release.state, ReleaseState::Live | ReleaseState::Failed) {
            return Ok(release);
        }
        self.drive().await;
        match self.driver {
            Driver::Background => Ok(release),
            Driver::Request => self.release(&release.id).await,
        }
    }

    /// Does everything that is due now: schedules, what became of uploads, publishing. Nothing that fails stops the rest.
    pub fn advance(&self) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        Box::pin(async move {
            self.look_at_schedules_and_uploads().await;
            if let Err(error) = self.publisher.advance().await {
                tracing::warn!(%error, "publishing goes on later");
            }
        })
    }

    /// Looks after schedules and uploads until it is dropped.
    pub async fn look_after(&self) {
        loop {
            if self.look_at_schedules_and_uploads().await {
                self.publisher.wake();
            }
            tokio::time::sleep(TICK).await;
        }
    }

    /// Answers whether anything came of it.
    fn look_at_schedules_and_uploads(&self) -> Pin<Box<dyn Future<Output = bool> + Send + '_>> {
        Box::pin(async move {
            let desk = self.desk();
            let mut done = 0;
            for looked_at in [desk.do_what_is_due().await, desk.follow_media().await] {
                match looked_at {
                    Ok(count) => done += count,
                    Err(failure) => {
                        let problem = failure.into_problem().detail;
                        tracing::warn!(?problem, "schedules and uploads are looked at again later");
                    }
                }
            }
            done > 0
        })
    }
}
