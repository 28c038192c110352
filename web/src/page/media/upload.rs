//! Uploads on their way: each with its progress, to be cancelled and tried again.

use crate::ui::prelude::*;
use content::wire::{MediaItem, MediaState, NewMedia};
use web_sys::{File, FileList};

use crate::{
    client::{self, NoAnswer, Request, Sending},
    model::{Failure, encoded, fill},
    page::{
        api::{API, call, failure, sending},
        desk::Desk,
        words::words,
    },
    ui::Button,
};

/// One upload.
#[derive(Clone)]
pub(super) struct Upload {
    key: String,
    name: String,
    file: File,
    section: String,
    progress: RwSignal<u32>,
    failed: RwSignal<Option<Failure>>,
    sending: StoredValue<Option<Sending>>,
    again: Callback<()>,
}

type List = RwSignal<Vec<Upload>>;

/// Begins to upload a file; `again` is told when it arrived.
pub(super) fn start(desk: Desk, uploads: List, file: File, section: String, again: Callback<()>) {
    let upload = Upload {
        key: client::unique(),
        name: file.name(),
        file,
        section,
        progress: RwSignal::new(0),
        failed: RwSignal::new(None),
        sending: StoredValue::new(None),
        again,
    };
    uploads.update(|uploads| uploads.push(upload.clone()));
    run(desk, uploads, upload);
}

fn run(desk: Desk, uploads: List, upload: Upload) {
    upload.failed.set(None);
    upload.progress.set(0);
    spawn_local(async move {
        match send(desk, &upload.file, &upload.section, upload.progress, upload.sending).await {
            Ok(_) => {
                uploads.try_update(|uploads| uploads.retain(|known| known.key != upload.key));
                upload.again.try_run(());
            }
            Err(failure) => upload.failed.try_set(Some(failure)),
        }
    });
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a file's size is a whole number of bytes"
)]
async fn send(
    desk: Desk,
    file: &File,
    section: &str,
    progress: RwSignal<u32>,
    handle: StoredValue<Option<Sending>>,
) -> Result<MediaItem, Failure> {
    let wanted = NewMedia {
        name: file.name(),
        kind: file.type_(),
        size: file.size() as u64,
        section: (!section.is_empty()).then(|| section.to_owned()),
        alt: String::new(),
    };
    let path = format!("{API}/media");
    let item = call::<MediaItem>(desk.visit, sending("POST", &path, &wanted)).await?;
    let target = item.upload.clone().ok_or(Failure::Unreadable)?;
    let on_its_way = Sending::begin(&target.method, &target.url, &target.headers, move |share| {
        progress.try_set(share);
    });
    let on_its_way = on_its_way.map_err(failure)?;
    handle.try_set_value(Some(on_its_way.clone()));
    match on_its_way.finish(file).await {
        Ok(200..=299) => Ok(item),
        Ok(status) => Err(Failure::Refused(status, None)),
        Err(no_answer) => Err(failure(no_answer)),
    }
}

/// Uploads what was pasted or dropped into a text, and says its id and a description as soon as it can be shown.
pub(in crate::page) fn upload_pasted(
    desk: Desk,
    files: &FileList,
    section: String,
    done: Callback<(String, String)>,
) {
    for number in 0..files.length() {
        let Some(file) = files.item(number) else { continue };
        let (section, name) = (section.clone(), file.name());
        desk.tell(fill(words().uploading, &[&name]));
        spawn_local(async move {
            let progress = RwSignal::new(0);
            match send(desk, &file, &section, progress, StoredValue::new(None)).await {
                Ok(item) => match until_ready(desk, item.id.as_str()).await {
                    Ok(item) => {
                        let alt = item.name.rsplit_once('.').map_or(item.name.as_str(), |(stem, _)| stem);
                        let alt = alt.replace(['[', ']', '-', '_'], " ");
                        done.try_run((item.id.to_string(), alt));
                    }
                    Err(failure) => desk.tell(failure.what_happened(words())),
                },
                Err(failure) => {
                    let why = failure.what_happened(words());
                    desk.tell(format!("{} {why}", fill(words().upload_failed, &[&name])));
                }
            }
        });
    }
}

async fn until_ready(desk: Desk, id: &str) -> Result<MediaItem, Failure> {
    let path = format!("{API}/media/{}", encoded(id));
    for _ in 0..60 {
        let item = call::<MediaItem>(desk.visit, Request::get(&path)).await?;
        match item.state {
            MediaState::Ready => return Ok(item),
            MediaState::Refused => {
                return Err(item
                    .problem
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
        let Upload { progress, failed, sending, key, name, .. } = upload.clone();
        let cancel = move |()| {
            sending.with_value(|sending| {
                if let Some(sending) = sending {
                    sending.cancel();
                }
            });
            uploads.update(|uploads| uploads.retain(|known| known.key != key));
        };
        let label = fill(words.uploading, &[&name]);
        let again = StoredValue::new(upload);
        view! {
            <li>
                <span>{name}</span>
                {live(move || match failed.get() {
                    Some(failure) => view! {
                        <span class="wrong" role="alert">{failure.what_happened(words)}</span>
                        <Button label=words.try_again class="quiet small"
                            on_press=move |()| run(desk, uploads, again.get_value()) />
                    },
                    None => view! { <progress max="100" aria-label=label.clone() prop:value=progress></progress> },
                })}
                <Button label=words.cancel class="quiet small" on_press=move |()| cancel(()) />
            </li>
        }
    };
    view! { <ul class="uploads">{live(move || uploads.get().into_iter().map(row).collect_view())}</ul> }
}
