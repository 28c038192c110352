//! What makes imported entries public: schedules, publications, redirects.

use content::wire::{BulkAction, BulkRequest, BulkResults, EntryId};
use serde_json::{Value, json};

use super::{BULK, Import, Imported, in_parallel};
use crate::api::ApiError;
use crate::import::document::Document;
use crate::moment::Moment;
use crate::report::Report;

impl Import {
    pub(super) async fn schedule(&self, document: &Document, id: &EntryId) -> Result<(), String> {
        if document.publish_at.is_none() && document.unpublish_at.is_none() {
            return Ok(());
        }
        let schedule = json!({
            "publish_at": document.publish_at.map(Moment::rfc3339),
            "unpublish_at": document.unpublish_at.map(Moment::rfc3339),
        });
        let done = self.api.post::<Value>(&format!("/entries/{id}/schedule"), &schedule).await;
        done.map(|_| ()).map_err(|error| error.to_string())
    }

    pub(super) async fn publish(&self, imported: &mut [Imported], report: &Report) -> Result<(), ApiError> {
        let ids: Vec<EntryId> =
            imported.iter().filter(|one| one.publish).filter_map(|one| one.entry.clone()).collect();
        let progress = report.progress("publishing", ids.len() as u64);
        for ids in ids.chunks(BULK) {
            let request = BulkRequest { action: BulkAction::Publish, ids: ids.to_vec() };
            let results: BulkResults = self.api.post("/entries/bulk", &request).await?.document;
            for result in results.results {
                progress.step();
                let problem = result.problem.map(|problem| problem.detail.unwrap_or(problem.title));
                let entry = imported.iter_mut().find(|one| one.entry.as_ref() == Some(&result.id));
                if let (Some(entry), Some(problem)) = (entry, problem) {
                    entry.notes.push(format!("it is not published: {problem}"));
                }
            }
        }
        Ok(())
    }

    /// Lets the old addresses lead to the new ones.
    pub(super) async fn redirect(&self, imported: &mut [Imported], report: &Report) {
        let wanted = imported.iter().enumerate().filter(|(_, one)| one.entry.is_some());
        let wanted: Vec<(usize, String, Option<EntryId>)> = wanted
            .flat_map(|(place, one)| {
                let aliases = one.aliases.iter().filter(|alias| **alias != one.path);
                aliases.map(move |alias| (place, alias.clone(), one.entry.clone()))
            })
            .collect();
        let progress = report.progress("making redirects", wanted.len() as u64);
        let problems = in_parallel(wanted, &progress, |(place, from, entry)| {
            let api = self.api.clone();
            async move {
                let made = api.post::<Value>("/redirects", &json!({ "from": from, "entry": entry })).await;
                made.err().map(|error| (place, format!("no redirect from {from}: {error}")))
            }
        })
        .await;
        for (place, problem) in problems.into_iter().flatten() {
            if let Some(one) = imported.get_mut(place) {
                one.notes.push(problem);
            }
        }
    }
}
