//! One entry of the list.

use crate::ui::prelude::*;
use content::wire::{EntryId, EntrySummary, ReleaseState};

use crate::{
    model::{Query, Route, fill},
    page::{
        audience::{audience_badge, state_badge},
        words::{time, words},
    },
    ui::Badge,
};

#[component]
pub(super) fn Row(
    entry: EntrySummary,
    query: Memo<Query>,
    selected: RwSignal<Vec<EntryId>>,
) -> impl IntoView {
    let words = words();
    let title = if entry.title.trim().is_empty() { words.untitled.to_owned() } else { entry.title.clone() };
    let id = StoredValue::new(entry.id.clone());
    let checked = derive(move || selected.with(|selected| id.with_value(|id| selected.contains(id))));
    let check = move |event| {
        let yes = event_target_checked(&event);
        selected.update(|selected| {
            let id = id.get_value();
            selected.retain(|known| *known != id);
            if yes {
                selected.push(id);
            }
        });
    };
    let filtered = move |name: &str, value: &str| {
        Route::Entries(query.with_untracked(|query| query.with(name, value))).address()
    };
    let failed = entry.release.as_ref().filter(|release| release.state == ReleaseState::Failed);
    let failed = failed.map(|release| {
        let why = release.problem.as_ref().and_then(|problem| problem.detail.clone());
        view! { <span title=why><Badge kind="bad" text=words.publish_failed /></span> }
    });
    let tags: Vec<_> = entry
        .tags
        .iter()
        .map(|tag| view! { <a class="tag" href=filtered("tag", tag)>{tag.clone()}</a> })
        .collect();
    let author = filtered("author", entry.author.id.as_str());
    view! {
        <li>
            <input type="checkbox" aria-label=fill(words.select, &[&title]) prop:checked=checked on:change=check />
            <div class="what">
                <a class="title" href=Route::Entry(entry.id.to_string()).address()>{title}</a>
                <p class="aside">
                    <span class="path">{entry.path.clone()}</span>
                    {audience_badge(&entry.audience)}
                    {tags}
                </p>
            </div>
            <div class="how">
                {state_badge(entry.state)}
                {entry.review.then(|| view! { <Badge kind="review" text=words.in_review /> })}
                {failed}
            </div>
            <p class="aside when">
                <a href=author>{entry.author.name.clone()}</a>
                <time datetime=entry.updated_at.to_string()>{time(entry.updated_at.as_str())}</time>
            </p>
        </li>
    }
}
