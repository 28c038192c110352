//! An entry on the desk: what the API has, what was typed, and how the one gets to the other.

mod timing;
mod watching;

use crate::ui::prelude::*;
use content::wire::{Entry, EntryState, Release, ReleaseState};

use self::timing::Timer;
use crate::{
    client::{self, Request},
    model::{Backup, Draft, Failure, Hold, SaveEvent, Saving},
    page::{
        api::{API, call, sending},
        desk::Desk,
    },
};

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
    timers: StoredValue<[Timer; 4]>,
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
            timers: StoredValue::new([Timer::default(); 4]),
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

    /// True if what readers get is what stands here.
    pub(super) fn is_up_to_date(self) -> bool {
        let published = self.entry.with(|entry| {
            let failed = |release: &Release| release.state == ReleaseState::Failed;
            entry.summary.state == EntryState::Published
                && !entry.summary.release.as_ref().is_some_and(failed)
        });
        published && !self.is_dirty()
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
                if Draft::of(&now) == self.base.get_untracked() {
                    self.entry.set(now);
                } else if !untrack(|| self.is_dirty()) {
                    self.start_over(now);
                // Another version is told by the next save, with a merge.
                } else {
                    let mut known = self.entry.get_untracked();
                    known.summary.state = now.summary.state;
                    known.summary.release = now.summary.release;
                    known.summary.publish_at = now.summary.publish_at;
                    known.summary.unpublish_at = now.summary.unpublish_at;
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
                    } else if Draft::of(&theirs) == self.base.get_untracked() {
                        // It was published or scheduled meanwhile; nobody wrote.
                        self.rebase(*theirs);
                        self.send();
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
            self.autosave_soon();
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

    /// Lets the save go through in the name of whoever is signed in now.
    pub(super) fn save_as(self, hold: &Hold) {
        if let Hold::SomeoneElse(name) = hold {
            self.writer.set_value(name.clone());
        }
        self.happen(SaveEvent::Resolved);
    }
}
