//! An entry's revisions, two of them side by side, and the way back to one.

use crate::ui::prelude::*;
use content::{
    diff::{Row, Stretch},
    permission::Permission,
    wire::{Entry, List, Revision, RevisionContent, RevisionKind},
};

use super::{
    api::{API, Loading, call},
    desk::desk,
    shell::Failed,
    text_engine::text_engine,
    words::{time, words},
};
use crate::{
    client::{Request, TextEngine},
    model::{Draft, FIELDS, FieldName, Query, Route, encoded, fill},
    ui::{Badge, Bones, Button, Choice},
};

#[component]
pub(super) fn History(id: String) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let path = StoredValue::new(format!("{API}/entries/{}", encoded(&id)));
    let to_entry = Route::Entry(id.clone()).address();
    let entry_loading = Loading::of(desk.visit, move || path.get_value());
    let entry = entry_loading.value::<Entry>();
    let loading =
        Loading::of(desk.visit, move || path.with_value(|path| format!("{path}/revisions?limit=200")));
    let (list, failure) = (loading.value::<List<Revision>>(), loading.failure());
    let query = memo_with_last(move |last: Option<&Query>| match desk.route.get() {
        Route::History(_, query) => query,
        _ => last.cloned().unwrap_or_default(),
    });
    // Without a choice: what is on the site, beside what is written now; else the two newest.
    let left = memo(move || {
        let chosen = query.with(|query| query.value("left").parse().ok());
        chosen.or_else(|| {
            list.with(|list| {
                let items = &list.as_ref()?.items;
                let published = items.iter().find(|revision| revision.published);
                published.or(items.get(1)).or(items.first()).map(|revision| revision.number)
            })
        })
    });
    let right = memo(move || query.with(|query| query.value("right").parse::<i64>().ok()));
    let revision = move |number: Memo<Option<i64>>| {
        let loading = Loading::of(desk.visit, move || {
            number.get().map_or_else(String::new, |number| {
                path.with_value(|path| format!("{path}/revisions/{number}"))
            })
        });
        loading.value::<Revision>()
    };
    let (older, newer) = (revision(left), revision(right));
    let choose = move |name: &'static str| {
        let id = id.clone();
        Callback::new(move |number: String| {
            let query = query.with_untracked(|query| query.with(name, &number));
            desk.adjust(Route::History(id.clone(), query));
        })
    };
    let title = memo(move || entry.with(|entry| entry.as_ref().map(|entry| entry.summary.title.clone())));
    effect(move || document().set_title(&format!("{} · Parapet", words.history)));
    let options = move |with_now: bool| {
        derive(move || {
            let now = with_now.then(|| (String::new(), words.working_copy.to_owned()));
            let revisions =
                list.with(|list| list.as_ref().map(|list| list.items.clone()).unwrap_or_default());
            now.into_iter()
                .chain(revisions.iter().map(|revision| (revision.number.to_string(), name(revision))))
                .collect::<Vec<_>>()
        })
    };
    let compared = move || {
        let older = older.get()?;
        let newer = match right.get() {
            Some(number) => newer.get().filter(|newer| newer.number == number)?.content?,
            None => Draft::of(&entry.get()?).content,
        };
        Some((older.content?, newer))
    };
    let restored = Callback::new(move |()| {
        entry_loading.again();
        loading.again();
    });
    let text = move |number: Memo<Option<i64>>| {
        derive(move || number.get().map(|number| number.to_string()).unwrap_or_default())
    };
    let engine = text_engine();
    let (choose_left, choose_right) = (choose("left"), choose("right"));
    let shown = move || match (list.get(), failure.get()) {
        (None, Some(failure)) => view! { <Failed failure again=restored /> },
        (None, None) => view! { <Bones label=words.loading /> },
        (Some(list), _) => {
            let rows = list.items.into_iter().map(|revision| {
                view! { <Line revision path entry restored choose_left /> }
            });
            view! {
                <div class="compare">
                    <Choice label=words.older value=text(left) options=options(false) on_change=choose_left />
                    <Choice label=words.newer value=text(right) options=options(true) on_change=choose_right />
                </div>
                {live(move || engine.get().zip(compared()).map(|(engine, (older, newer))| view! { <Difference engine older newer /> }))}
                <p class="aside">{words.restore_note}</p>
                <ol class="rows revisions">{rows.collect_view()}</ol>
            }
        }
    };
    view! {
        <div class="head">
            <a class="back" href=to_entry>"← " {words.back_to_entry}</a>
            <h1>{live(move || fill(words.history_of, &[&title.get().unwrap_or_default()]))}</h1>
        </div>
        {live(shown)}
    }
}

fn kind(kind: RevisionKind) -> &'static str {
    let words = words();
    match kind {
        RevisionKind::Autosave => words.autosave,
        RevisionKind::Save => words.saved,
        RevisionKind::Publish => words.published,
        RevisionKind::Restore => words.restored,
    }
}

