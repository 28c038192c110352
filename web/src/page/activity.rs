//! Who did what, and who signed in.

use crate::ui::prelude::*;
use content::{
    permission::Permission,
    wire::{Activity, List, SignIn},
};

use super::{
    api::{API, Loading},
    desk::desk,
    shell::Failed,
    words::{time, words},
};
use crate::{
    model::{DEEDS, Query, Route, deed, fill},
    ui::{Bones, Choice},
};

#[component]
pub(super) fn ActivityPage() -> impl IntoView {
    let (desk, words) = (desk(), words());
    document().set_title(&format!("{} · Parapet", words.activity));
    if let Some(refusal) = desk.refusal(Permission::ActivityRead) {
        return view! { <div class="alone"><h1>{words.forbidden_title}</h1><p>{refusal}</p></div> };
    }
    let query = memo_with_last(move |last: Option<&Query>| match desk.route.get() {
        Route::Activity(query) => query,
        _ => last.cloned().unwrap_or_default(),
    });
    let sign_ins = memo(move || query.with(|query| query.value("show") == "sign-ins"));
    let loading = Loading::of(desk.visit, move || {
        let (place, names): (_, &[&str]) = if sign_ins.get() {
            ("sign-ins", &["cursor"])
        } else {
            ("activity", &["entry", "action", "actor", "cursor"])
        };
        format!("{API}/{place}{}", query.with(|query| query.only(names).and("limit", "200").text()))
    });
    let (actions, people) = (loading.value::<List<Activity>>(), loading.value::<List<SignIn>>());
    let failure = loading.failure();
    let to = move |name: &str, value: &str| {
        Route::Activity(query.with_untracked(|query| query.with(name, value))).address()
    };
    let tab = move |value: &'static str, text: &'static str| {
        let here = memo(move || query.with(|query| query.value("show") == value));
        let address = Route::Activity(Query::default().with("show", value)).address();
        view! { <a href=address aria-current=derive(move || here.get().then_some("page"))>{text}</a> }
    };
    let any = (String::new(), words.any.to_owned());
    let known = DEEDS.iter().map(|deed| (deed.action.to_owned(), deed.called(words.language).to_owned()));
    let options: Vec<(String, String)> = std::iter::once(any).chain(known).collect();
    // Another question begins at its first page.
    let narrowed = move |name: &str, value: &str| {
        Route::Activity(query.with_untracked(|query| query.with(name, value).with("cursor", "")))
    };
    let wanted = memo(move || query.with(|query| query.value("action").to_owned()));
    let filter = Callback::new(move |action: String| desk.go(narrowed("action", &action)));
    // A person or an entry is chosen on a line, and named by what the lines tell of it.
    let chosen = move |name: &'static str, label: &'static str, told: fn(&Activity) -> String| {
        let value = memo(move || query.with(|query| query.value(name).to_owned()));
        move || {
            (!value.with(String::is_empty)).then(|| {
                let called = actions.with(|list| list.as_ref()?.items.first().map(told));
                let text = format!("{label}: {}", called.unwrap_or_default());
                let remove = fill(words.remove_named, &[&text]);
                view! {
                    <a class="chip" aria-label=remove href=narrowed(name, "").address()>
                        {text} <span aria-hidden="true">"×"</span>
                    </a>
                }
            })
        }
    };
    let person = chosen("actor", words.who, |one| one.actor.name.clone());
    let subject = chosen("entry", words.what, |one| one.subject.clone());
    let pages = move |next: Option<String>| {
        next.map(|next| {
            view! {
                <nav class="pages" aria-label=words.older>
                    <a class="button quiet" href=to("cursor", &next)>{words.older}</a>
                </nav>
            }
        })
    };
    let shown = move || match (failure.get(), sign_ins.get(), actions.get(), people.get()) {
        (Some(failure), ..) => {
            view! { <Failed failure again=Callback::new(move |()| loading.again()) /> }
        }
        (_, true, _, Some(list)) => view! {
            <table class="list">
                <thead><tr><th>{words.when}</th><th>{words.who}</th><th>{words.email}</th></tr></thead>
                <tbody>{list.items.into_iter().map(|one| view! {
                    <tr>
                        <td><time datetime=one.at.to_string()>{time(one.at.as_str())}</time></td>
                        <td>{one.username}</td>
                        <td>{one.email}</td>
                    </tr>
                }).collect_view()}</tbody>
            </table>
            {pages(list.next)}
        },
        (_, false, Some(list), _) if list.items.is_empty() => {
            let bare = query
                .with(|query| ["action", "actor", "entry"].iter().all(|name| query.value(name).is_empty()));
            let text = if bare { words.no_activity } else { words.no_match };
            view! { <div class="empty"><h2>{text}</h2></div> }
        }
        (_, false, Some(list), _) => view! {
            <table class="list">
                <thead><tr><th>{words.when}</th><th>{words.who}</th><th>{words.action}</th><th>{words.what}</th></tr></thead>
                <tbody>{list.items.into_iter().map(|one| view! { <Line one query /> }).collect_view()}</tbody>
            </table>
            {pages(list.next)}
        },
        _ => view! { <Bones label=words.loading /> },
    };
    view! {
        <div class="head">
            <h1>{words.activity}</h1>
            <nav class="tabs" aria-label=words.activity>
                {tab("", words.activity)}
                {tab("sign-ins", words.sign_ins)}
            </nav>
        </div>
        <div class="filters" hidden=derive(move || sign_ins.get())>
            <Choice label=words.action options on_change=filter value=wanted />
            <div class="toggles">{live(person)} {live(subject)}</div>
        </div>
        {live(shown)}
    }
}

#[component]
fn Line(one: Activity, query: Memo<Query>) -> impl IntoView {
    let words = words();
    let only = move |name: &str, value: &str| {
        Route::Activity(query.with_untracked(|query| query.with(name, value).with("cursor", ""))).address()
    };
    let person = only("actor", &one.actor.id.to_string());
    let (subject, rest) = match one.entry {
        Some(entry) => {
            let to = Route::Entry(entry.to_string()).address();
            let name = fill(words.all_activity_of, &[&one.subject]);
            let all = only("entry", entry.as_str());
            (
                view! { <a href=to>{one.subject}</a> },
                Some(view! { <a class="only" href=all aria-label=name.clone() title=name>"⌕"</a> }),
            )
        }
        None => (one.subject.into_view(), None),
    };
    let name = fill(words.all_activity_of, &[&one.actor.name]);
    view! {
        <tr>
            <td><time datetime=one.at.to_string()>{time(one.at.as_str())}</time></td>
            <td><a href=person title=name>{one.actor.name}</a></td>
            <td title=one.action.clone()>{deed(&one.action, words.language).to_owned()}</td>
            <td>{subject} " " <span class="aside">{one.detail}</span> {rest}</td>
        </tr>
    }
}
