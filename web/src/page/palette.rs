//! Goes anywhere: to a page of the app, or to an entry by its title.

use crate::ui::prelude::*;
use content::{
    permission::Permission,
    wire::{EntrySummary, List},
};

use super::{
    api::{API, Loading},
    desk::desk,
    entries::NewEntry,
    words::words,
};
use crate::{
    client,
    model::{Query, Route},
    ui::Dialog,
};

/// What a line of the palette does.
#[derive(Clone, PartialEq)]
enum Way {
    To(Route),
    NewEntry,
    Shortcuts,
}

#[component]
pub(super) fn Palette(open: RwSignal<bool>, shortcuts: RwSignal<bool>) -> impl IntoView {
    let words = words();
    let writing = RwSignal::new(false);
    view! {
        <Dialog open title=words.go_anywhere on_cancel=move |()| open.set(false)>
            <Lines open shortcuts writing />
        </Dialog>
        <NewEntry open=writing />
    }
}

#[component]
fn Lines(open: RwSignal<bool>, shortcuts: RwSignal<bool>, writing: RwSignal<bool>) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let (text, chosen) = (RwSignal::new(String::new()), RwSignal::new(0_usize));
    let query = Query::default;
    let mut places = vec![
        (words.new_entry, Way::NewEntry, Permission::EntriesCreate),
        (words.entries, Way::To(Route::home()), Permission::EntriesRead),
        (words.trash, Way::To(Route::Entries(query().with("state", "trashed"))), Permission::EntriesRead),
        (words.in_review, Way::To(Route::Entries(query().with("review", "true"))), Permission::EntriesRead),
        (words.media, Way::To(Route::Media(query())), Permission::EntriesRead),
        (words.activity, Way::To(Route::Activity(query())), Permission::ActivityRead),
        (words.site, Way::To(Route::Site), Permission::SiteEdit),
        (words.profile, Way::To(Route::Profile), Permission::EntriesRead),
        (words.shortcuts, Way::Shortcuts, Permission::EntriesRead),
    ];
    places.retain(|(_, _, permission)| desk.may(*permission));
    let loading = Loading::of(desk.visit, move || {
        let text = text.get();
        let text = text.trim();
        if text.is_empty() {
            return String::new();
        }
        format!("{API}/entries{}", Query::default().with("limit", "8").with("q", text).text())
    });
    let found = loading.value::<List<EntrySummary>>();
    let places = StoredValue::new(places);
    let lines = memo(move || {
        let text = client::lower_case(text.get().trim());
        let places = places.get_value().into_iter();
        let places = places.filter(|(name, ..)| client::lower_case(name).contains(&text));
        let places = places.map(|(name, way, _)| (name.to_owned(), String::new(), way));
        let entries = found.with(|found| {
            let items = found.iter().flat_map(|list| list.items.iter()).filter(|_| !text.is_empty());
            let ways = items.map(|entry| {
                let way = Way::To(Route::Entry(entry.id.to_string()));
                (entry.title.clone(), entry.path.clone(), way)
            });
            ways.collect::<Vec<_>>()
        });
        places.chain(entries).collect::<Vec<_>>()
    });
    let take = move |way: Way| {
        open.set(false);
        match way {
            Way::To(route) => desk.go(route),
            Way::NewEntry => writing.set(true),
            Way::Shortcuts => shortcuts.set(true),
        }
    };
    let keys = move |event: web_sys::KeyboardEvent| {
        let length = lines.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" => chosen.update(|chosen| *chosen = (*chosen + 1) % length.max(1)),
            "ArrowUp" => chosen.update(|chosen| *chosen = (*chosen + length.max(1) - 1) % length.max(1)),
            "Enter" => {
                if let Some((_, _, way)) =
                    lines.with_untracked(|lines| lines.get(chosen.get_untracked()).cloned())
                {
                    take(way);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let active = derive(move || format!("way-{}", chosen.get()));
    view! {
        <input id="palette" type="text" role="combobox" aria-expanded="true" aria-controls="ways" autofocus
            aria-autocomplete="list" aria-activedescendant=active aria-label=words.palette_hint placeholder=words.palette_hint
            autocomplete="off" prop:value=text on:keydown=keys
            on:input=move |event| {
                chosen.set(0);
                text.set(event_target_value(&event));
            } />
        <ul id="ways" role="listbox" aria-label=words.go_anywhere>
            {live(move || lines.get().into_iter().enumerate().map(|(number, (name, beside, way))| view! {
                <li role="option" id=format!("way-{number}")
                    aria-selected=derive(move || (chosen.get() == number).to_string())
                    on:click=move |_| take(way.clone())>
                    {name} " " <span class="aside">{beside}</span>
                </li>
            }).collect_view())}
        </ul>
        {live(move || lines.with(Vec::is_empty).then(|| view! { <p class="aside">{words.no_results}</p> }))}
    }
}
