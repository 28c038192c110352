//! Who did what, and who signed in.

use std::collections::BTreeSet;

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
    model::{Query, Route},
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
        let (place, names): (_, &[&str]) =
            if sign_ins.get() { ("sign-ins", &["cursor"]) } else { ("activity", &["entry", "cursor"]) };
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
    // What is on the page can be looked at by what was done; an entry's own activity is asked for.
    let options = derive(move || {
        let known = actions.with(|list| {
            let items = list.iter().flat_map(|list| &list.items);
            items.map(|one| one.action.clone()).collect::<BTreeSet<String>>()
        });
        let any = (String::new(), words.any.to_owned());
        std::iter::once(any)
            .chain(known.into_iter().map(|action| (action.clone(), action)))
            .collect::<Vec<_>>()
    });
    let wanted = memo(move || query.with(|query| query.value("action").to_owned()));
    let filter = Callback::new(move |action: String| {
        desk.adjust(Route::Activity(query.with_untracked(|query| query.with("action", &action))));
    });
    let pages = move |next: Option<String>| {
        next.map(|next| {
            view! {
                <nav class="pages" aria-label=words.next_page>
                    <a class="button quiet" href=to("cursor", &next)>{words.next_page}</a>
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
            view! { <div class="empty"><h2>{words.no_activity}</h2></div> }
        }
        (_, false, Some(list), _) => view! {
            <table class="list">
                <thead><tr><th>{words.when}</th><th>{words.who}</th><th>{words.action}</th><th>{words.what}</th></tr></thead>
                <tbody>{list.items.into_iter().filter(|one| wanted.with(|wanted| wanted.is_empty() || one.action == *wanted)).map(|one| view! { <Line one /> }).collect_view()}</tbody>
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
            <Choice label=words.action options on_change=filter
                value=wanted />
        </div>
        {live(shown)}
    }
}

#[component]
fn Line(one: Activity) -> impl IntoView {
    let subject = match one.entry {
        Some(entry) => {
            let to = Route::Entry(entry.to_string()).address();
            view! { <a href=to>{one.subject}</a> }
        }
        None => one.subject.into_view(),
    };
    view! {
        <tr>
            <td><time datetime=one.at.to_string()>{time(one.at.as_str())}</time></td>
            <td>{one.actor.name}</td>
            <td><code>{one.action}</code></td>
            <td>{subject} " " <span class="aside">{one.detail}</span></td>
        </tr>
    }
}
