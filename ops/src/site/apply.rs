//! Carrying out a plan's uploads and removals.

use std::collections::{BTreeMap, VecDeque};
use std::num::NonZero;

use delivery::{Condition, DELETE_LIMIT, Put, phases};
use tokio::task::JoinSet;

use super::content::Content;
use super::error::SiteError;
use super::headers::Encoding;
use super::manifest::{PlannedUpload, Remembered};
use super::manifest_store::SiteBucket;
use super::plan::Upload;
use crate::report::{Progress, Report};

/// Uploads at one time.
const AT_ONCE: usize = 8;

/// An upload whose bytes are known.
pub(super) struct Prepared {
    upload: Upload,
    content: Content,
}

impl Prepared {
    /// As the journal remembers it.
    pub(super) fn planned(&self) -> (String, PlannedUpload) {
        let Prepared { upload, content } = self;
        let etag = Some(content.fingerprint.hex.clone());
        let object = remembered(upload, content.encoding, etag, None);
        (upload.file.key.clone(), PlannedUpload { object, replaces: upload.replaces.clone() })
    }
}

/// Reads and compresses what is to be uploaded.
pub(super) async fn prepare(uploads: Vec<Upload>, report: &Report) -> Result<Vec<Prepared>, SiteError> {
    let progress = report.progress("reading files", uploads.len() as u64);
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    let mut waiting = VecDeque::from(uploads);
    let (mut reading, mut prepared) = (JoinSet::new(), Vec::with_capacity(waiting.len()));
    loop {
        while reading.len() < threads
            && let Some(upload) = waiting.pop_front()
        {
            reading.spawn_blocking(move || {
                Content::read(&upload.file).map(|content| Prepared { upload, content })
            });
        }
        let Some(done) = reading.join_next().await else { return Ok(prepared) };
        prepared.push(done??);
        progress.step();
    }
}

/// Puts everything, phase by phase, some objects at once; what is remembered of each.
pub(super) async fn upload(
    site: &SiteBucket,
    prepared: Vec<Prepared>,
    report: &Report,
) -> Result<BTreeMap<String, Remembered>, SiteError> {
    let progress = report.progress("uploading", prepared.len() as u64);
    let mut objects = BTreeMap::new();
    for phase in phases(prepared, |it| (it.upload.file.kind, &it.upload.file.key)) {
        objects.extend(upload_phase(site, phase, &progress).await?);
    }
    Ok(objects)
}

async fn upload_phase(
    site: &SiteBucket,
    phase: Vec<Prepared>,
    progress: &Progress,
) -> Result<Vec<(String, Remembered)>, SiteError> {
    let mut waiting = VecDeque::from(phase);
    // Dropped together with the deploy, it ends what is still under way.
    let (mut sending, mut done) = (JoinSet::new(), Vec::with_capacity(waiting.len()));
    loop {
        while sending.len() < AT_ONCE
            && let Some(prepared) = waiting.pop_front()
        {
            sending.spawn(put(site.clone(), prepared));
        }
        let Some(sent) = sending.join_next().await else { return Ok(done) };
        done.push(sent??);
        progress.step();
    }
}

async fn put(site: SiteBucket, prepared: Prepared) -> Result<(String, Remembered), SiteError> {
    let Prepared { upload, content } = prepared;
    let (key, fingerprint, encoding) =
        (upload.file.key.clone(), content.fingerprint.clone(), content.encoding);
    let headers = upload.file.headers.for_object(encoding);
    let condition = upload.replaces.clone().map_or(Condition::Absent, Condition::Is);
    let body = content.body().await?.with_md5(&fingerprint.base64);
    let full_key = site.key(&key);
    let stored = match site.bucket.put(&full_key, body, &headers, &condition).await? {
        Put::Stored(stored) => stored,
        Put::Other => site
            .bucket
            .stored_as(&full_key, &fingerprint.hex, &headers)
            .await?
            .ok_or_else(|| SiteError::ChangedMeanwhile { key: key.clone() })?,
    };
    Ok((key, remembered(&upload, encoding, Some(stored.etag), stored.version)))
}

fn remembered(
    upload: &Upload,
    encoding: Encoding,
    etag: Option<String>,
    version: Option<String>,
) -> Remembered {
    Remembered {
        sha256: upload.file.sha256.clone(),
        etag,
        headers: upload.file.headers.clone(),
        encoding,
        version,
        gone_since: None,
        fickle: upload.fickle,
    }
}

/// Removes objects, a thousand a call.
pub(super) async fn remove(site: &SiteBucket, keys: &[String], report: &Report) -> Result<(), SiteError> {
    let progress = report.progress("removing", keys.len() as u64);
    let mut left = Vec::new();
    for batch in keys.chunks(DELETE_LIMIT) {
        let full_keys: Vec<String> = batch.iter().map(|key| site.key(key)).collect();
        let undeleted = site.bucket.delete(&full_keys).await?;
        left.extend(undeleted.into_iter().map(|object| format!("{} ({})", object.key, object.reason)));
        batch.iter().for_each(|_| progress.step());
    }
    if left.is_empty() { Ok(()) } else { Err(SiteError::NotDeleted(left)) }
}
