//! How often AWS is asked whether something is finished: soon at first, then less and less.

use std::time::Duration;

const FIRST: Duration = Duration::from_millis(50);
const LONGEST: Duration = Duration::from_secs(5);

/// The pauses between questions.
#[derive(Debug)]
pub struct Patience(Duration);

impl Default for Patience {
    fn default() -> Patience {
        Patience(FIRST)
    }
}

impl Patience {
    /// Waits before the next question.
    pub async fn pause(&mut self) {
        tokio::time::sleep(self.0).await;
        self.0 = (self.0 * 2).min(LONGEST);
    }
}
