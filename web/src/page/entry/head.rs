//! The line above an entry: what it is, whether it is saved, and what can be done with it.

use crate::ui::prelude::*;
use content::{
    permission::Permission,
    wire::{Entry, EntryState},
};
use wasm_bindgen::JsCast;
use web_sys::Node;

use super::{publishing::Course, schedule::Scheduling, sheet::Sheet};
use crate::{
    client::{self, Request},
    model::{Query, Route, Saving, fill},
    page::{
        api::{ask, call},
        audience::state_badge,
        desk::refusal,
        words::words,
    },
    ui::{Badge, Button, Dialog},
};

#[component]
pub(super) fn Head() -> impl IntoView {
    let (sheet, course, words) = (expect_context::<Sheet>(), expect_context::<Course>(), words());
    let state = memo(move || sheet.entry.with(|entry| entry.summary.state));
    let review = memo(move || sheet.draft.with(|draft| draft.review));
    let out = memo(move || matches!(state.get(), EntryState::Published | EntryState::Changed));
    let current = memo(move || sheet.is_up_to_date());
    let id = sheet.entry.with_untracked(|entry| entry.summary.id.to_string());
    let preview = sheet.path("/preview");
    let publishable = derive(move || {
        if state.get() == EntryState::Trashed {
            return Some(words.in_trash_text.to_owned());
        }
        sheet.desk.refusal(Permission::EntriesPublish)
    });
    let to_publish =
        derive(move || publishable.get().or_else(|| current.get().then(|| words.up_to_date_text.to_owned())));
    let readable = derive(move || (!sheet.writable.get()).then(|| unwritable(sheet).unwrap_or_default()));
    let label = derive(move || {
        let label = match (current.get(), out.get()) {
            (true, _) => words.up_to_date,
            (false, true) => words.publish_changes,
            (false, false) => words.publish,
        };
        label.to_owned()
    });
    view! {
        <header class="head entry-head">
            <a class="back" href=Route::home().address()>"← " {words.all_entries}</a>
            {live(move || state_badge(state.get()))}
            {live(move || review.get().then(|| view! { <Badge kind="review" text=words.in_review /> }))}
            <SaveState />
            <Others />
            <div class="actions">
                <a class="button quiet" href=preview target="_blank" rel="noopener">
                    {words.preview_page}
                    <span class="unseen">" " {words.new_window}</span>
                </a>
                <a class="button quiet" href=Route::History(id, Query::default()).address()>{words.history}</a>
                <Button label=words.save class="quiet" on_press=move |()| sheet.save() refusal=readable />
                <Button label on_press=move |()| course.publish(Vec::new()) refusal=to_publish />
                <More publishable />
            </div>
        </header>
    }
}

/// Why the entry cannot be changed by this person.
pub(super) fn unwritable(sheet: Sheet) -> Option<String> {
    if sheet.writable.get() {
        None
    } else if sheet.entry.with(|entry| entry.summary.state) == EntryState::Trashed {
        Some(words().in_trash_text.to_owned())
    } else {
        Some(format!("{} {}", words().no_edit, refusal(Permission::EntriesEdit)))
    }
}

#[component]
fn SaveState() -> impl IntoView {
    let (sheet, words) = (expect_context::<Sheet>(), words());
    let text = memo(move || match sheet.saving.get() {
        Saving::InFlight { .. } => words.saving.to_owned(),
        Saving::Held(..) | Saving::Waiting(_) => words.kept_here.to_owned(),
        Saving::Refused(failure) => format!("{} {}", words.not_saved, failure.what_happened(words)),
        Saving::Conflict => words.unsaved.to_owned(),
        Saving::Idle if sheet.is_dirty() => words.unsaved.to_owned(),
        Saving::Idle => sheet.saved_at.get().map_or_else(String::new, |at| {
            fill(words.saved_at, &[&client::local_minute(at, words.language)])
        }),
    });
    view! { <p id="save-state" class="aside" role="status">{text}</p> }
}

#[component]
fn Others() -> impl IntoView {
    let here = expect_context::<super::presence::Here>();
    let text = memo(move || {
        here.0.with(|here| match here.as_slice() {
            [] => String::new(),
            names => fill(words().also_here, &[&names.join(", ")]),
        })
    });
    view! { <p id="presence" class="presence" role="status">{text}</p> }
}

