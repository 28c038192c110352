//! Reading files for their digests, on all processors.

use std::fs::File;
use std::io::{self, Read};
use std::num::NonZero;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Weak};
use std::thread;

use ring::digest::{Context, SHA256};
use tokio::task::JoinSet;

use super::folder::{Found, LocalFile};
use super::headers::{Headers, is_worth_compressing};

/// Hashes on as many threads as there are processors. They end early when nobody waits for them any more.
pub(super) async fn hash(found: Vec<Found>, precompress: bool) -> Result<Vec<LocalFile>, Vec<String>> {
    let (found, next, wanted) = (Arc::new(found), Arc::new(AtomicUsize::new(0)), Arc::new(()));
    let mut workers = JoinSet::new();
    for _ in 0..thread::available_parallelism().map_or(1, NonZero::get).min(8) {
        let (found, next, wanted) = (Arc::clone(&found), Arc::clone(&next), Arc::downgrade(&wanted));
        workers.spawn_blocking(move || hash_some(&found, &next, &wanted, precompress));
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
) -> Vec<Result<LocalFile, String>> {
    let mut done = Vec::new();
    while let Some(file) = found.get(next.fetch_add(1, Ordering::Relaxed)) {
        if wanted.strong_count() == 0 {
            break;
        }
        let problem = |error: io::Error| format!("{}: {error}", file.key.escape_debug());
        done.push(digest(&file.path).map_err(problem).map(|sha256| LocalFile {
            key: file.key.clone(),
            path: file.path.clone(),
            size: file.size,
            sha256,
            headers: Headers::of(&file.key),
            compress: precompress && is_worth_compressing(&file.key, file.size),
        }));
    }
    done
}

fn digest(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut context = Context::new(&SHA256);
    let mut buffer = vec![0; 64 * 1_024];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            return Ok(hex(context.finish().as_ref()));
        }
        context.update(buffer.get(..count).unwrap_or_default());
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
