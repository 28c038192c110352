//! Reading files for their digests, on all processors.

use std::io;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::thread;

use tokio::task::JoinSet;

use super::folder::{Found, LocalFile};
use super::header_rule::HeaderRule;
use super::headers::{Headers, is_worth_compressing, kind_of};
use super::inspection::Inspection;

/// Hashes on as many threads as there are processors. They end early when nobody waits for them any more.
pub(super) async fn hash(
    found: Vec<Found>,
    precompress: bool,
    rules: &[HeaderRule],
) -> Result<Vec<LocalFile>, Vec<String>> {
    let (found, next, wanted) = (Arc::new(found), Arc::new(AtomicUsize::new(0)), Arc::new(()));
    let rules: Arc<[HeaderRule]> = rules.into();
    let mut workers = JoinSet::new();
    for _ in 0..thread::available_parallelism().map_or(1, NonZero::get).min(8) {
        let (found, next, wanted) = (Arc::clone(&found), Arc::clone(&next), Arc::downgrade(&wanted));
        let rules = Arc::clone(&rules);
        workers.spawn_blocking(move || hash_some(&found, &next, &wanted, precompress, &rules));
    }
    let (mut files, mut problems) = (Vec::with_capacity(found.len()), Vec::new());
    for outcome in workers.join_all().await.into_iter().flatten() {
        match outcome {
            Ok(file) => files.push(file),
            Err(problem) => problems.push(problem),
        }
    }
    files.sort_unstable_by(|a: &LocalFile, b| a.key.cmp(&b.key));
    problems.sort_unstable();
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

fn hash_some(
    found: &[Found],
    next: &AtomicUsize,
    wanted: &Weak<()>,
    precompress: bool,
    rules: &[HeaderRule],
) -> Vec<Result<LocalFile, String>> {
    let mut done = Vec::new();
    while let Some(file) = found.get(next.fetch_add(1, Ordering::Relaxed)) {
        if wanted.strong_count() == 0 {
            break;
        }
        let problem = |error: io::Error| format!("{}: {error}", file.key.escape_debug());
        done.push(Inspection::read(&file.path).map_err(problem).map(|inspection| {
            let headers = Headers::of(&file.key, &inspection, rules);
            let kind = kind_of(&file.key, &inspection);
            LocalFile {
                key: file.key.clone(),
                path: file.path.clone(),
                size: file.size,
                compress: precompress && is_worth_compressing(&file.key, file.size, kind, &headers),
                sha256: inspection.sha256,
                headers,
                kind,
            }
        }));
    }
    done
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