/// What is done seldom.
#[component]
fn More(publishable: Signal<Option<String>>) -> impl IntoView {
    let (sheet, course, words) = (expect_context::<Sheet>(), expect_context::<Course>(), words());
    let (scheduling, asked) = (RwSignal::new(false), RwSignal::new(None::<Question>));
    let state = memo(move || sheet.entry.with(|entry| entry.summary.state));
    let is_out = memo(move || {
        sheet.entry.with(|entry| entry.summary.published_revision.is_some())
            && !matches!(state.get(), EntryState::Archived | EntryState::Trashed)
    });
    let trashable = derive(move || {
        let allowed = sheet.desk.may(Permission::EntriesTrash) || sheet.writable.get();
        (!allowed).then(|| refusal(Permission::EntriesTrash))
    });
    let not_out = derive(move || publishable.get().or_else(|| (!is_out.get()).then(|| words.off.to_owned())));
    let act = move |question: Question| {
        asked.set(None);
        match question {
            Question::Unpublish => course.unpublish(),
            Question::Trash => sheet.save_then(Callback::new(move |_| trash(sheet))),
            Question::Forever => forever(sheet),
        }
    };
    let trashed = move || state.get() == EntryState::Trashed;
    let menu = NodeRef::<web_sys::HtmlDetailsElement>::new();
    let close = move || {
        if let Some(menu) = menu.get_untracked() {
            menu.set_open(false);
        }
    };
    let escape = move |event: web_sys::KeyboardEvent| {
        if event.key() == "Escape" {
            close();
        }
    };
    let left = move |event: web_sys::FocusEvent| {
        let next = event.related_target().and_then(|next| next.dyn_into::<Node>().ok());
        if menu.get_untracked().is_some_and(|menu| !menu.contains(next.as_ref())) {
            close();
        }
    };
    view! {
        <details class="menu" node_ref=menu on:keydown=escape on:focusout=left>
            <summary class="button quiet">{words.more}</summary>
            <div on:click=move |_| close()>
                <Button label=words.schedule class="plain" on_press=move |()| scheduling.set(true)
                    refusal=publishable />
                <Button label=words.unpublish class="plain" on_press=move |()| asked.set(Some(Question::Unpublish))
                    refusal=not_out />
                {live(move || if trashed() {
                    view! {
                        <Button label=words.restore class="plain" on_press=move |()| restore(sheet) refusal=trashable />
                        <Button label=words.delete_forever class="plain"
                            on_press=move |()| asked.set(Some(Question::Forever))
                            refusal=derive(move || sheet.desk.refusal(Permission::EntriesDeleteForever)) />
                    }
                } else {
                    view! {
                        <Button label=words.move_to_trash class="plain"
                            on_press=move |()| asked.set(Some(Question::Trash)) refusal=trashable />
                    }
                })}
            </div>
        </details>
        <Scheduling open=scheduling />
        <Dialog
            open=derive(move || asked.get().is_some())
            title=derive(move || asked.get().map_or("", |question| question.title()).to_owned())
            on_cancel=move |()| asked.set(None)
        >
            <p>{live(move || asked.get().map(|question| question.text(sheet)))}</p>
            <div class="actions">
                {live(move || asked.get().map(|question| view! {
                    <Button label=question.title() class="danger" on_press=move |()| act(question) />
                }))}
                <Button label=words.cancel class="quiet" on_press=move |()| asked.set(None) />
            </div>
        </Dialog>
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Question {
    Unpublish,
    Trash,
    Forever,
}

impl Question {
    fn title(self) -> &'static str {
        match self {
            Self::Unpublish => words().unpublish,
            Self::Trash => words().move_to_trash,
            Self::Forever => words().delete_forever,
        }
    }

    fn text(self, sheet: Sheet) -> String {
        match self {
            Self::Unpublish => words().unpublish_text.to_owned(),
            Self::Trash => words().move_to_trash_text.to_owned(),
            Self::Forever => {
                sheet.entry.with_untracked(|entry| fill(words().delete_forever_text, &[&entry.summary.title]))
            }
        }
    }
}

fn trash(sheet: Sheet) {
    spawn_local(async move {
        let path = sheet.path("");
        match ask(sheet.desk.visit, Request::new("DELETE", &path)).await {
            Ok(_) => {
                sheet.desk.tell(words().trashed);
                sheet.desk.go(Route::home());
            }
            Err(failure) => sheet.desk.tell(failure.what_happened(words())),
        }
    });
}

fn forever(sheet: Sheet) {
    spawn_local(async move {
        let path = sheet.path("?forever=true");
        match ask(sheet.desk.visit, Request::new("DELETE", &path)).await {
            Ok(_) => {
                client::forget(&sheet.backup_key());
                sheet.desk.go(Route::home());
            }
            Err(failure) => sheet.desk.tell(failure.what_happened(words())),
        }
    });
}

fn restore(sheet: Sheet) {
    spawn_local(async move {
        let path = sheet.path("/restore");
        match call::<Entry>(sheet.desk.visit, Request::new("POST", &path)).await {
            Ok(entry) => sheet.start_over(entry),
            Err(failure) => sheet.desk.tell(failure.what_happened(words())),
        }
    });
}
