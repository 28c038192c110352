//! `parapet export`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::Session;
use super::site_address::SiteAddress;
use crate::export::Export;
use crate::failure::{Exit, Failure};
use crate::report::Count;

/// Take all content out: markdown with front matter, which import and other systems read
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  parapet export backup-2026-11-26

The folder has to be empty. Entries lie under content/, pictures that everybody may see under static/, the site's own
settings in site.json. Nothing of the trash, of older revisions or of accounts is in it.")]
pub(super) struct Arguments {
    /// The folder to write into
    #[arg(value_name = "DIR")]
    to: PathBuf,
    #[command(flatten)]
    site: SiteAddress,
}

pub(super) async fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let (api, site) = (arguments.site.api(session)?, arguments.site.origin(session)?);
    let exported = Export { api, site, folder: arguments.to.clone() }.run(&session.report).await?;
    for left_out in &exported.left_out {
        session.report.warn(format_args!("left out {left_out}"));
    }
    session.report.say(format_args!(
        "{} and {} in {}",
        if exported.entries == 1 { "1 entry".to_owned() } else { format!("{} entries", exported.entries) },
        Count::of(exported.pictures, "picture"),
        arguments.to.display()
    ));
    session.report.result(&json!({
        "entries": exported.entries, "pictures": exported.pictures, "left_out": exported.left_out,
    }));
    Ok(Exit::Done)
}
