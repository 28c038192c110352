//! One action on all entries that are selected.

use crate::ui::prelude::*;
use content::{
    permission::Permission,
    wire::{BulkAction, BulkRequest, BulkResults, EntryId, EntryState, EntrySummary, List},
};

use crate::{
    model::fill,
    page::{
        api::{API, call, sending},
        desk::desk,
        words::words,
    },
    ui::{Button, Dialog, Toggle},
};

#[component]
pub(super) fn Bulk(
    list: Memo<Option<List<EntrySummary>>>,
    selected: RwSignal<Vec<EntryId>>,
    again: Callback<()>,
) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let asked = RwSignal::new(false);
    let run = Callback::new(move |action: BulkAction| {
        let ids: Vec<EntryId> = selected.get_untracked().into_iter().take(100).collect();
        let count = ids.len();
        asked.set(false);
        spawn_local(async move {
            let path = format!("{API}/entries/bulk");
            let request = sending("POST", &path, &BulkRequest { action, ids });
            match call::<BulkResults>(desk.visit, request).await {
                Ok(results) => {
                    let done = results.results.iter().filter(|result| result.problem.is_none()).count();
                    let why = results.results.into_iter().find_map(|result| result.problem?.detail);
                    desk.tell(format!(
                        "{} {}",
                        fill(words.done_of, &[&done, &count]),
                        why.unwrap_or_default()
                    ));
                    selected.set(Vec::new());
                    again.run(());
                }
                Err(failure) => desk.tell(failure.what_happened(words)),
            }
        });
    });
    let all = move || list.with(|list| list.as_ref().map_or(0, |list| list.items.len()));
    // Lists show what is in the trash only where it is asked for, and then nothing else.
    let is_trash = memo(move || {
        let is_trashed = |entry: &EntrySummary| entry.state == EntryState::Trashed;
        list.with(|list| list.iter().flat_map(|list| &list.items).any(is_trashed))
    });
    let has_any = memo(move || all() > 0);
    let has_selected = memo(move || selected.with(|selected| !selected.is_empty()));
    let refusal = move |permission| derive(move || desk.refusal(permission));
    view! {
        {live(move || has_any.get().then(|| view! {
            <div class="bulk">
                <Toggle
                    label=words.select_all
                    value=derive(move || selected.with(Vec::len) == all())
                    on_change=move |yes| selected.set(if yes {
                        list.with_untracked(|list| {
                            let items = list.iter().flat_map(|list| &list.items);
                            items.map(|entry| entry.id.clone()).collect()
                        })
                    } else {
                        Vec::new()
                    })
                />
                {live(move || has_selected.get().then(|| view! {
                    <p role="status">{live(move || fill(words.selected, &[&selected.with(Vec::len)]))}</p>
                    {is_trash.get().then(|| view! {
                        <Button label=words.restore class="quiet" refusal=refusal(Permission::EntriesTrash)
                            on_press=move |()| run.run(BulkAction::Restore) />
                    })}
                    {(!is_trash.get()).then(|| view! {
                        <Button label=words.publish class="quiet" refusal=refusal(Permission::EntriesPublish)
                            on_press=move |()| run.run(BulkAction::Publish) />
                        <Button label=words.unpublish class="quiet" refusal=refusal(Permission::EntriesPublish)
                            on_press=move |()| run.run(BulkAction::Unpublish) />
                        <Button label=words.move_to_trash class="quiet" refusal=refusal(Permission::EntriesEditOwn)
                            on_press=move |()| asked.set(true) />
                    })}
                }))}
            </div>
        }))}
        <Dialog open=asked title=words.move_to_trash on_cancel=move |()| asked.set(false)>
            <p>{words.move_to_trash_text}</p>
            <div class="actions">
                <Button label=words.move_to_trash class="danger" on_press=move |()| run.run(BulkAction::Trash) />
                <Button label=words.cancel class="quiet" on_press=move |()| asked.set(false) />
            </div>
        </Dialog>
    }
}
