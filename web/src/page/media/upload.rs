//! Uploads on their way: each with its progress, to be cancelled and tried again.

use crate::ui::prelude::*;
use content::wire::{MediaId, MediaItem, MediaState, NewMedia, NewReplacement};
use web_sys::{File, FileList};

use crate::{
    client::{self, NoAnswer, Request, Sending},
    model::{Failure, encoded, fill},
    page::{
        api::{API, ask, call, failure, sending},
        desk::Desk,
        words::words,
    },
    ui::Button,
};

/// What a file is to be.
#[derive(Clone)]
pub(super) enum Target {
    /// A new item in this section.
    Section(String),
    /// In the place of this item's file.
    Item(MediaId),
}

/// One upload.
#[derive(Clone)]
pub(super) struct Upload {
    key: String,
    name: String,
    file: File,
    target: Target,
    again: Callback<()>,
    way: Way,
}

/// How far an upload is.
#[derive(Clone, Copy)]
struct Way {
    /// The share that was sent, 0 to 100.
    progress: RwSignal<u32>,
    /// Whether all of it arrived, and its sizes are made.
    arrived: RwSignal<bool>,
    failed: RwSignal<Option<Failure>>,
    /// What was begun for it and waits for its bytes.
    item: StoredValue<Option<MediaItem>>,
    sending: StoredValue<Option<Sending>>,
    cancelled: StoredValue<bool>,
}

impl Way {
    fn new() -> Self {
        Self {
            progress: RwSignal::new(0),
            arrived: RwSignal::new(false),
            failed: RwSignal::new(None),
            item: StoredValue::new(None),
            sending: StoredValue::new(None),
            cancelled: StoredValue::new(false),
        }
    }

    /// Stops it, wherever it is, and takes back what was begun.
    fn cancel(self, desk: Desk) {
        self.cancelled.set_value(true);
        self.sending.with_value(|sending| {
            if let Some(sending) = sending {
                sending.cancel();
            }
        });
        if let Some(item) = self.item.get_value() {
            spawn_local(async move {
                let mut path = format!("{API}/media/{}", encoded(item.id.as_str()));
                if item.replacement.is_some() {
                    path.push_str("/replacement");
                }
                // What stays behind is not shown: no bytes of it arrived.
                let _ = ask(desk.visit, Request::new("DELETE", &path)).await;
            });
        }
    }
}

type List = RwSignal<Vec<Upload>>;

/// Begins to upload a file; `again` is told when it arrived.
pub(super) fn start(desk: Desk, uploads: List, file: File, target: Target, again: Callback<()>) {
    let (key, name, way) = (client::unique(), file.name(), Way::new());
    let upload = Upload { key, name, file, target, again, way };
    uploads.update(|uploads| uploads.push(upload.clone()));
    run(desk, uploads, upload);
}

fn run(desk: Desk, uploads: List, upload: Upload) {
    let way = upload.way;
    way.failed.set(None);
    way.progress.set(0);
    spawn_local(async move {
        match send(desk, &upload.file, &upload.target, way).await {
            Ok(_) => {
                uploads.try_update(|uploads| uploads.retain(|known| known.key != upload.key));
                upload.again.try_run(());
            }
            Err(failure) => way.failed.try_set(Some(failure)),
        }
    });
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a file's size is a whole number of bytes"
)]
async fn begin(desk: Desk, file: &File, target: &Target) -> Result<MediaItem, Failure> {
    let (name, kind, size) = (file.name(), file.type_(), file.size() as u64);
    match target {
        Target::Section(section) => {
            let section = (!section.is_empty()).then(|| section.clone());
            let new = NewMedia { name, kind, size, section, alt: String::new() };
            call(desk.visit, sending("POST", &format!("{API}/media"), &new)).await
        }
        Target::Item(id) => {
            let path = format!("{API}/media/{}/replacement", encoded(id.as_str()));
            call(desk.visit, sending("POST", &path, &NewReplacement { name, kind, size })).await
        }
    }
}

