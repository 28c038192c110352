//! The records in memory: for tests, and for whoever runs the API without a cloud.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Announced, Answer, LastSignIn, ProcessedMedia, RecordedSignIn, Records};

/// Records in memory, empty at first.
#[derive(Debug, Default)]
pub struct MemoryRecords {
    held: Mutex<Held>,
}

#[derive(Debug, Default)]
struct Held {
    announced: BTreeMap<String, Announced>,
    media: BTreeMap<(String, u32), ProcessedMedia>,
    last: BTreeMap<String, LastSignIn>,
    sign_ins: BTreeMap<(String, String), RecordedSignIn>,
}

impl MemoryRecords {
    /// Records that a batch was announced.
    pub fn put_announced(&self, batch: &str, announced: Announced) {
        self.held().announced.insert(batch.to_owned(), announced);
    }

    /// Records what came of the upload of a media item's version.
    pub fn put_media(&self, id: &str, version: u32, processed: ProcessedMedia) {
        self.held().media.insert((id.to_owned(), version), processed);
    }

    /// Records a sign-in, which is the person's latest.
    pub fn put_sign_in(&self, sign_in: RecordedSignIn, last: LastSignIn) {
        let day = sign_in.sign_in.at.as_str().chars().take(10).collect();
        let mut held = self.held();
        held.last.insert(sign_in.sign_in.person.0.clone(), last);
        held.sign_ins.insert((day, sign_in.key.clone()), sign_in);
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Records for MemoryRecords {
    fn announced<'a>(&'a self, batch: &'a str) -> Answer<'a, Option<Announced>> {
        let found = self.held().announced.get(batch).cloned();
        Box::pin(async move { Ok(found) })
    }

    fn media<'a>(&'a self, id: &'a str, version: u32) -> Answer<'a, Option<ProcessedMedia>> {
        let found = self.held().media.get(&(id.to_owned(), version)).cloned();
        Box::pin(async move { Ok(found) })
    }

    fn last_sign_in<'a>(&'a self, person: &'a str) -> Answer<'a, Option<LastSignIn>> {
        let found = self.held().last.get(person).cloned();
        Box::pin(async move { Ok(found) })
    }

    fn sign_ins<'a>(
        &'a self,
        day: &'a str,
        before: Option<&'a str>,
        limit: usize,
    ) -> Answer<'a, Vec<RecordedSignIn>> {
        let held = self.held();
        let of_day = held.sign_ins.iter().filter(|((of, _), _)| of == day);
        let older = of_day.filter(|((_, key), _)| before.is_none_or(|before| key.as_str() < before));
        let found = older.rev().take(limit).map(|(_, sign_in)| sign_in.clone()).collect();
        Box::pin(async move { Ok(found) })
    }
}
