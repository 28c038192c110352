//! All entries: searched, filtered, sorted and paged by what the address bar says.

mod bulk;
mod filters;
mod new_entry;
mod row;

use crate::ui::prelude::*;
use content::{
    permission::Permission,
    wire::{EntryId, EntrySummary, List},
};

use self::{bulk::Bulk, filters::Filters, row::Row};
use super::{
    api::{API, Loading},
    desk::desk,
    shell::Failed,
    words::words,
};
use crate::{
    model::{Query, Route, fill},
    ui::{Bones, Button},
};
pub(super) use new_entry::NewEntry;

/// What a list is filtered by.
const FILTERS: [&str; 6] = ["q", "state", "section", "tag", "author", "review"];
/// All that the API is told.
const NAMES: [&str; 8] = ["q", "state", "section", "tag", "author", "review", "sort", "cursor"];

#[component]
pub(super) fn Entries() -> impl IntoView {
    let (desk, words) = (desk(), words());
    document().set_title(&format!("{} · Parapet", words.entries));
    let query = memo_with_last(move |last: Option<&Query>| match desk.route.get() {
        Route::Entries(query) => query,
        _ => last.cloned().unwrap_or_default(),
    });
    let loading = Loading::of(desk.visit, move || {
        format!("{API}/entries{}", query.with(|query| query.only(&NAMES).text()))
    });
    let list = loading.value::<List<EntrySummary>>();
    let failure = loading.failure();
    let selected = RwSignal::new(Vec::<EntryId>::new());
    effect(move || {
        query.get();
        selected.set(Vec::new());
    });
    let writing = RwSignal::new(false);
    let shown = move || match (failure.get(), list.get()) {
        (Some(failure), None) => {
            view! { <Failed failure again=Callback::new(move |()| loading.again()) /> }
        }
        (_, None) => view! { <Bones label=words.loading /> },
        (_, Some(list)) if list.items.is_empty() => view! { <Empty query writing /> },
        (_, Some(list)) => view! { <Page list query selected /> },
    };
    view! {
        <div class="head">
            <h1>{words.entries}</h1>
            <Button
                label=words.new_entry
                on_press=move |()| writing.set(true)
                refusal=derive(move || desk.refusal(Permission::EntriesCreate))
            />
        </div>
        <Filters query />
        <Bulk list selected again=Callback::new(move |()| loading.again()) />
        {live(shown)}
        <NewEntry open=writing />
    }
}

#[component]
fn Page(list: List<EntrySummary>, query: Memo<Query>, selected: RwSignal<Vec<EntryId>>) -> impl IntoView {
    let words = words();
    let total = list.total.map(|total| fill(words.total, &[&total]));
    let to = move |cursor: &str| {
        Route::Entries(query.with_untracked(|query| query.with("cursor", cursor))).address()
    };
    let first = query.with_untracked(|query| !query.value("cursor").is_empty());
    view! {
        <ul class="rows" id="entries">
            {list.items.into_iter().map(|entry| view! { <Row entry query selected /> }).collect_view()}
        </ul>
        <nav class="pages" aria-label=words.next_page>
            <p class="aside">{total}</p>
            {first.then(|| view! { <a class="button quiet" href=to("")>{words.first_page}</a> })}
            {list.next.map(|next| view! { <a class="button quiet" rel="next" href=to(&next)>{words.next_page}</a> })}
        </nav>
    }
}

#[component]
fn Empty(query: Memo<Query>, writing: RwSignal<bool>) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let query = query.get();
    let only_trash = query.value("state") == "trashed" && query.with("state", "").is_without(&FILTERS);
    if only_trash {
        view! { <div class="empty"><h2>{words.trash_empty}</h2></div> }
    } else if query.is_without(&FILTERS) {
        view! {
            <div class="empty">
                <h2>{words.no_entries}</h2>
                <p>{words.no_entries_text}</p>
                <Button
                    label=words.write_first
                    on_press=move |()| writing.set(true)
                    refusal=derive(move || desk.refusal(Permission::EntriesCreate))
                />
            </div>
        }
    } else {
        view! {
            <div class="empty">
                <h2>{words.no_match}</h2>
                <p>{words.no_match_text}</p>
                <a class="button quiet" href=Route::home().address()>{words.clear_filters}</a>
            </div>
        }
    }
}
