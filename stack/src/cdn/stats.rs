//! What a running CDN has done so far, for tests and for people.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// Counts since the start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CdnStats {
    /// Requests of viewers.
    pub requests: u64,
    /// Calls of the viewer-request function.
    pub function_calls: u64,
    /// Requests to origins.
    pub origin_requests: u64,
    /// Answers from the cache.
    pub hits: u64,
    /// Answers from the cache after the origin said that they are current.
    pub refresh_hits: u64,
    /// Answers of an origin.
    pub misses: u64,
    /// Answers with a status from 400 on that are neither of the function nor of its failure.
    pub errors: u64,
    /// Objects in the cache now.
    pub cached_objects: usize,
    /// Bytes they take, about.
    pub cached_bytes: usize,
}

#[derive(Debug, Default)]
pub(super) struct Counters {
    pub(super) requests: AtomicU64,
    pub(super) function_calls: AtomicU64,
    pub(super) origin_requests: AtomicU64,
    hits: AtomicU64,
    refresh_hits: AtomicU64,
    misses: AtomicU64,
    errors: AtomicU64,
}

impl Counters {
    pub(super) fn count_x_cache(&self, x_cache: &str) {
        let counter = match x_cache {
            super::answer::HIT => &self.hits,
            super::answer::REFRESH_HIT => &self.refresh_hits,
            super::answer::MISS => &self.misses,
            super::answer::ERROR => &self.errors,
            _ => return,
        };
        counter.fetch_add(1, Relaxed);
    }

    pub(super) fn snapshot(&self, (cached_objects, cached_bytes): (usize, usize)) -> CdnStats {
        CdnStats {
            requests: self.requests.load(Relaxed),
            function_calls: self.function_calls.load(Relaxed),
            origin_requests: self.origin_requests.load(Relaxed),
            hits: self.hits.load(Relaxed),
            refresh_hits: self.refresh_hits.load(Relaxed),
            misses: self.misses.load(Relaxed),
            errors: self.errors.load(Relaxed),
            cached_objects,
            cached_bytes,
        }
    }
}
