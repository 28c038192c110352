//! What an open entry does by itself: it keeps and saves what is typed, and takes note of who signs in, of the network and
//! of what was planned for it.

use std::time::Duration;

use crate::ui::prelude::*;

use super::{Sheet, timing::For};
use crate::{
    client,
    model::{SaveEvent, Saving},
};

/// After this pause in typing what was typed is saved; somebody who never pauses has it saved now and then.
const AUTOSAVE: [Duration; 2] = [Duration::from_secs(1), Duration::from_secs(20)];
/// After this pause it is kept in this browser.
const BACKUP: [Duration; 2] = [Duration::from_millis(300), Duration::from_secs(2)];
/// A save that nobody answered is tried again after so long.
const AGAIN: Duration = Duration::from_secs(5);
/// So long after its time a plan is asked about, in milliseconds.
const DUE: i64 = 1_000;
/// No timer waits longer.
const AN_HOUR: i64 = 3_600_000;

impl Sheet {
    /// Saves what is typed when typing pauses.
    pub(super) fn autosave_soon(self) {
        let [pause, latest] = AUTOSAVE;
        self.in_a_pause(For::Autosave, pause, latest, move || {
            if self.saving.with_untracked(Saving::takes_autosave) {
                self.happen(SaveEvent::Wanted);
            }
        });
    }

    /// Watches what is typed, who signs in, whether there is a network, and what is due.
    pub(super) fn keep_going(self) {
        watch(
            move || self.draft.track(),
            move |()| {
                if untrack(|| self.is_dirty()) && self.writable.get_untracked() {
                    let [pause, latest] = BACKUP;
                    self.in_a_pause(For::Backup, pause, latest, move || self.keep());
                    self.autosave_soon();
                }
            },
        );
        watch(
            move || self.desk.visit.returned.get(),
            move |_| {
                let standing = self.desk.visit.standing;
                let name =
                    standing.with_untracked(|now| now.session().map(|session| session.username.clone()));
                let other = name.filter(|name| *name != self.writer.get_value());
                self.happen(SaveEvent::SignedIn(other));
            },
        );
        effect(move || {
            let online = self.desk.visit.online.get();
            let waits = self.saving.with(|saving| matches!(saving, Saving::Waiting(_)));
            if waits {
                let pause = if online { AGAIN } else { Duration::from_secs(60) };
                self.later(For::Again, pause, move || {
                    if self.saving.with_untracked(|saving| matches!(saving, Saving::Waiting(_))) {
                        self.happen(SaveEvent::Resolved);
                    }
                });
            }
        });
        watch(
            move || self.desk.visit.online.get(),
            move |online| {
                let waits = self.saving.with_untracked(|saving| matches!(saving, Saving::Waiting(_)));
                if online && waits {
                    self.happen(SaveEvent::Resolved);
                }
            },
        );
        // What was planned happens without anybody's doing, a minute later at most.
        effect(move || {
            let due = self.entry.with(|entry| {
                let planned = [&entry.summary.publish_at, &entry.summary.unpublish_at];
                let planned = planned.into_iter().flatten();
                planned.filter_map(|at| client::read_time(at.as_str())).min()
            });
            if let Some(due) = due {
                // The longer it is overdue, the less often it is asked about.
                let left = due - client::now();
                let wait = left.max(-left / 2).saturating_add(DUE).min(AN_HOUR);
                let wait = Duration::from_millis(u64::try_from(wait).unwrap_or_default());
                self.later(For::Plan, wait, move || self.refresh());
            }
        });
        on_cleanup(move || self.stop_timers());
    }
}