fn name(revision: &Revision) -> String {
    format!(
        "{} · {} · {} · {}",
        revision.number,
        kind(revision.kind),
        revision.author.name,
        time(revision.created_at.as_str())
    )
}

#[component]
fn Line(
    revision: Revision,
    path: StoredValue<String>,
    entry: Memo<Option<Entry>>,
    restored: Callback<()>,
    choose_left: Callback<String>,
) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let number = revision.number;
    let restore = move |()| {
        spawn_local(async move {
            let path = path.with_value(|path| format!("{path}/revisions/{number}/restore"));
            let mut request = Request::new("POST", &path);
            request.version = entry.with_untracked(|entry| entry.as_ref().map(|entry| entry.summary.version));
            match call::<serde_json::Value>(desk.visit, request).await {
                Ok(_) => {
                    desk.tell(words.restored);
                    restored.run(());
                }
                Err(failure) => desk.tell(failure.what_happened(words)),
            }
        });
    };
    let refusal = derive(move || {
        let writable = entry.with(|entry| {
            entry.as_ref().is_some_and(|entry| {
                let own = desk.me.with(|me| me.id == entry.summary.author.id);
                desk.role().may_edit(own, entry.summary.published_revision.is_some())
            })
        });
        (!writable).then(|| super::desk::refusal(Permission::EntriesEdit))
    });
    let at = revision.created_at.to_string();
    view! {
        <li>
            <button type="button" class="plain title" on:click=move |_| choose_left.run(number.to_string())>
                {fill(words.revision, &[&number])}
            </button>
            <p class="aside">
                {kind(revision.kind)} " · " {revision.author.name.clone()} " · "
                <time datetime=at.clone()>{time(&at)}</time>
            </p>
            {revision.published.then(|| view! { <Badge kind="published" text=words.on_the_site /> })}
            <Button label=words.restore_this class="quiet small" on_press=restore refusal
                name=format!("{}: {number}", words.restore_this) />
        </li>
    }
}

/// Two versions beside each other: details that differ, and the text line by line.
#[component]
fn Difference(engine: TextEngine, older: RevisionContent, newer: RevisionContent) -> impl IntoView {
    let words = words();
    let (older, newer) = (Draft { content: older, review: false }, Draft { content: newer, review: false });
    let details = FIELDS.iter().filter(|field| field.name != FieldName::Body).filter_map(|field| {
        let (left, right) = ((field.show)(&older), (field.show)(&newer));
        (left != right).then(|| {
            let rows = engine.side_by_side(&left, &right);
            view! { <h3>{super::entry::field_words(field.name)}</h3> {table(rows)} }
        })
    });
    let details = details.collect_view();
    let text = engine.side_by_side(&older.content.body, &newer.content.body);
    let nothing = details.is_empty() && text.iter().all(Row::is_equal);
    view! {
        <section class="difference" aria-label=words.compare>
            {details}
            {if nothing {
                view! { <p>{words.no_difference}</p> }
            } else {
                view! { <h3>{words.text}</h3> {table(text)} }
            }}
        </section>
    }
}

/// How many equal lines stand around a difference.
const AROUND: usize = 2;

fn table(rows: Vec<Row>) -> impl IntoView + use<> {
    let words = words();
    let near = |number: usize| {
        let from = number.saturating_sub(AROUND);
        rows.iter().skip(from).take(number - from + AROUND + 1).any(|row| !row.is_equal())
    };
    let (mut lines, mut left_out) = (Vec::new(), 0_usize);
    let skipped = |count: usize| {
        let text = fill(words.same_lines, &[&count]);
        view! { <tr class="skipped"><td colspan="2">{text}</td></tr> }
    };
    for (number, row) in rows.iter().enumerate() {
        if !near(number) {
            left_out += 1;
            continue;
        }
        if left_out > 0 {
            lines.push(skipped(left_out));
            left_out = 0;
        }
        let class = if row.is_equal() { "same" } else { "differs" };
        lines.push(
            view! { <tr class=class><td>{side(row.left.as_deref(), true)}</td><td>{side(row.right.as_deref(), false)}</td></tr> },
        );
    }
    if left_out > 0 {
        lines.push(skipped(left_out));
    }
    view! {
        <table class="diff">
            <thead><tr><th scope="col">{words.older}</th><th scope="col">{words.newer}</th></tr></thead>
            <tbody>{lines}</tbody>
        </table>
    }
}

fn side(line: Option<&[Stretch]>, old: bool) -> Vec<View> {
    let stretches = line.unwrap_or_default().iter().map(|stretch| match (stretch.differs, old) {
        (false, _) => stretch.text.as_str().into_view(),
        (true, true) => view! { <del>{stretch.text.clone()}</del> },
        (true, false) => view! { <ins>{stretch.text.clone()}</ins> },
    });
    stretches.collect()
}
