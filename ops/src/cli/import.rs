//! `parapet import`.

use std::path::PathBuf;

use clap::Args;
use content::path::SectionPath;
use serde_json::{Value, json};

use super::Session;
use super::site_address::SiteAddress;
use crate::failure::{Exit, Failure, NextStep};
use crate::import::{self, Document, Import, Imported, Outcome, Read};
use crate::report::{Count, Report};

/// Bring content in: a folder of markdown (Hugo, Zola, Jekyll), Ghost's JSON, WordPress's WXR
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  parapet import ~/blog --dry-run
  parapet import ~/blog
  parapet import ghost.json --section /blog/

Begin with --dry-run: it says what becomes of each document, and changes nothing. A second run changes nothing either;
one that was interrupted goes on. Old addresses lead to the new ones. Drafts stay drafts; what was for members, private
or behind a password becomes one. No accounts are brought along, and nothing is fetched from the web: pictures are taken
from the folder, or from content/images (Ghost) and wp-content/uploads (WordPress) beside the file.")]
pub(super) struct Arguments {
    /// The folder or file
    #[arg(value_name = "DIR|FILE")]
    from: PathBuf,
    #[command(flatten)]
    site: SiteAddress,
    /// The section that everything goes into; a document in a section below it goes there
    #[arg(long, value_name = "PATH", default_value = "/")]
    section: String,
}

/// The section cannot be one.
#[derive(Debug, thiserror::Error)]
#[error("the section {0}")]
struct WrongSection(content::path::PathProblem);

impl NextStep for WrongSection {
    fn next_step(&self) -> String {
        "name a path such as --section /blog/".to_owned()
    }

    fn exit(&self) -> Exit {
        Exit::Usage
    }
}

pub(super) async fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let report = &session.report;
    let section = SectionPath::parse(&arguments.section).map_err(WrongSection)?;
    let read = import::read(&arguments.from)?;
    for left_out in &read.left_out {
        report.say(format_args!("left out       {left_out}"));
    }
    if session.options.dry_run {
        foresee(&read, section.as_str(), report);
        return Ok(Exit::Done);
    }
    let api = arguments.site.api(session)?;
    let documents = Count::of(read.documents.len(), "document");
    session.confirm(&format!("import {documents} into {}?", arguments.site.origin(session)?))?;
    let left_out = read.left_out.clone();
    let imported = Import { api, section: section.as_str().to_owned() }.run(read, report).await?;
    for one in &imported {
        say(one, report);
    }
    let count = |wanted: fn(&Outcome) -> bool| imported.iter().filter(|one| wanted(&one.outcome)).count();
    let created = count(|outcome| *outcome == Outcome::Created);
    let there = count(|outcome| *outcome == Outcome::AlreadyThere);
    let failed = count(|outcome| matches!(outcome, Outcome::Failed(_)));
    report.say(format_args!(
        "{created} created, {there} there already, {failed} failed, {} left out",
        left_out.len()
    ));
    report.result(&json!({
        "created": created,
        "there_already": there,
        "failed": failed,
        "left_out": left_out,
        "entries": imported.iter().map(as_json).collect::<Vec<_>>(),
    }));
    Ok(if failed == 0 { Exit::Done } else { Exit::Findings })
}

/// What would become of each document.
fn foresee(read: &Read, section: &str, report: &Report) {
    let path = |address: &str| format!("{section}{}", address.trim_start_matches('/'));
    for wanted in &read.sections {
        report.say(format_args!("section        {}  {}", path(&wanted.path), wanted.title));
    }
    for document in &read.documents {
        report.say(format_args!("{:<14} {}  {}", fate(document), path(&document.address), document.title));
        for note in &document.notes {
            report.say(format_args!("                 {note}"));
        }
    }
    let published = read.documents.iter().filter(|document| document.publish).count();
    let pictures: usize = read.documents.iter().map(|document| document.pictures.len()).sum();
    let redirects: usize = read.documents.iter().map(|document| document.aliases.len()).sum();
    report.say(format_args!(
        "{}, {published} of them to publish, with {} and {}",
        Count::of(read.documents.len(), "document"),
        Count::of(pictures, "picture"),
        Count::of(redirects, "redirect"),
    ));
    report.say("nothing was done: this was a dry run");
    report.result(&json!({
        "dry_run": true,
        "documents": read.documents.len(),
        "to_publish": published,
        "pictures": pictures,
        "redirects": redirects,
        "left_out": read.left_out,
        "entries": read.documents.iter().map(|document| json!({
            "path": path(&document.address), "title": document.title, "fate": fate(document), "notes": document.notes,
        })).collect::<Vec<_>>(),
    }));
}

fn fate(document: &Document) -> &'static str {
    match (document.publish, document.publish_at) {
        (true, _) => "publish",
        (false, Some(_)) => "schedule",
        (false, None) => "draft",
    }
}

fn say(one: &Imported, report: &Report) {
    match &one.outcome {
        Outcome::Created => report.say(format_args!("created        {}", one.path)),
        Outcome::AlreadyThere => report.say(format_args!("there already  {}", one.path)),
        Outcome::Failed(problem) => report.say(format_args!("failed         {}  ({problem})", one.path)),
    }
    for note in &one.notes {
        report.say(format_args!("                 {note}"));
    }
}

fn as_json(one: &Imported) -> Value {
    json!({ "path": one.path, "outcome": one.outcome, "notes": one.notes })
}
