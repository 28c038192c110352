//! An entry on the desk: what the API has, what was typed, and how the one gets to the other.

use std::time::Duration;

use crate::ui::prelude::*;
use content::wire::{Entry, EntryState};

use crate::{
    client::{self, Request},
    model::{Backup, Draft, Failure, Hold, SaveEvent, Saving},
    page::{
        api::{API, call, sending},
        desk::Desk,
    },
};

/// After this pause in typing what was typed is saved.
const AUTOSAVE: Duration = Duration::from_millis(1_000);
/// After this pause it is kept in this browser.
const BACKUP: Duration = Duration::from_millis(300);
/// A save that nobody answered is tried again after so long.
const AGAIN: Duration = Duration::from_secs(5);

/// An entry on the desk.
#[derive(Clone, Copy)]
pub(in crate::page) struct Sheet {
    pub(super) desk: Desk,
    /// As the API has it.
    pub(super) entry: RwSignal<Entry>,
    /// What of it can be changed, as the API has it.
    pub(super) base: RwSignal<Draft>,
    /// As it was typed.
    pub(super) draft: RwSignal<Draft>,
    /// Where its saving stands.
    pub(super) saving: RwSignal<Saving>,
    /// When it was last saved.
    pub(super) saved_at: RwSignal<Option<i64>>,
    /// How often the text was replaced by something else than typing.
    pub(super) replaced: RwSignal<u32>,
    /// What somebody else saved meanwhile.
    pub(super) theirs: RwSignal<Option<Entry>>,
    /// Whether it can be changed here.
    pub(super) writable: Memo<bool>,
    /// Whether the save that is on its way, or the next one, begins without being asked for.
    pub(super) by_itself: StoredValue<bool>,
    writer: StoredValue<String>,
    afterwards: StoredValue<Option<Callback<bool>>>,
    timers: StoredValue<[Option<TimeoutHandle>; 3]>,
}

impl Sheet {
    pub(super) fn of(desk: Desk, entry: Entry) -> Self {
        let draft = Draft::of(&entry);
        let entry = RwSignal::new(entry);
        let writable = memo(move || {
            entry.with(|entry| {
                let told = &entry.summary;
                let own = desk.me.with(|me| me.id == told.author.id);
                let out = told.published_revision.is_some() && told.state != EntryState::Archived;
                told.state != EntryState::Trashed && desk.role().may_edit(own, out)
            })
        });
        let sheet = Self {
            desk,
            entry,
            base: RwSignal::new(draft.clone()),
            draft: RwSignal::new(draft),
            saving: RwSignal::new(Saving::Idle),
            saved_at: RwSignal::new(None),
            replaced: RwSignal::new(0),
            theirs: RwSignal::new(None),
            writable,
            by_itself: StoredValue::new(true),
            writer: StoredValue::new(desk.me.with_untracked(|me| me.username.clone())),
            afterwards: StoredValue::new(None),
            timers: StoredValue::new([None; 3]),
        };
        sheet.keep_going();
        sheet
    }

    /// The address of the entry in the API.
    pub(super) fn path(self, rest: &str) -> String {
        self.entry.with_untracked(|entry| format!("{API}/entries/{}{rest}", entry.summary.id))
    }

    /// True while something was typed that the API does not have.
    pub(super) fn is_dirty(self) -> bool {
        self.draft.with(|draft| self.base.with(|base| draft != base))
    }

    /// Saves, because the person said so.
    pub(super) fn save(self) {
        self.by_itself.set_value(false);
        self.happen(SaveEvent::Wanted);
    }

    /// Saves what is not saved yet, and calls back with whether everything is; right away if it is already.
    pub(super) fn save_then(self, afterwards: Callback<bool>) {
        if untrack(|| self.is_dirty()) || self.saving.with_untracked(Saving::is_in_flight) {
            self.afterwards.set_value(Some(afterwards));
            self.happen(SaveEvent::Wanted);
        } else {
            afterwards.run(true);
        }
    }

    /// Takes another text for what was typed, such as a merge or a backup.
    pub(super) fn replace(self, draft: Draft) {
        self.draft.set(draft);
        self.replaced.update(|count| *count += 1);
    }

    /// Takes note of what the API has now; what was typed stays.
    pub(super) fn rebase(self, entry: Entry) {
        self.base.set(Draft::of(&entry));
        self.entry.set(entry);
    }

    /// Takes the API's state for everything, as after a restore.
    pub(super) fn start_over(self, entry: Entry) {
        let draft = Draft::of(&entry);
        self.rebase(entry);
        self.replace(draft);
    }

    /// Asks the API for the entry's state, without touching what was typed.
    pub(super) fn refresh(self) {
        spawn_local(async move {
            let path = self.path("");
            if let Ok(now) = call::<Entry>(self.desk.visit, Request::get(&path)).await {
                let mut known = self.entry.get_untracked();
                // Another version is told by the next save, with a merge.
                if known.summary.version == now.summary.version || !untrack(|| self.is_dirty()) {
                    if Draft::of(&now) == self.base.get_untracked() {
                        self.entry.set(now);
                    } else {
                        self.start_over(now);
                    }
                } else {
                    known.summary.state = now.summary.state;
                    known.summary.release = now.summary.release;
                    self.entry.set(known);
                }
            }
        });
    }

