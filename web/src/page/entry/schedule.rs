//! Publishing and taking off at a time.

use crate::ui::prelude::*;
use content::wire::{Entry, Schedule};

use super::sheet::Sheet;
use crate::{
    client::{self, Request},
    model::{Failure, fill},
    page::{
        api::{call, sending},
        words::words,
    },
    ui::{Button, Dialog, Notice, TextField, Tone},
};

#[component]
pub(super) fn Scheduling(open: RwSignal<bool>) -> impl IntoView {
    let (sheet, words) = (expect_context::<Sheet>(), words());
    let failure = RwSignal::new(None::<Failure>);
    let input = |at: Option<content::wire::Timestamp>| {
        let millis = at.and_then(|at| client::read_time(at.as_str()));
        millis.map(client::to_input).unwrap_or_default()
    };
    let (publish_at, unpublish_at) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    effect(move || {
        if open.get() {
            failure.set(None);
            let told = sheet.entry.with_untracked(|entry| entry.summary.clone());
            publish_at.set(input(told.publish_at));
            unpublish_at.set(input(told.unpublish_at));
        }
    });
    let send = move |schedule: Option<Schedule>| {
        sheet.save_then(Callback::new(move |saved: bool| {
            if !saved {
                return open.set(false);
            }
            let schedule = schedule.clone();
            spawn_local(async move {
                let path = sheet.path("/schedule");
                let request = match &schedule {
                    Some(schedule) => sending("POST", &path, schedule),
                    None => Request::new("DELETE", &path),
                };
                match crate::page::api::ask(sheet.desk.visit, request).await {
                    Ok(_) => {
                        open.set(false);
                        let path = sheet.path("");
                        if let Ok(entry) = call::<Entry>(sheet.desk.visit, Request::get(&path)).await {
                            sheet.rebase(entry);
                        }
                    }
                    Err(why) => failure.set(Some(why)),
                }
            });
        }));
    };
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let time = |text: String| client::from_input(&text).map(|time| time.as_str().into());
        send(Some(Schedule {
            publish_at: time(publish_at.get_untracked()),
            unpublish_at: time(unpublish_at.get_untracked()),
        }));
    };
    let planned = move || {
        sheet.entry.with(|entry| entry.summary.publish_at.is_some() || entry.summary.unpublish_at.is_some())
    };
    view! {
        <Dialog open title=words.schedule on_cancel=move |()| open.set(false)>
            <form on:submit=submit>
                <p>{fill(words.schedule_text, &[&client::time_zone()])}</p>
                <TextField label=words.publish_at kind="datetime-local" value=publish_at
                    on_input=move |text| publish_at.set(text) />
                <TextField label=words.unpublish_at kind="datetime-local" value=unpublish_at
                    on_input=move |text| unpublish_at.set(text) />
                {live(move || failure.get().map(|failure| view! {
                    <Notice tone=Tone::Bad what_happened=failure.what_happened(words)
                        what_to_do=failure.what_to_do(words).to_owned() />
                }))}
                <div class="actions">
                    <button>{words.schedule}</button>
                    {live(move || planned().then(|| view! {
                        <Button label=words.cancel_schedule class="quiet" on_press=move |()| send(None) />
                    }))}
                    <Button label=words.cancel class="quiet" on_press=move |()| open.set(false) />
                </div>
            </form>
        </Dialog>
    }
}
