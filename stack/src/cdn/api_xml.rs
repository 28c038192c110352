//! The XML of CloudFront's API, version 2020-05-31.

use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::invalidations::{Invalidation, Page};

const NAMESPACE: &str = "http://cloudfront.amazonaws.com/doc/2020-05-31/";

/// The body of CreateInvalidation.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct InvalidationBatch {
    pub(super) paths: Paths,
    pub(super) caller_reference: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Paths {
    pub(super) quantity: usize,
    #[serde(default)]
    pub(super) items: PathItems,
}

#[derive(Debug, Default, Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct PathItems {
    #[serde(default)]
    pub(super) path: Vec<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct InvalidationElement {
    id: String,
    status: &'static str,
    create_time: String,
    invalidation_batch: BatchElement,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct BatchElement {
    paths: Paths,
    caller_reference: String,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ListElement<'a> {
    marker: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_marker: Option<String>,
    max_items: usize,
    is_truncated: bool,
    quantity: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<SummaryItems>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct SummaryItems {
    invalidation_summary: Vec<Summary>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Summary {
    id: String,
    create_time: String,
    status: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ErrorContent<'a> {
    error: ErrorElement<'a>,
    request_id: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct ErrorElement<'a> {
    r#type: &'static str,
    code: &'a str,
    message: &'a str,
}

pub(super) fn invalidation(invalidation: Invalidation) -> String {
    let paths = Paths { quantity: invalidation.items.len(), items: PathItems { path: invalidation.items } };
    let element = InvalidationElement {
        status: status(invalidation.completed),
        create_time: timestamp(invalidation.created),
        invalidation_batch: BatchElement { paths, caller_reference: invalidation.caller_reference },
        id: invalidation.id,
    };
    document("Invalidation", element)
}

pub(super) fn list(page: Page, marker: &str, max_items: usize) -> String {
    let summary = |one: Invalidation| Summary {
        id: one.id,
        create_time: timestamp(one.created),
        status: status(one.completed),
    };
    let summaries: Vec<_> = page.invalidations.into_iter().map(summary).collect();
    let element = ListElement {
        marker,
        is_truncated: page.next.is_some(),
        next_marker: page.next,
        max_items,
        quantity: summaries.len(),
        items: (!summaries.is_empty()).then_some(SummaryItems { invalidation_summary: summaries }),
    };
    document("InvalidationList", element)
}

pub(super) fn error(code: &str, message: &str, request_id: &str) -> String {
    let error = ErrorElement { r#type: "Sender", code, message };
    document("ErrorResponse", ErrorContent { error, request_id })
}

pub(super) fn document(root: &str, content: impl Serialize) -> String {
    // Plain structures of strings and numbers always serialise; an empty document would be refused by every client.
    let xml = quick_xml::se::to_string_with_root(root, &content).unwrap_or_default();
    let named = xml.replacen(&format!("<{root}>"), &format!("<{root} xmlns=\"{NAMESPACE}\">"), 1);
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{named}")
}

fn status(completed: bool) -> &'static str {
    if completed { "Completed" } else { "InProgress" }
}

pub(super) fn timestamp(at: SystemTime) -> String {
    OffsetDateTime::from(at).format(&Rfc3339).unwrap_or_default()
}
