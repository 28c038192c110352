//! Begins an entry: a title is enough.

use crate::ui::prelude::*;
use content::wire::{Entry, NewEntry as Wanted};

use crate::{
    client,
    model::{Failure, Route},
    page::{
        api::{API, call, sending},
        audience::audience_words,
        desk::desk,
        words::words,
    },
    ui::{Choice, Dialog, Notice, TextField, Tone},
};

#[component]
pub(in crate::page) fn NewEntry(open: RwSignal<bool>) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let (title, section) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let failure = RwSignal::new(None::<Failure>);
    let busy = RwSignal::new(false);
    // One dialog begins one entry, however often it is sent.
    let once = StoredValue::new(client::unique());
    let sections = derive(move || {
        desk.sections.with(|sections| {
            let options = sections.iter().map(|section| {
                let text =
                    format!("{} ({}) · {}", section.title, section.path, audience_words(&section.audience));
                (section.path.clone(), text)
            });
            options.collect::<Vec<_>>()
        })
    });
    effect(move || {
        let listed = desk.sections.with(|sections| {
            sections
                .iter()
                .find(|section| section.listed)
                .or(sections.first())
                .map(|section| section.path.clone())
        });
        section.set(listed.unwrap_or_default());
    });
    let begin = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let path = section.get_untracked();
        let wanted = Wanted {
            title: title.get_untracked(),
            section: (!path.is_empty()).then_some(path),
            ..Wanted::default()
        };
        spawn_local(async move {
            let path = format!("{API}/entries");
            let mut request = sending("POST", &path, &wanted);
            request.once = Some(once.get_value());
            match call::<Entry>(desk.visit, request).await {
                Ok(entry) => {
                    once.set_value(client::unique());
                    open.set(false);
                    title.set(String::new());
                    failure.set(None);
                    desk.go(Route::Entry(entry.summary.id.to_string()));
                }
                Err(why) => {
                    // What was refused is another request once it is changed; what got no answer is the same.
                    if !why.may_pass() {
                        once.set_value(client::unique());
                    }
                    failure.set(Some(why));
                }
            }
            busy.set(false);
        });
    };
    view! {
        <Dialog open title=words.new_entry on_cancel=move |()| open.set(false)>
            <form on:submit=begin>
                <TextField label=words.title value=title on_input=move |text| title.set(text) id="new-title" />
                <Choice label=words.section value=section options=sections on_change=move |path| section.set(path) />
                {live(move || failure.get().map(|failure| view! {
                    <Notice tone=Tone::Bad what_happened=failure.what_happened(words)
                        what_to_do=failure.what_to_do(words).to_owned() />
                }))}
                <div class="actions">
                    <button>{words.create}</button>
                    <button type="button" class="quiet" on:click=move |_| open.set(false)>{words.cancel}</button>
                </div>
            </form>
        </Dialog>
    }
}
