//! Timers of an open entry: each does one thing, after a pause.

use std::time::Duration;

use crate::ui::prelude::*;

use super::Sheet;
use crate::client;

/// Which thing it is.
#[derive(Clone, Copy)]
pub(super) enum For {
    Autosave,
    Backup,
    Again,
    Plan,
}

/// A timer that waits.
#[derive(Clone, Copy, Default)]
pub(super) struct Timer {
    handle: Option<TimeoutHandle>,
    /// Since when the thing waits to be done.
    since: Option<i64>,
}

impl Sheet {
    /// Does something after a pause, unless the same is put off again before.
    pub(super) fn later(self, what: For, pause: Duration, act: impl FnOnce() + 'static) {
        self.wait(what, pause, None, act);
    }

    /// Does something when typing pauses; where it does not pause, it is done all the same, not later than `latest` after
    /// it was first wanted.
    pub(super) fn in_a_pause(
        self,
        what: For,
        pause: Duration,
        latest: Duration,
        act: impl FnOnce() + 'static,
    ) {
        self.wait(what, pause, Some(latest), act);
    }

    fn wait(self, what: For, pause: Duration, latest: Option<Duration>, act: impl FnOnce() + 'static) {
        let now = client::now();
        let since = self.timers.with_value(|timers| timers.get(what as usize)?.since).unwrap_or(now);
        let waited = Duration::from_millis(u64::try_from(now - since).unwrap_or_default());
        let pause = latest.map_or(pause, |latest| pause.min(latest.saturating_sub(waited)));
        let done = move || {
            self.timers.try_update_value(|timers| {
                if let Some(timer) = timers.get_mut(what as usize) {
                    *timer = Timer::default();
                }
            });
            act();
        };
        let timer = Timer { handle: set_timeout_with_handle(done, pause).ok(), since: Some(since) };
        self.timers.update_value(|timers| {
            if let Some(slot) = timers.get_mut(what as usize)
                && let Some(before) = std::mem::replace(slot, timer).handle
            {
                before.clear();
            }
        });
    }

    /// Stops them all.
    pub(super) fn stop_timers(self) {
        for timer in self.timers.get_value() {
            if let Some(handle) = timer.handle {
                handle.clear();
            }
        }
    }
}
