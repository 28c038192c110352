//! What the API writes to stdout and stderr: the last lines for whoever looks into it, all of them for the log.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::{
    io::{AsyncBufReadExt, AsyncRead, BufReader},
    process::Child,
};

/// How many lines are kept.
const KEPT: usize = 2_000;
/// How many are told with an error.
const TOLD: usize = 20;

/// The lines. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Output(Arc<Mutex<VecDeque<String>>>);

impl Output {
    /// The lines that are kept, oldest first.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        self.lock().iter().cloned().collect()
    }

    pub(super) fn last_lines(&self) -> String {
        let lines = self.lock();
        let skipped = lines.len().saturating_sub(TOLD);
        lines.iter().skip(skipped).map(String::as_str).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn take_from(&self, child: &mut Child) {
        if let Some(pipe) = child.stdout.take() {
            tokio::spawn(self.clone().read(pipe));
        }
        if let Some(pipe) = child.stderr.take() {
            tokio::spawn(self.clone().read(pipe));
        }
    }

    async fn read(self, pipe: impl AsyncRead + Unpin) {
        let mut pipe = BufReader::new(pipe);
        let mut line = Vec::new();
        while let Ok(1..) = pipe.read_until(b'\n', &mut line).await {
            let text = String::from_utf8_lossy(line.trim_ascii_end()).into_owned();
            // Every request is a metric: too much to read along.
            if text.contains("\"_aws\"") {
                tracing::debug!("backend: {text}");
            } else {
                tracing::info!("backend: {text}");
            }
            let mut lines = self.lock();
            if lines.len() == KEPT {
                lines.pop_front();
            }
            lines.push_back(text);
            drop(lines);
            line.clear();
        }
    }

    fn lock(&self) -> MutexGuard<'_, VecDeque<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
