//! Pictures without a description, asked for before they are published.

use crate::ui::prelude::*;
use content::wire::{ChangedMedia, MediaItem};

use super::{publishing::Course, sheet::Sheet};
use crate::{
    client::Request,
    model::{encoded, pictures_without_text},
    page::{
        api::{API, call, sending},
        media::thumbnail,
        words::words,
    },
    ui::{Button, Dialog, TextField},
};

/// The pictures of an entry that neither the text nor the library describes.
pub(super) async fn undescribed(sheet: Sheet) -> Vec<MediaItem> {
    let ids = sheet.draft.with_untracked(|draft| {
        let mut ids = pictures_without_text(&draft.content.body);
        ids.extend(draft.content.cover.as_ref().map(ToString::to_string));
        ids
    });
    let mut items = Vec::new();
    for id in ids {
        let path = format!("{API}/media/{}", encoded(&id));
        if let Ok(item) = call::<MediaItem>(sheet.desk.visit, Request::get(&path)).await
            && item.alt.trim().is_empty()
            && item.kind.starts_with("image/")
        {
            items.push(item);
        }
    }
    items
}

#[component]
pub(super) fn Describing(items: RwSignal<Vec<MediaItem>>) -> impl IntoView {
    let words = words();
    view! {
        <Dialog
            open=derive(move || items.with(|items| !items.is_empty()))
            title=words.alt_title
            on_cancel=move |()| items.set(Vec::new())
        >
            {live(move || view! { <Form items /> })}
        </Dialog>
    }
}

#[component]
fn Form(items: RwSignal<Vec<MediaItem>>) -> impl IntoView {
    let (sheet, course, words) = (expect_context::<Sheet>(), expect_context::<Course>(), words());
    let texts: Vec<(MediaItem, RwSignal<String>)> =
        items.get_untracked().into_iter().map(|item| (item, RwSignal::new(String::new()))).collect();
    let fields = texts.iter().map(|(item, text)| {
        let (picture, text) = (thumbnail(item), *text);
        view! {
            <div class="describe">
                {picture.map(|url| view! { <img src=url alt="" /> })}
                <TextField label=format!("{} ({})", words.alt, item.name) rows=2 value=text
                    on_input=move |now| text.set(now) />
            </div>
        }
    });
    let fields = fields.collect_view();
    let texts = StoredValue::new(texts);
    let submit = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        spawn_local(async move {
            for (item, text) in texts.get_value() {
                let alt = text.get_untracked();
                if alt.trim().is_empty() {
                    continue;
                }
                let path = format!("{API}/media/{}", encoded(item.id.as_str()));
                let changed = ChangedMedia { name: None, alt: Some(alt) };
                if let Err(failure) =
                    call::<MediaItem>(sheet.desk.visit, sending("PATCH", &path, &changed)).await
                {
                    return sheet.desk.tell(failure.what_happened(words));
                }
            }
            items.set(Vec::new());
            course.publish_described(Vec::new());
        });
    };
    view! {
        <form on:submit=submit>
            <p>{words.alt_text}</p>
            {fields}
            <div class="actions">
                <button>{words.publish}</button>
                <Button label=words.publish_anyway class="quiet" on_press=move |()| {
                    items.set(Vec::new());
                    course.publish_described(Vec::new());
                } />
                <Button label=words.cancel class="quiet" on_press=move |()| items.set(Vec::new()) />
            </div>
        </form>
    }
}
