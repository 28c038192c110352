//! Publishing in the background of a server, where nobody has to ask for it.

use std::convert::Infallible;
use std::time::Duration;

use super::publisher::{Outlook, Publisher};

/// How long it is at most until something is looked for again: another process may have queued it.
const LONGEST: Duration = Duration::from_secs(1);
/// How long it is at first while an announcement is awaited, which takes a few milliseconds to minutes.
const FIRST: Duration = Duration::from_millis(25);

impl Publisher {
    /// Publishes whatever is queued, for ever.
    pub async fn run(&self) -> Infallible {
        let mut awaiting = FIRST;
        if let Err(error) = self.renew().await {
            tracing::warn!(%error, "the theme is not looked at");
        }
        loop {
            let pause = match self.advance().await {
                Ok(Outlook::Awaiting) => {
                    awaiting = (awaiting * 5 / 4).min(LONGEST);
                    awaiting
                }
                Ok(Outlook::Idle) => {
                    awaiting = FIRST;
                    LONGEST
                }
                Err(error) => {
                    tracing::warn!(%error, "publishing is tried again");
                    LONGEST
                }
            };
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                () = self.woken.notified() => awaiting = FIRST,
            }
        }
    }

    /// Says that something is queued.
    pub fn wake(&self) {
        self.woken.notify_one();
    }
}
