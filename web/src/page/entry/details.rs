//! What stands beside the text: section, address and who may read it, summary, tags, picture, search engines.

use std::collections::BTreeSet;

use crate::ui::prelude::*;
use content::{
    path::{SectionPath, Slug},
    wire::{List, MediaItem, Revision, SectionOrder},
};
use serde::Deserialize;

use super::{
    pick::{Kind, Pick},
    sheet::Sheet,
};
use crate::{
    client,
    model::{Draft, encoded, fill},
    page::{
        api::{API, Loading},
        audience::audience_badge,
        media::thumbnail,
        words::words,
    },
    ui::{Button, Choice, TextField, Toggle},
};

#[component]
pub(super) fn Details() -> impl IntoView {
    let (sheet, words) = (expect_context::<Sheet>(), words());
    let read_only = derive(move || !sheet.writable.get());
    let value = move |read: fn(&Draft) -> &String| {
        let value = memo(move || sheet.draft.with(|draft| read(draft).clone()));
        Signal::<String>::from(value)
    };
    let change = move |write: fn(&mut Draft) -> &mut String| {
        Callback::new(move |text: String| sheet.draft.update(|draft| *write(draft) = text))
    };
    let by_hand = memo(move || {
        let section = sheet.draft.with(|draft| draft.content.section.clone());
        sheet.desk.sections.with(|sections| {
            sections.iter().any(|known| known.path == section && known.order == SectionOrder::Manual)
        })
    });
    view! {
        <aside class="details" aria-label=words.details>
            <Address />
            <Toggle
                label=words.ask_review
                value=derive(move || sheet.draft.with(|draft| draft.review))
                on_change=move |yes| sheet.draft.update(|draft| draft.review = yes)
                disabled=read_only
            />
            <TextField label=words.summary help=words.summary_help rows=3 read_only
                value=value(|draft| &draft.content.summary)
                on_input=change(|draft| &mut draft.content.summary) />
            <Tags />
            <Cover />
            <details>
                <summary>{words.search_engines}</summary>
                <TextField label=words.search_title read_only value=value(|draft| &draft.content.search_title)
                    on_input=change(|draft| &mut draft.content.search_title) />
                <TextField label=words.search_description rows=3 read_only
                    value=value(|draft| &draft.content.search_description)
                    on_input=change(|draft| &mut draft.content.search_description) />
                <Toggle
                    label=words.no_index
                    value=derive(move || sheet.draft.with(|draft| draft.content.no_index))
                    on_change=move |yes| sheet.draft.update(|draft| draft.content.no_index = yes)
                    disabled=read_only
                />
            </details>
            <TextField label=words.text_language help=words.text_language_help read_only
                value=value(|draft| &draft.content.language)
                on_input=change(|draft| &mut draft.content.language) />
            {live(move || by_hand.get().then(|| view! {
                <TextField label=words.order kind="number" read_only
                    value=derive(move || sheet.draft.with(|draft| draft.content.order.to_string()))
                    on_input=move |text: String| {
                        if let Ok(order) = text.parse() {
                            sheet.draft.update(|draft| draft.content.order = order);
                        }
                    } />
            }))}
        </aside>
    }
}

/// Section and slug, the address they come to, and who may read it there.
#[component]
fn Address() -> impl IntoView {
    let (sheet, words) = (expect_context::<Sheet>(), words());
    let read_only = derive(move || !sheet.writable.get());
    let section = memo(move || sheet.draft.with(|draft| draft.content.section.clone()));
    let slug = memo(move || sheet.draft.with(|draft| draft.content.slug.clone()));
    let options = derive(move || {
        sheet.desk.sections.with(|sections| {
            let options = sections
                .iter()
                .map(|known| (known.path.clone(), format!("{} ({})", known.title, known.path)));
            options.collect::<Vec<_>>()
        })
    });
    let address = memo(move || path_of(&section.get(), &slug.get()));
    // Where readers find it now.
    let published = Loading::of(sheet.desk.visit, move || {
        let number = sheet.entry.with(|entry| entry.summary.published_revision);
        number.map(|number| sheet.path(&format!("/revisions/{number}"))).unwrap_or_default()
    });
    let published = published.value::<Revision>();
    let audience = move || {
        let path = section.get();
        let known = sheet.desk.sections.with(|sections| {
            sections.iter().find(|known| known.path == path).map(|known| known.audience.clone())
        });
        known.unwrap_or_else(|| sheet.entry.with(|entry| entry.summary.audience.clone()))
    };
    let moved = move || {
        let (before, address) = (
            published.get()?.content.and_then(|content| path_of(&content.section, &content.slug).ok())?,
            address.get().ok()?,
        );
        (before != address).then(|| fill(words.slug_changed, &[&before]))
    };
    view! {
        <Choice label=words.section value=section options disabled=read_only
            on_change=move |path| sheet.draft.update(|draft| draft.content.section = path) />
        <TextField label=words.address help=words.slug_help id="slug" value=slug read_only
            on_input=move |slug: String| {
                sheet.draft.update(|draft| draft.content.slug = slug.trim().replace(' ', "-"));
            } />
        <p class="address" id="address">
            {live(move || match address.get() {
                Ok(address) => view! { <code>{address}</code> },
                Err(problem) => view! { <span class="wrong">{format!("{} {problem}", words.address)}</span> },
            })}
            " "
            {live(move || audience_badge(&audience()))}
        </p>
        {live(move || moved().map(|text| view! { <p class="aside">{text}</p> }))}
    }
}

