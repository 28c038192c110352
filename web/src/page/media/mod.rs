//! The media library.

mod item;
mod upload;

use crate::ui::prelude::*;
use content::{
    markdown::{Media, MediaFile, Source},
    permission::Permission,
    wire::{List, MediaItem, MediaState},
};

use self::{
    item::Item,
    upload::{Target, Upload, Uploads, start},
};
use super::{
    api::{API, Loading},
    audience::audience_badge,
    desk::desk,
    shell::Failed,
    words::words,
};
use crate::{
    model::{Query, Route, fill},
    ui::{Badge, Bones, Button, Choice, TextField},
};
pub(super) use upload::{until_ready, upload_pasted};

/// All that the API is told.
const NAMES: [&str; 3] = ["q", "section", "cursor"];

#[component]
pub(super) fn MediaPage() -> impl IntoView {
    let (desk, words) = (desk(), words());
    document().set_title(&format!("{} · Parapet", words.media));
    let query = memo_with_last(move |last: Option<&Query>| match desk.route.get() {
        Route::Media(query) => query,
        _ => last.cloned().unwrap_or_default(),
    });
    let loading = Loading::of(desk.visit, move || {
        format!("{API}/media{}", query.with(|query| query.only(&NAMES).text()))
    });
    let list = loading.value::<List<MediaItem>>();
    let failure = loading.failure();
    let uploads = RwSignal::new(Vec::<Upload>::new());
    let open = RwSignal::new(None::<String>);
    let section = RwSignal::new(String::new());
    let again = Callback::new(move |()| loading.again());
    // What is processed becomes ready by itself.
    effect(move || {
        let waits = list.with(|list| {
            list.iter().flat_map(|list| &list.items).any(|item| item.state == MediaState::Processing)
        });
        if waits {
            set_timeout(move || loading.again(), std::time::Duration::from_secs(1));
        }
    });
    let input = NodeRef::<web_sys::HtmlInputElement>::new();
    let begin = move |files: &web_sys::FileList| {
        for number in 0..files.length() {
            if let Some(file) = files.item(number) {
                start(desk, uploads, file, Target::Section(section.get_untracked()), again);
            }
        }
    };
    let chosen = move |_| {
        if let Some(input) = input.get_untracked() {
            if let Some(files) = input.files() {
                begin(&files);
            }
            input.set_value("");
        }
    };
    // Wherever on the page it is dropped: the browser would leave the page to show the file.
    on_window("dragover", |event: web_sys::DragEvent| event.prevent_default());
    on_window("drop", move |event: web_sys::DragEvent| {
        event.prevent_default();
        if let Some(files) = event.data_transfer().and_then(|data| data.files()) {
            begin(&files);
        }
    });
    on_window("paste", move |event: web_sys::ClipboardEvent| {
        if let Some(files) = event.clipboard_data().and_then(|data| data.files()) {
            begin(&files);
        }
    });
    let sections = derive(move || {
        desk.sections.with(|sections| {
            let options = sections
                .iter()
                .map(|known| (known.path.clone(), format!("{} ({})", known.title, known.path)));
            options.collect::<Vec<_>>()
        })
    });
    effect(move || {
        let first = desk.sections.with(|sections| {
            sections.iter().find(|known| known.listed).or(sections.first()).map(|known| known.path.clone())
        });
        section.set(first.unwrap_or_default());
    });
    let search = Callback::new(move |text: String| {
        desk.adjust(Route::Media(query.with_untracked(|query| query.with("q", &text))));
    });
    let shown = move || match (failure.get(), list.get()) {
        (Some(failure), None) => view! { <Failed failure again /> },
        (_, None) => view! { <Bones label=words.loading /> },
        (_, Some(list)) if list.items.is_empty() => {
            view! { <div class="empty"><h2>{words.no_media}</h2><p>{words.drop_here}</p></div> }
        }
        (_, Some(list)) => {
            let next = list.next.map(|next| {
                let to = Route::Media(query.with_untracked(|query| query.with("cursor", &next))).address();
                view! { <a class="button quiet" href=to>{words.next_page}</a> }
            });
            view! {
                <ul class="pictures">
                    {arrived(list.items).map(|item| view! { <Tile item open /> }).collect_view()}
                </ul>
                <nav class="pages" aria-label=words.next_page>
                    <p class="aside">{list.total.map(|total| fill(words.total, &[&total]))}</p>
                    {next}
                </nav>
            }
        }
    };
    let refusal = derive(move || desk.refusal(Permission::MediaUpload));
    view! {
        <div class="head"><h1>{words.media}</h1></div>
        <div class="drop">
            <p>{words.drop_here}</p>
            <Choice label=words.section value=section options=sections on_change=move |path| section.set(path) />
            <Button label=words.choose_files refusal on_press=move |()| {
                if let Some(input) = input.get_untracked() {
                    input.click();
                }
            } />
            <input type="file" multiple hidden node_ref=input id="files" aria-label=words.choose_files
                on:change=chosen />
        </div>
        <Uploads uploads />
        <search class="filters">
            <TextField label=words.search kind="search" on_input=search
                value=derive(move || query.with(|query| query.value("q").to_owned())) />
        </search>
        {live(shown)}
        <Item open again replace=Callback::new(move |(id, file)| {
            open.set(None);
            start(desk, uploads, file, Target::Item(id), again);
        }) />
    }
}

#[component]
fn Tile(item: MediaItem, open: RwSignal<Option<String>>) -> impl IntoView {
    let words = words();
    let id = item.id.to_string();
    let picture = thumbnail(&item).map(|url| view! { <img src=url alt="" loading="lazy" /> });
    let state = match item.state {
        MediaState::Ready if item.alt.is_empty() && item.kind.starts_with("image/") => {
            Some(view! { <Badge kind="review" text=words.alt_missing /> })
        }
        MediaState::Ready => None,
        MediaState::Uploading | MediaState::Processing => {
            Some(view! { <Badge kind="draft" text=words.processing /> })
        }
        MediaState::Refused => Some(view! { <Badge kind="bad" text=words.refused /> }),
    };
    view! {
        <li>
            <button type="button" class="plain tile" on:click=move |_| open.set(Some(id.clone()))>
                <span class="frame">{picture}</span>
                <span class="name">{item.name.clone()}</span>
            </button>
            <p class="aside">{audience_badge(&item.audience)} {state}</p>
        </li>
    }
}

/// Without what was begun and has not arrived, or never will.
fn arrived(items: Vec<MediaItem>) -> impl Iterator<Item = MediaItem> {
    items.into_iter().filter(|item| item.state != MediaState::Uploading)
}

/// The address of a small picture of an item.
pub(super) fn thumbnail(item: &MediaItem) -> Option<String> {
    let pictures = item.renditions.iter().filter(|rendition| rendition.kind.starts_with("image/"));
    pictures.min_by_key(|rendition| rendition.width).map(|rendition| rendition.url.clone())
}

/// An item as it stands on a page.
pub(super) fn on_a_page(item: MediaItem) -> Option<Media> {
    if item.kind.starts_with("image/") {
        let sources = item.renditions.into_iter().map(|rendition| Source {
            url: rendition.url,
            kind: rendition.kind,
            width: rendition.width,
            height: rendition.height,
        });
        return Some(Media::Picture { sources: sources.collect(), alt: item.alt });
    }
    let file = item.renditions.into_iter().next()?;
    Some(Media::File(MediaFile { url: file.url, kind: file.kind, name: item.name }))
}
