//! Sections: parts of the address, with who may read them told by the gate's routes.

use crate::ui::prelude::*;
use content::{
    path::SectionPath,
    wire::{NewSection, Section, SectionOrder},
};

use crate::{
    client::Request,
    model::{Failure, encoded, fill},
    page::{
        api::{API, ask, call, sending},
        audience::audience_badge,
        desk::desk,
        words::words,
    },
    ui::{Button, Choice, Dialog, Notice, TextField, Toggle, Tone},
};

/// What the dialog is about.
#[derive(Clone, PartialEq)]
enum About {
    New,
    Change(Section),
    Delete(Section),
}

#[component]
pub(super) fn Sections() -> impl IntoView {
    let (desk, words) = (desk(), words());
    let about = RwSignal::new(None::<About>);
    let row = move |section: Section| {
        let (change, delete) = (section.clone(), section.clone());
        view! {
            <li>
                <div class="what">
                    <strong>{section.title.clone()}</strong>
                    <p class="aside">
                        <code>{section.path.clone()}</code> {audience_badge(&section.audience)}
                        {fill(words.entries_count, &[&section.entries])}
                    </p>
                </div>
                <div class="actions">
                    <Button label=words.edit class="quiet small" name=format!("{}: {}", words.edit, section.title)
                        on_press=move |()| about.set(Some(About::Change(change.clone()))) />
                    <Button label=words.delete class="quiet small" name=format!("{}: {}", words.delete, section.title)
                        on_press=move |()| about.set(Some(About::Delete(delete.clone()))) />
                </div>
            </li>
        }
    };
    let title = derive(move || match about.get() {
        Some(About::Change(section)) => section.title,
        Some(About::Delete(_)) => words.delete.to_owned(),
        _ => words.new_section.to_owned(),
    });
    view! {
        <section>
            <h2>{words.sections}</h2>
            <p class="aside">{words.sections_text}</p>
            <ul class="rows sections">{live(move || desk.sections.get().into_iter().map(row).collect_view())}</ul>
            <Button label=words.new_section class="quiet" on_press=move |()| about.set(Some(About::New)) />
        </section>
        <Dialog open=derive(move || about.with(Option::is_some)) title on_cancel=move |()| about.set(None)>
            {live(move || match about.get() {
                Some(About::Delete(section)) => view! { <Delete section about /> },
                Some(About::Change(section)) => view! { <Form section=Some(section) about /> },
                Some(About::New) => view! { <Form section=None about /> },
                None => View::none(),
            })}
        </Dialog>
    }
}

#[component]
fn Form(section: Option<Section>, about: RwSignal<Option<About>>) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let path = section.as_ref().map(|section| format!("{API}/sections/{}", encoded(section.id.as_str())));
    let wanted = RwSignal::new(section.map_or_else(
        || NewSection {
            path: "/".to_owned(),
            title: String::new(),
            listed: true,
            order: SectionOrder::Newest,
            feed: true,
            page_size: 20,
        },
        |section| NewSection {
            path: section.path,
            title: section.title,
            listed: section.listed,
            order: section.order,
            feed: section.feed,
            page_size: section.page_size,
        },
    ));
    let failure = RwSignal::new(None::<Failure>);
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let path = path.clone();
        spawn_local(async move {
            let section = wanted.get_untracked();
            let new = format!("{API}/sections");
            let request = match &path {
                Some(path) => sending("PUT", path, &section),
                None => sending("POST", &new, &section),
            };
            match call::<Section>(desk.visit, request).await {
                Ok(_) => {
                    about.set(None);
                    desk.reload_sections();
                    desk.tell(words.saved);
                }
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    let orders: Vec<(String, String)> =
        [("newest", words.order_newest), ("manual", words.order_manual), ("title", words.order_title)]
            .map(|(name, text)| (name.to_owned(), text.to_owned()))
            .into();
    let order = derive(move || {
        let name = match wanted.with(|wanted| wanted.order) {
            SectionOrder::Newest => "newest",
            SectionOrder::Manual => "manual",
            SectionOrder::Title => "title",
        };
        name.to_owned()
    });
    let wrong = move || {
        let problem = wanted.with(|wanted| SectionPath::parse(&wanted.path)).err()?;
        Some(view! { <p class="wrong">{format!("{} {problem}", words.path)}</p> })
    };
    view! {
        <form on:submit=save>
            <TextField label=words.title id="section-title"
                value=derive(move || wanted.with(|wanted| wanted.title.clone()))
                on_input=move |text| wanted.update(|wanted| wanted.title = text) />
            <TextField label=words.path help=words.path_help id="section-path"
                value=derive(move || wanted.with(|wanted| wanted.path.clone()))
                on_input=move |text| wanted.update(|wanted| wanted.path = text) />
            {live(wrong)}
            <Choice label=words.listing_order value=order options=orders on_change=move |name: String| {
                wanted.update(|wanted| wanted.order = match name.as_str() {
                    "manual" => SectionOrder::Manual,
                    "title" => SectionOrder::Title,
                    _ => SectionOrder::Newest,
                });
            } />
            <TextField label=words.page_size kind="number"
                value=derive(move || wanted.with(|wanted| wanted.page_size.to_string()))
                on_input=move |text: String| {
                    if let Ok(size) = text.parse() {
                        wanted.update(|wanted| wanted.page_size = size);
                    }
                } />
            <Toggle label=words.listed value=derive(move || wanted.with(|wanted| wanted.listed))
                on_change=move |yes| wanted.update(|wanted| wanted.listed = yes) />
            <Toggle label=words.feed value=derive(move || wanted.with(|wanted| wanted.feed))
                on_change=move |yes| wanted.update(|wanted| wanted.feed = yes) />
            <Told failure />
            <div class="actions">
                <button>{words.save}</button>
                <Button label=words.cancel class="quiet" on_press=move |()| about.set(None) />
            </div>
        </form>
    }
}

#[component]
fn Told(failure: RwSignal<Option<Failure>>) -> impl IntoView {
    let words = words();
    live(move || {
        failure.get().map(|failure| {
            view! {
                <Notice tone=Tone::Bad what_happened=failure.what_happened(words)
                    what_to_do=failure.what_to_do(words).to_owned() />
            }
        })
    })
}

#[component]
fn Delete(section: Section, about: RwSignal<Option<About>>) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let failure = RwSignal::new(None::<Failure>);
    let path = StoredValue::new(format!("{API}/sections/{}", encoded(section.id.as_str())));
    let delete = move |()| {
        spawn_local(async move {
            let path = path.get_value();
            match ask(desk.visit, Request::new("DELETE", &path)).await {
                Ok(_) => {
                    about.set(None);
                    desk.reload_sections();
                }
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    view! {
        <p>{fill(words.delete_section_text, &[&section.title])}</p>
        <Told failure />
        <div class="actions">
            <Button label=words.delete class="danger" on_press=delete />
            <Button label=words.cancel class="quiet" on_press=move |()| about.set(None) />
        </div>
    }
}
