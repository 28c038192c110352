//! One event on its way to the runtime, with the headers that go with it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;

use crate::function_host::launch::Launch;

/// An event and what the runtime is told about it.
#[derive(Debug)]
pub(in crate::function_host) struct Invocation {
    id: String,
    trace_id: String,
    deadline_ms: u64,
    event: Bytes,
}

impl Invocation {
    /// `number` tells events of one host apart; the process and the time tell hosts apart.
    pub(in crate::function_host) fn new(event: Bytes, launch: &Launch, number: u64) -> Self {
        let now = since_epoch();
        let (seconds, process) = (now.as_secs() & 0xffff_ffff, std::process::id());
        let deadline = now + launch.timeout;
        Self {
            id: format!("{seconds:08x}-{:04x}-4000-8000-{number:012x}", process & 0xffff),
            trace_id: format!(
                "Root=1-{seconds:08x}-{process:08x}{number:016x};Parent={number:016x};Sampled=0"
            ),
            deadline_ms: u64::try_from(deadline.as_millis()).unwrap_or(u64::MAX),
            event,
        }
    }

    pub(in crate::function_host) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn trace_id(&self) -> &str {
        &self.trace_id
    }

    pub(super) fn deadline_ms(&self) -> u64 {
        self.deadline_ms
    }

    pub(super) fn into_event(self) -> Bytes {
        self.event
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "the host stands for Lambda, which tells the function the real time"
)]
fn since_epoch() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
