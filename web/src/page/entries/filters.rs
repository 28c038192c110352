//! The filters of the list, each in the address bar.

use std::time::Duration;

use crate::ui::prelude::*;

use super::FILTERS;
use crate::{
    model::{Query, Route},
    page::{desk::desk, words::words},
    ui::{Choice, TextField, Toggle},
};

/// A search begins when typing pauses for so long.
const PAUSE: Duration = Duration::from_millis(250);

#[component]
pub(super) fn Filters(query: Memo<Query>) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let value = move |name: &'static str| derive(move || query.with(|query| query.value(name).to_owned()));
    let change = move |name: &'static str| {
        Callback::new(move |value: String| {
            desk.go(Route::Entries(query.with_untracked(|query| query.with(name, &value))));
        })
    };
    let any = move |options: Vec<(&str, &str)>| {
        let mut all = vec![(String::new(), words.any.to_owned())];
        all.extend(options.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())));
        all
    };
    let states = any(vec![
        ("draft", words.draft),
        ("published", words.published),
        ("changed", words.changed),
        ("scheduled", words.scheduled),
        ("archived", words.archived),
        ("trashed", words.trashed),
    ]);
    let sections = derive(move || {
        let mut options = vec![(String::new(), words.any.to_owned())];
        desk.sections.with(|sections| {
            options.extend(sections.iter().map(|section| (section.path.clone(), section.title.clone())));
        });
        options
    });
    let sorts: Vec<(String, String)> = [
        ("", words.sort_updated),
        ("title", words.sort_title),
        ("-published_at", words.sort_published),
        ("path", words.sort_path),
    ]
    .map(|(name, text)| (name.to_owned(), text.to_owned()))
    .into();
    let mine = derive(move || {
        let me = desk.me.with(|me| me.id.to_string());
        query.with(|query| query.value("author") == me)
    });
    let pause = StoredValue::new(None::<TimeoutHandle>);
    let typed = Callback::new(move |text: String| {
        if let Some(pause) = pause.get_value() {
            pause.clear();
        }
        // Each letter would be a step for Back otherwise.
        let search =
            move || desk.adjust(Route::Entries(query.with_untracked(|query| query.with("q", &text))));
        pause.set_value(set_timeout_with_handle(search, PAUSE).ok());
    });
    let tagged = move || {
        let tag = query.with(|query| query.value("tag").to_owned());
        (!tag.is_empty())
            .then(|| chip(format!("{}: {tag}", words.tag), move || change("tag").run(String::new())))
    };
    let written = move || {
        let other = query.with(|query| !query.value("author").is_empty()) && !mine.get();
        other.then(|| chip(words.author.to_owned(), move || change("author").run(String::new())))
    };
    view! {
        <search class="filters">
            <TextField label=words.search kind="search" id="search" value=value("q") on_input=typed />
            <Choice label=words.state value=value("state") options=states on_change=change("state") />
            <Choice label=words.section value=value("section") options=sections on_change=change("section") />
            <Choice label=words.sort value=value("sort") options=sorts on_change=change("sort") />
            <div class="toggles">
                <Toggle label=words.only_mine value=mine on_change=move |yes| {
                    let me = desk.me.with_untracked(|me| me.id.to_string());
                    change("author").run(if yes { me } else { String::new() });
                } />
                <Toggle
                    label=words.in_review
                    value=derive(move || query.with(|query| query.value("review") == "true"))
                    on_change=move |yes| change("review").run(if yes { "true".to_owned() } else { String::new() })
                />
                {live(tagged)}
                {live(written)}
                {live(move || (!query.with(|query| query.is_without(&FILTERS))).then(|| view! {
                    <a href=Route::home().address()>{words.clear_filters}</a>
                }))}
            </div>
        </search>
    }
}

fn chip(text: String, remove: impl Fn() + 'static) -> impl IntoView {
    let name = crate::model::fill(words().remove_named, &[&text]);
    view! {
        <button type="button" class="chip" aria-label=name on:click=move |_| remove()>
            {text} <span aria-hidden="true">"×"</span>
        </button>
    }
}
