//! Chooses an entry to link to, or a media item to show.

use crate::ui::prelude::*;
use content::wire::{EntrySummary, List, MediaItem, MediaState};

use crate::{
    model::Query,
    page::{
        api::{API, Loading},
        desk::desk,
        media::thumbnail,
        words::words,
    },
    ui::{Bones, Dialog, TextField},
};

/// What is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// An entry.
    Entry,
    /// A media item.
    Media,
}

/// What was chosen.
#[derive(Clone, PartialEq)]
pub(super) struct Choice {
    pub(super) kind: Kind,
    pub(super) id: String,
    pub(super) text: String,
}

impl Choice {
    /// As it stands in a text; what was selected there is its text.
    pub(super) fn as_markdown(&self, selected: &str) -> String {
        let text = if selected.is_empty() { &self.text } else { selected };
        let text = text.replace(['[', ']'], "");
        format!("{}[{text}]({})", if self.kind == Kind::Media { "!" } else { "" }, self.reference())
    }

    /// As links and pictures name it.
    pub(super) fn reference(&self) -> String {
        format!("{}:{}", if self.kind == Kind::Media { "media" } else { "entry" }, self.id)
    }
}

type Answer = Callback<Option<Choice>>;

/// A question for an entry or a media item.
#[derive(Clone, Copy)]
pub(super) struct Pick(RwSignal<Option<(Kind, Answer)>>);

impl Pick {
    pub(super) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Asks for one; nothing is answered where nothing is chosen.
    pub(super) fn ask(self, kind: Kind, answer: Answer) {
        self.0.set(Some((kind, answer)));
    }

    fn answer(self, choice: Option<Choice>) {
        if let Some((_, answer)) = self.0.get_untracked() {
            // The dialog gives the focus back before the answer takes it where it belongs.
            self.0.set(None);
            set_timeout(move || answer.run(choice), std::time::Duration::ZERO);
        }
    }
}

#[component]
pub(super) fn Picker() -> impl IntoView {
    let (pick, words) = (expect_context::<Pick>(), words());
    let kind = memo(move || pick.0.with(|asked| asked.map(|(kind, _)| kind)));
    view! {
        <Dialog
            wide=true
            open=derive(move || kind.get().is_some())
            title=derive(move || match kind.get() {
                Some(Kind::Media) => words.picture.to_owned(),
                _ => words.link_entry.to_owned(),
            })
            on_cancel=move |()| pick.answer(None)
        >
            {live(move || kind.get().map(|kind| view! { <Search kind pick /> }))}
        </Dialog>
    }
}

#[component]
fn Search(kind: Kind, pick: Pick) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let text = RwSignal::new(String::new());
    let place = if kind == Kind::Media { "media" } else { "entries" };
    let loading = Loading::of(desk.visit, move || {
        format!("{API}/{place}{}", Query::default().with("limit", "20").with("q", &text.get()).text())
    });
    let found = memo(move || match kind {
        Kind::Entry => loading.value::<List<EntrySummary>>().get().map(|list| {
            let entries = list.items.into_iter();
            entries.map(|entry| (entry.id.to_string(), entry.title, entry.path, None)).collect::<Vec<_>>()
        }),
        Kind::Media => loading.value::<List<MediaItem>>().get().map(|list| {
            let items = list.items.into_iter().filter(|item| item.state == MediaState::Ready);
            items
                .map(|item| (item.id.to_string(), item.alt.clone(), item.name.clone(), thumbnail(&item)))
                .collect()
        }),
    });
    let shown = move || match found.get() {
        None => view! { <Bones label=words.loading /> },
        Some(found) if found.is_empty() => view! { <p>{words.no_results}</p> },
        Some(found) => {
            let choices = found.into_iter().map(|(id, text, beside, picture)| {
                let choice = Choice { kind, id, text: text.clone() };
                let name = if text.is_empty() { beside.clone() } else { text };
                view! {
                    <li>
                        <button type="button" class="plain" on:click=move |_| pick.answer(Some(choice.clone()))>
                            {picture.map(|url| view! { <img src=url alt="" loading="lazy" /> })}
                            <span>{name}</span> <span class="aside">{beside}</span>
                        </button>
                    </li>
                }
            });
            view! { <ul class="choices">{choices.collect_view()}</ul> }
        }
    };
    view! {
        <TextField label=words.search kind="search" value=text on_input=move |now| text.set(now) />
        {live(shown)}
    }
}