/// The address of an entry.
fn path_of(section: &str, slug: &str) -> Result<String, String> {
    let path = SectionPath::parse(section).map_err(|problem| problem.to_string())?;
    let slug = Slug::parse(slug, &path).map_err(|problem| problem.to_string())?;
    Ok(path.entry(&slug))
}

/// A tag that was used before.
#[derive(Clone, PartialEq, Deserialize)]
struct Known {
    name: String,
}

/// Tags, with those that others used before as suggestions.
#[component]
fn Tags() -> impl IntoView {
    let (sheet, words) = (expect_context::<Sheet>(), words());
    let read_only = derive(move || !sheet.writable.get());
    let typed = RwSignal::new(sheet.draft.with_untracked(|draft| draft.content.tags.join(", ")));
    let loading = Loading::of(sheet.desk.visit, || format!("{API}/tags?limit=200"));
    let known = loading.value::<List<Known>>();
    let suggestions = memo(move || {
        known.with(|known| {
            let items = known.iter().flat_map(|known| &known.items);
            items.map(|tag| tag.name.clone()).collect::<BTreeSet<String>>()
        })
    });
    let edit = move |text: String| {
        let mut tags: Vec<String> = Vec::new();
        for tag in text.split(',').map(str::trim).filter(|tag| !tag.is_empty()) {
            if !tags.iter().any(|known| known == tag) {
                tags.push(tag.to_owned());
            }
        }
        typed.set(text);
        sheet.draft.update(|draft| draft.content.tags = tags);
    };
    watch(
        move || sheet.replaced.get(),
        move |_| typed.set(sheet.draft.with_untracked(|draft| draft.content.tags.join(", "))),
    );
    // What is suggested goes on where the last comma is.
    let rest = memo(move || {
        let text = typed.get();
        let last = client::lower_case(text.rsplit(',').next().unwrap_or_default().trim());
        let used = sheet.draft.with(|draft| draft.content.tags.clone());
        let known = suggestions.get().into_iter().filter(|tag| !used.contains(tag));
        let fitting: Vec<String> =
            known.filter(|tag| client::lower_case(tag).starts_with(&last)).take(6).collect();
        fitting
    });
    let add = move |tag: &str| {
        let before = typed.with_untracked(|text| {
            text.rsplit_once(',').map(|(before, _)| format!("{before}, ")).unwrap_or_default()
        });
        edit(format!("{before}{tag}, "));
    };
    view! {
        <TextField label=words.tags help=words.tags_help id="tags" value=typed on_input=edit read_only />
        <p class="suggestions">
            {live(move || (!read_only.get()).then(|| rest.get().into_iter().map(|tag| {
                let name = tag.clone();
                view! { <button type="button" class="chip" on:click=move |_| add(&name)>"+ " {tag}</button> }
            }).collect_view()))}
        </p>
    }
}

#[component]
fn Cover() -> impl IntoView {
    let (sheet, pick, words) = (expect_context::<Sheet>(), expect_context::<Pick>(), words());
    let cover = memo(move || sheet.draft.with(|draft| draft.content.cover.clone()));
    let loading = Loading::of(sheet.desk.visit, move || {
        cover.get().map_or_else(String::new, |id| format!("{API}/media/{}", encoded(id.as_str())))
    });
    let item = loading.value::<MediaItem>();
    let choose = move |()| {
        pick.ask(
            Kind::Media,
            Callback::new(move |choice: Option<super::pick::Choice>| {
                if let Some(choice) = choice {
                    sheet.draft.update(|draft| draft.content.cover = Some(choice.id.as_str().into()));
                }
            }),
        );
    };
    let remove = move |()| sheet.draft.update(|draft| draft.content.cover = None);
    let shown = move || match (cover.get(), item.get()) {
        (None, _) => view! { <p class="aside">{words.none}</p> },
        (Some(id), Some(item)) if item.id == id => {
            let source = thumbnail(&item);
            view! { <img class="cover" src=source alt=item.alt.clone() /> <p class="aside">{item.name}</p> }
        }
        (Some(_), _) => view! { <p class="aside">{words.loading}</p> },
    };
    let refusal = derive(move || super::head::unwritable(sheet));
    view! {
        <div class="field" role="group" aria-label=words.cover>
            <span class="label">{words.cover}</span>
            {live(shown)}
            <div class="actions">
                <Button label=words.choose class="quiet small" on_press=choose refusal />
                {live(move || cover.get().is_some().then(|| view! {
                    <Button label=words.remove class="quiet small" on_press=remove refusal />
                }))}
            </div>
        </div>
    }
}
