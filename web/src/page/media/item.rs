//! One media item: what it shows, where it is used, and its end.

use crate::ui::prelude::*;
use content::{
    permission::Permission,
    wire::{ChangedMedia, MediaId, MediaItem, Use},
};

use super::thumbnail;
use crate::{
    client::Request,
    model::{Failure, Route, encoded, fill},
    page::{
        api::{API, Loading, ask, call, sending},
        audience::audience_badge,
        desk::desk,
        shell::Failed,
        words::{time, words},
    },
    ui::{Bones, Button, Dialog, Fact, Facts, Notice, TextField, Tone},
};

#[component]
pub(super) fn Item(
    open: RwSignal<Option<String>>,
    again: Callback<()>,
    replace: Callback<(MediaId, web_sys::File)>,
) -> impl IntoView {
    let words = words();
    view! {
        <Dialog
            wide=true
            open=derive(move || open.with(Option::is_some))
            title=words.media
            on_cancel=move |()| open.set(None)
        >
            {live(move || open.get().map(|id| view! { <Shown id open again replace /> }))}
        </Dialog>
    }
}

#[component]
fn Shown(
    id: String,
    open: RwSignal<Option<String>>,
    again: Callback<()>,
    replace: Callback<(MediaId, web_sys::File)>,
) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let path = format!("{API}/media/{}", encoded(&id));
    let loading = Loading::of(desk.visit, move || path.clone());
    let (item, failure) = (loading.value::<MediaItem>(), loading.failure());
    live(move || match (item.get(), failure.get()) {
        (Some(item), _) => view! { <Form item open again replace /> },
        (None, Some(failure)) => {
            view! { <Failed failure again=Callback::new(move |()| loading.again()) /> }
        }
        (None, None) => view! { <Bones label=words.loading /> },
    })
}

#[component]
fn Form(
    item: MediaItem,
    open: RwSignal<Option<String>>,
    again: Callback<()>,
    replace: Callback<(MediaId, web_sys::File)>,
) -> impl IntoView {
    let (desk, words) = (desk(), words());
    let (name, alt) = (RwSignal::new(item.name.clone()), RwSignal::new(item.alt.clone()));
    let failure = RwSignal::new(None::<Failure>);
    let path = StoredValue::new(format!("{API}/media/{}", encoded(item.id.as_str())));
    let save = move |event: web_sys::SubmitEvent| {
        event.prevent_default();
        let changed = ChangedMedia { name: Some(name.get_untracked()), alt: Some(alt.get_untracked()) };
        spawn_local(async move {
            let path = path.get_value();
            match call::<MediaItem>(desk.visit, sending("PATCH", &path, &changed)).await {
                Ok(_) => {
                    open.set(None);
                    again.run(());
                    desk.tell(words.saved);
                }
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    let delete = move |()| {
        spawn_local(async move {
            let path = path.get_value();
            match ask(desk.visit, Request::new("DELETE", &path)).await {
                Ok(_) => {
                    open.set(None);
                    again.run(());
                    desk.tell(fill(words.delete_media_text, &[&name.get_untracked()]));
                }
                Err(why) => failure.set(Some(why)),
            }
        });
    };
    let used: Vec<_> = item
        .used_in
        .iter()
        .flatten()
        .map(|used| {
            let place = match used.place {
                Use::Published => words.use_published,
                Use::Draft => words.use_draft,
                Use::Revision => words.use_revision,
            };
            let to = Route::Entry(used.entry.to_string()).address();
            view! { <li><a href=to>{used.title.clone()}</a> " " <span class="aside">{place}</span></li> }
        })
        .collect();
    let used = if used.is_empty() {
        view! { <p class="aside">{words.not_used}</p> }
    } else {
        view! { <ul>{used}</ul> }
    };
    let size = item.width.zip(item.height).map(|(width, height)| format!("{width} × {height}, "));
    let (input, id) = (NodeRef::<web_sys::HtmlInputElement>::new(), item.id.clone());
    let chosen = move |_| {
        let files = input.get_untracked().and_then(|input| input.files());
        if let Some(file) = files.and_then(|files| files.item(0)) {
            replace.run((id.clone(), file));
        }
    };
    let problem = item.replacement.as_ref().map_or(&item.problem, |next| &next.problem);
    let refused = problem.as_ref().map(|problem| {
        let why = problem.detail.clone().unwrap_or_else(|| problem.title.clone());
        view! { <Notice tone=Tone::Bad what_happened=words.refused what_to_do=why /> }
    });
    view! {
        <form on:submit=save>
            {refused}
            {largest(&item).map(|url| view! { <img class="shown" src=url alt=item.alt.clone() /> })}
            <TextField label=words.alt rows=2 id="alt" value=alt on_input=move |text| alt.set(text) />
            <TextField label=words.name value=name on_input=move |text| name.set(text) />
            <Facts>
                <Fact name=words.what>{format!("{}{}, {} KB", size.unwrap_or_default(), item.kind, item.size / 1000)}</Fact>
                <Fact name=words.section>{item.section.clone()} " " {audience_badge(&item.audience)}</Fact>
                <Fact name=words.when>{time(item.created_at.as_str())}</Fact>
                <Fact name=words.used_in>{used}</Fact>
            </Facts>
            {live(move || failure.get().map(|failure| view! {
                <Notice tone=Tone::Bad what_happened=failure.what_happened(words)
                    what_to_do=failure.what_to_do(words).to_owned() />
            }))}
            <div class="actions">
                <button>{words.save}</button>
                <Button label=words.replace_file class="quiet" on_press=move |()| {
                    if let Some(input) = input.get_untracked() {
                        input.click();
                    }
                } refusal=derive(move || desk.refusal(Permission::MediaUpload)) />
                <input type="file" hidden node_ref=input id="replacement"
                    aria-label=words.replace_file on:change=chosen />
                <Button label=words.delete class="danger quiet" on_press=delete
                    refusal=derive(move || desk.refusal(Permission::MediaDelete)) />
                <Button label=words.cancel class="quiet" on_press=move |()| open.set(None) />
            </div>
        </form>
    }
}

fn largest(item: &MediaItem) -> Option<String> {
    let fitting = item.renditions.iter().filter(|rendition| rendition.kind.starts_with("image/"));
    let fitting =
        fitting.filter(|rendition| rendition.width <= 1_280).max_by_key(|rendition| rendition.width);
    fitting.map(|rendition| rendition.url.clone()).or_else(|| thumbnail(item))
}
