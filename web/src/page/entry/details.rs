//! What stands beside the text: section, address and who may read it, summary, tags, picture, search engines.

use std::collections::BTreeSet;

use content::{
    path::{SectionPath, Slug},
    wire::{MediaItem, SectionOrder},
};
use leptos::prelude::*;

use super::{
    pick::{Kind, Pick},
    sheet::Sheet,
};
use crate::{
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
    let read_only = Signal::derive(move || !sheet.writable.get());
    let value = move |read: fn(&Draft) -> &String| {
        let value = Memo::new(move |_| sheet.draft.with(|draft| read(draft).clone()));
        Signal::<String>::from(value)
    };
    let change = move |write: fn(&mut Draft) -> &mut String| {
        Callback::new(move |text: String| sheet.draft.update(|draft| *write(draft) = text))
    };
    let by_hand = Memo::new(move |_| {
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
                value=Signal::derive(move || sheet.draft.with(|draft| draft.review))
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
                    value=Signal::derive(move || sheet.draft.with(|draft| draft.content.no_index))
                    on_change=move |yes| sheet.draft.update(|draft| draft.content.no_index = yes)
                    disabled=read_only
                />
            </details>
            <TextField label=words.text_language help=words.text_language_help read_only
                value=value(|draft| &draft.content.language)
                on_input=change(|draft| &mut draft.content.language) />
            {move || by_hand.get().then(|| view! {
                <TextField label=words.order kind="number" read_only
                    value=Signal::derive(move || sheet.draft.with(|draft| draft.content.order.to_string()))
                    on_input=move |text: String| {
                        if let Ok(order) = text.parse() {
                            sheet.draft.update(|draft| draft.content.order = order);
                        }
                    } />
            })}
        </aside>
    }
}

/// Section and slug, the address they come to, and who may read it there.
#[component]
fn Address() -> impl IntoView {
    let (sheet, words) = (expect_context::<Sheet>(), words());
    let read_only = Signal::derive(move || !sheet.writable.get());
    let section = Memo::new(move |_| sheet.draft.with(|draft| draft.content.section.clone()));
    let slug = Memo::new(move |_| sheet.draft.with(|draft| draft.content.slug.clone()));
    let options = Signal::derive(move || {
        sheet.desk.sections.with(|sections| {
            let options = sections
                .iter()
                .map(|known| (known.path.clone(), format!("{} ({})", known.title, known.path)));
            options.collect::<Vec<_>>()
        })
    });
    let address = Memo::new(move |_| {
        let path = SectionPath::parse(&section.get()).map_err(|problem| problem.to_string())?;
        let slug = Slug::parse(&slug.get(), &path).map_err(|problem| problem.to_string())?;
        Ok::<_, String>(path.entry(&slug))
    });
    let audience = move || {
        let path = section.get();
        let known = sheet.desk.sections.with(|sections| {
            sections.iter().find(|known| known.path == path).map(|known| known.audience.clone())
        });
        known.unwrap_or_else(|| sheet.entry.with(|entry| entry.summary.audience.clone()))
    };
    let moved = move || {
        let address = address.get().ok()?;
        sheet.entry.with(|entry| {
            let told = &entry.summary;
            let before =
                told.release.as_ref().and_then(|release| release.paths.first()).unwrap_or(&told.path);
            (told.published_revision.is_some() && *before != address)
                .then(|| fill(words.slug_changed, &[before]))
        })
    };
    view! {
        <Choice label=words.section value=section options disabled=read_only
            on_change=move |path| sheet.draft.update(|draft| draft.content.section = path) />
        <TextField label=words.address help=words.slug_help id="slug" value=slug read_only
            on_input=move |slug: String| {
                sheet.draft.update(|draft| draft.content.slug = slug.trim().replace(' ', "-"));
            } />
        <p class="address" id="address">
            {move || match address.get() {
                Ok(address) => view! { <code>{address}</code> }.into_any(),
                Err(problem) => view! { <span class="wrong">{format!("{} {problem}", words.address)}</span> }.into_any(),
            }}
            " "
            {move || audience_badge(&audience())}
        </p>
        {move || moved().map(|text| view! { <p class="aside">{text}</p> })}
    }
}

/// Tags, with those that others used before as suggestions.
#[component]
fn Tags() -> impl IntoView {
    let (sheet, words) = (expect_context::<Sheet>(), words());
    let read_only = Signal::derive(move || !sheet.writable.get());
    let typed = RwSignal::new(sheet.draft.with_untracked(|draft| draft.content.tags.join(", ")));
    let loading = Loading::of(sheet.desk.visit, || format!("{API}/tags"));
    let known = loading.value::<serde_json::Value>();
    // A list of names, or of objects with a name.
    let suggestions = Memo::new(move |_| {
        let known = known.get().unwrap_or_default();
        let items = known.get("items").unwrap_or(&known).as_array().cloned().unwrap_or_default();
        let names =
            items.iter().filter_map(|item| item.as_str().or(item.get("tag").or(item.get("name"))?.as_str()));
        names.map(ToOwned::to_owned).collect::<BTreeSet<String>>()
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
    Effect::watch(
        move || sheet.replaced.get(),
        move |_, _, _| typed.set(sheet.draft.with_untracked(|draft| draft.content.tags.join(", "))),
        false,
    );
    // What is suggested goes on where the last comma is.
    let rest = Memo::new(move |_| {
        let text = typed.get();
        let last = text.rsplit(',').next().unwrap_or_default().trim().to_lowercase();
        let used = sheet.draft.with(|draft| draft.content.tags.clone());
        let known = suggestions.get().into_iter().filter(|tag| !used.contains(tag));
        let fitting: Vec<String> =
            known.filter(|tag| tag.to_lowercase().starts_with(&last)).take(6).collect();
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
            {move || (!read_only.get()).then(|| rest.get().into_iter().map(|tag| {
                let name = tag.clone();
                view! { <button type="button" class="chip" on:click=move |_| add(&name)>"+ " {tag}</button> }
            }).collect_view())}
        </p>
    }
}

#[component]
fn Cover() -> impl IntoView {
    let (sheet, pick, words) = (expect_context::<Sheet>(), expect_context::<Pick>(), words());
    let cover = Memo::new(move |_| sheet.draft.with(|draft| draft.content.cover.clone()));
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
        (None, _) => view! { <p class="aside">{words.none}</p> }.into_any(),
        (Some(id), Some(item)) if item.id == id => {
            let source = thumbnail(&item);
            view! { <img class="cover" src=source alt=item.alt.clone() /> <p class="aside">{item.name}</p> }
                .into_any()
        }
        (Some(_), _) => view! { <p class="aside">{words.loading}</p> }.into_any(),
    };
    let refusal = Signal::derive(move || super::head::unwritable(sheet));
    view! {
        <div class="field" role="group" aria-label=words.cover>
            <span class="label">{words.cover}</span>
            {shown}
            <div class="actions">
                <Button label=words.choose class="quiet small" on_press=choose refusal />
                {move || cover.get().is_some().then(|| view! {
                    <Button label=words.remove class="quiet small" on_press=remove refusal />
                })}
            </div>
        </div>
    }
}
