//! One entry: written, saved, published.

mod conflict;
mod describing;
mod details;
mod head;
mod leaving;
mod offers;
mod pick;
mod presence;
mod preview;
mod publishing;
mod rich;
mod schedule;
mod sheet;
mod steps;
mod text;
mod toolbar;

use crate::ui::prelude::*;
use content::wire::Entry;

pub(super) use self::conflict::field_words;
use self::{
    conflict::Conflict, details::Details, head::Head, leaving::Leaving, offers::Offers, pick::Picker,
    sheet::Sheet, steps::Publishing, text::Text,
};
use super::{
    api::{API, Loading},
    desk::desk,
    profile::shortcuts_are_used,
    shell::Failed,
    text_engine::text_engine,
    words::words,
};
use crate::{model::encoded, ui::Bones};

#[component]
pub(super) fn EntryPage(id: String) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let path = format!("{API}/entries/{}", encoded(&id));
    let loading = Loading::of(desk.visit, move || path.clone());
    let entry = loading.value::<Entry>();
    let failure = loading.failure();
    // Once it is open, what is typed is ahead of whatever is loaded again.
    let open = memo(move || entry.with(Option::is_some));
    live(move || match (open.get(), failure.get()) {
        (true, _) => match entry.get_untracked() {
            Some(entry) => view! { <Open entry /> },
            None => View::none(),
        },
        (false, Some(failure)) => {
            view! { <Failed failure again=Callback::new(move |()| loading.again()) /> }
        }
        (false, None) => view! { <Bones label=words.loading /> },
    })
}

#[component]
fn Open(entry: Entry) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let sheet = Sheet::of(desk, entry);
    let engine = text_engine();
    let publishing = publishing::Course::of(sheet);
    let picker = pick::Pick::new();
    provide_context(sheet);
    provide_context(engine);
    provide_context(publishing);
    provide_context(picker);
    presence::stay(sheet);
    let title = memo(move || sheet.draft.with(|draft| draft.content.title.clone()));
    effect(move || {
        let title = title.get();
        let title = if title.trim().is_empty() { words.untitled.to_owned() } else { title };
        document().set_title(&format!("{title} · Parapet"));
    });
    on_window("keydown", move |event: web_sys::KeyboardEvent| {
        let modified = (event.meta_key() || event.ctrl_key()) && !event.alt_key();
        if modified && shortcuts_are_used() {
            match event.key().as_str() {
                "s" | "S" => {
                    event.prevent_default();
                    sheet.save();
                }
                "Enter" if event.shift_key() => {
                    event.prevent_default();
                    publishing.publish(Vec::new());
                }
                _ => {}
            }
        }
    });
    view! {
        <Head />
        <Offers />
        <Publishing />
        <div class="workplace">
            <Text />
            <Details />
        </div>
        <Conflict />
        <Leaving />
        <Picker />
    }
}