/// Uploads a file, and waits until it can be shown. What was begun before goes on where it stopped.
async fn send(desk: Desk, file: &File, target: &Target, way: Way) -> Result<MediaItem, Failure> {
    let item = match way.item.try_get_value().flatten() {
        Some(item) => item,
        None => begin(desk, file, target).await?,
    };
    way.item.try_set_value(Some(item.clone()));
    if way.cancelled.try_get_value() == Some(true) {
        way.cancel(desk);
        return Err(Failure::Unreadable);
    }
    if !way.arrived.try_with_untracked(|arrived| *arrived).unwrap_or_default() {
        put(file, &item, way).await?;
        way.arrived.try_set(true);
    }
    until_ready(desk, item.id.as_str()).await
}

/// Puts the bytes where they are awaited.
async fn put(file: &File, item: &MediaItem, way: Way) -> Result<(), Failure> {
    let target = item.upload.clone().ok_or(Failure::Unreadable)?;
    let on_its_way = Sending::begin(&target.method, &target.url, &target.headers, move |share| {
        way.progress.try_set(share);
    });
    let on_its_way = on_its_way.map_err(failure)?;
    way.sending.try_set_value(Some(on_its_way.clone()));
    match on_its_way.finish(file).await.map_err(failure)? {
        200..=299 => Ok(()),
        refused => {
            // What was refused there is begun anew.
            way.item.try_set_value(None);
            Err(Failure::Refused(refused, None))
        }
    }
}

/// Uploads what was pasted or dropped into a text, and says its id as soon as it can be shown. No file's name describes a
/// picture: its description is asked for before it is published.
pub(in crate::page) fn upload_pasted(desk: Desk, files: &FileList, section: String, done: Callback<String>) {
    for number in 0..files.length() {
        let Some(file) = files.item(number) else { continue };
        let (target, name) = (Target::Section(section.clone()), file.name());
        desk.tell(fill(words().uploading, &[&name]));
        spawn_local(async move {
            match send(desk, &file, &target, Way::new()).await {
                Ok(item) => {
                    done.try_run(item.id.to_string());
                }
                Err(failure) => {
                    let why = failure.what_happened(words());
                    desk.tell(format!("{} {why}", fill(words().upload_failed, &[&name])));
                }
            }
        });
    }
}

/// Waits until an item can be shown.
pub(in crate::page) async fn until_ready(desk: Desk, id: &str) -> Result<MediaItem, Failure> {
    let path = format!("{API}/media/{}", encoded(id));
    for _ in 0..60 {
        let item = match call::<MediaItem>(desk.visit, Request::get(&path)).await {
            Ok(item) => item,
            Err(failure) if failure.may_pass() => {
                client::pause(500).await;
                continue;
            }
            Err(failure) => return Err(failure),
        };
        let (state, problem) = match &item.replacement {
            Some(next) => (next.state, &next.problem),
            None => (item.state, &item.problem),
        };
        match state {
            MediaState::Ready => return Ok(item),
            MediaState::Refused => {
                return Err(problem
                    .clone()
                    .map_or(Failure::Unreadable, |problem| Failure::Problem(Box::new(problem))));
            }
            MediaState::Uploading | MediaState::Processing => {
                client::pause(500).await;
            }
        }
    }
    Err(failure(NoAnswer::TimedOut))
}

#[component]
pub(super) fn Uploads(uploads: List) -> impl IntoView {
    let (desk, words) = (crate::page::desk::desk(), words());
    let row = move |upload: Upload| {
        let Upload { way, key, name, .. } = upload.clone();
        let cancel = move |()| {
            way.cancel(desk);
            uploads.update(|uploads| uploads.retain(|known| known.key != key));
        };
        let label = fill(words.uploading, &[&name]);
        let again = StoredValue::new(upload);
        view! {
            <li>
                <span>{name}</span>
                {live(move || match way.failed.get() {
                    Some(failure) => view! {
                        <span class="wrong" role="alert">{failure.what_happened(words)}</span>
                        <Button label=words.try_again class="quiet small"
                            on_press=move |()| run(desk, uploads, again.get_value()) />
                    },
                    None if way.arrived.get() => view! { <span class="aside">{words.processing}</span> },
                    None => view! {
                        <progress max="100" aria-label=label.clone() prop:value=way.progress></progress>
                    },
                })}
                <Button label=words.cancel class="quiet small" on_press=cancel />
            </li>
        }
    };
    view! { <ul class="uploads">{live(move || uploads.get().into_iter().map(row).collect_view())}</ul> }
}
