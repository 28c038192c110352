//! What the instances wrote to stdout and stderr: CloudWatch Logs for tests and for people.
//!
//! Lines are kept, so that a reader made after an event still finds what the event left.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

/// How many lines are kept.
const KEPT: usize = 10_000;

/// Where a line was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogStream {
    /// Standard output.
    Stdout,
    /// Standard error.
    Stderr,
}

/// One line of an instance's output, without its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    /// The instance's number: 1 is the first cold start.
    pub instance: u64,
    /// Where it was written.
    pub stream: LogStream,
    /// The text; bytes that are not UTF-8 are replaced.
    pub text: Arc<str>,
}

/// Reads the log from the oldest line kept and waits for new ones.
#[derive(Debug)]
pub struct LogReader {
    log: Arc<Log>,
    position: u64,
    written: watch::Receiver<u64>,
}

impl LogReader {
    pub(super) fn new(log: Arc<Log>) -> Self {
        let written = log.written.subscribe();
        Self { log, position: 0, written }
    }

    /// The next line; waits until there is one. Lines that are no longer kept are skipped. Cancel safe.
    pub async fn next_line(&mut self) -> LogLine {
        loop {
            self.written.borrow_and_update();
            if let Some((position, line)) = self.log.at_or_after(self.position) {
                self.position = position + 1;
                return line;
            }
            // The reader itself keeps the log, and so the sender, alive.
            if self.written.changed().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }

    /// The next line for which `wanted` holds; waits until there is one.
    pub async fn find(&mut self, wanted: impl Fn(&LogLine) -> bool) -> LogLine {
        loop {
            let line = self.next_line().await;
            if wanted(&line) {
                return line;
            }
        }
    }
}

#[derive(Debug, Default)]
pub(super) struct Log {
    lines: Mutex<Lines>,
    written: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Lines {
    dropped: u64,
    kept: VecDeque<LogLine>,
}

impl Log {
    pub(super) fn write(&self, line: LogLine) {
        tracing::debug!(target: "function", instance = line.instance, "{}", line.text);
        let mut lines = self.lines();
        if lines.kept.len() == KEPT {
            lines.kept.pop_front();
            lines.dropped += 1;
        }
        lines.kept.push_back(line);
        drop(lines);
        self.written.send_modify(|written| *written += 1);
    }

    pub(super) fn tail(&self) -> Vec<LogLine> {
        self.lines().kept.iter().cloned().collect()
    }

    fn at_or_after(&self, position: u64) -> Option<(u64, LogLine)> {
        let lines = self.lines();
        let position = position.max(lines.dropped);
        let index = usize::try_from(position - lines.dropped).ok()?;
        lines.kept.get(index).map(|line| (position, line.clone()))
    }

    fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(n: usize) -> LogLine {
        LogLine { instance: 1, stream: LogStream::Stdout, text: n.to_string().into() }
    }

    #[tokio::test]
    async fn a_reader_sees_what_was_written_before_it_and_after() {
        let log = Arc::new(Log::default());
        log.write(line(1));
        let mut reader = LogReader::new(Arc::clone(&log));
        assert_eq!(&*reader.next_line().await.text, "1");
        let (found, ()) = tokio::join!(reader.find(|line| &*line.text == "3"), async {
            log.write(line(2));
            log.write(line(3));
        });
        assert_eq!(&*found.text, "3");
    }

    #[tokio::test]
    async fn the_oldest_lines_go_first_and_a_late_reader_skips_them() {
        let log = Arc::new(Log::default());
        for n in 0..=KEPT {
            log.write(line(n));
        }
        assert_eq!(log.tail().len(), KEPT);
        let mut reader = LogReader::new(log);
        assert_eq!(&*reader.next_line().await.text, "1");
        assert_eq!(&*reader.next_line().await.text, "2");
    }
}