    /// Something happened to the save.
    pub(super) fn happen(self, event: SaveEvent) {
        let goes_on = event == SaveEvent::Taken;
        let before = self.saving.with_untracked(Saving::is_in_flight);
        self.saving.update(|saving| *saving = std::mem::take(saving).after(event));
        match self.saving.get_untracked() {
            Saving::InFlight { .. } if !before || goes_on => self.send(),
            Saving::InFlight { .. } | Saving::Held(..) => {}
            Saving::Idle => self.settle(true),
            Saving::Refused(_) | Saving::Conflict | Saving::Waiting(_) => self.settle(false),
        }
    }

    fn settle(self, saved: bool) {
        if let Some(afterwards) = self.afterwards.try_update_value(Option::take).flatten() {
            afterwards.run(saved && !untrack(|| self.is_dirty()));
        }
    }

    fn send(self) {
        let sent = self.draft.get_untracked();
        let changes = self.base.with_untracked(|base| sent.changes(base));
        let by_itself = self.by_itself.get_value();
        if by_itself && changes == content::wire::ChangedEntry::default() {
            return self.happen(SaveEvent::Taken);
        }
        spawn_local(async move {
            let path = self.path(if by_itself { "?autosave=true" } else { "" });
            let mut request = sending("PUT", &path, &changes);
            request.version = Some(self.entry.with_untracked(|entry| entry.summary.version));
            match call::<Entry>(self.desk.visit, request).await {
                Ok(entry) => self.taken(&sent, entry),
                Err(Failure::Problem(problem)) if problem.status == 412 && problem.current.is_some() => {
                    let Some(theirs) = problem.current else { return };
                    if Draft::of(&theirs) == sent {
                        // It was taken before, and the answer got lost.
                        self.taken(&sent, *theirs);
                    } else {
                        self.keep();
                        self.theirs.set(Some(*theirs));
                        self.happen(SaveEvent::Overtaken);
                    }
                }
                Err(failure) => {
                    self.keep();
                    self.happen(SaveEvent::Failed(failure));
                }
            }
        });
    }

    fn taken(self, sent: &Draft, entry: Entry) {
        let saved = Draft::of(&entry);
        self.rebase(entry);
        self.saved_at.set(Some(client::now()));
        let now = self.draft.get_untracked();
        let next = now.clone().after_saving(sent, &saved);
        if next != now {
            let text_differs = next.content.body != now.content.body;
            self.draft.set(next);
            if text_differs {
                self.replaced.update(|count| *count += 1);
            }
        }
        self.by_itself.set_value(true);
        self.keep();
        self.happen(SaveEvent::Taken);
        if untrack(|| self.is_dirty()) {
            self.later(0, AUTOSAVE, move || self.happen(SaveEvent::Wanted));
        }
    }

    /// The name under which this browser keeps what was typed.
    pub(super) fn backup_key(self) -> String {
        let person = self.desk.me.with_untracked(|me| me.id.to_string());
        self.entry.with_untracked(|entry| Backup::key(&person, entry.summary.id.as_str()))
    }

    /// Keeps in this browser what is not saved yet, and forgets what is.
    pub(super) fn keep(self) {
        if !untrack(|| self.is_dirty()) {
            return client::forget(&self.backup_key());
        }
        let backup = Backup {
            version: self.entry.with_untracked(|entry| entry.summary.version),
            base: self.base.get_untracked(),
            draft: self.draft.get_untracked(),
            at: client::now(),
        };
        client::keep(&self.backup_key(), &backup.to_json());
    }

    /// Does something after a pause, unless the same is put off again before.
    fn later(self, timer: usize, pause: Duration, act: impl FnOnce() + 'static) {
        let handle = set_timeout_with_handle(act, pause).ok();
        self.timers.update_value(|timers| {
            if let Some(slot) = timers.get_mut(timer)
                && let Some(before) = std::mem::replace(slot, handle)
            {
                before.clear();
            }
        });
    }

    /// Watches what is typed, who signs in, and whether there is a network.
    fn keep_going(self) {
        watch(
            move || self.draft.track(),
            move |()| {
                if untrack(|| self.is_dirty()) && self.writable.get_untracked() {
                    self.later(1, BACKUP, move || self.keep());
                    self.later(0, AUTOSAVE, move || {
                        if self.saving.with_untracked(Saving::takes_autosave) {
                            self.happen(SaveEvent::Wanted);
                        }
                    });
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
                self.later(2, pause, move || {
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
        on_cleanup(move || {
            for timer in self.timers.get_value().into_iter().flatten() {
                timer.clear();
            }
        });
    }

    /// Lets the save go through in the name of whoever is signed in now.
    pub(super) fn save_as(self, hold: &Hold) {
        if let Hold::SomeoneElse(name) = hold {
            self.writer.set_value(name.clone());
        }
        self.happen(SaveEvent::Resolved);
    }
}
