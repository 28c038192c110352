//! `parapet people groups`.

use clap::Args;
use serde_json::json;

use super::{Who, listed, say_dry_run};
use crate::cli::Session;
use crate::failure::{Exit, Failure};
use crate::people::{GroupChange, Pool};

/// Show the groups that somebody is in, or change them
///
/// A token has the groups in it that were there when it was issued. So what a group opens is closed when the token that
/// exists already ends or is renewed, and what another one opens is open by then: at most an hour later, where the app
/// client is the identity stack's.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  parapet people groups ada@example.com\n  \
        parapet people groups ada@example.com --add admins --remove authors")]
pub(super) struct Arguments {
    #[command(flatten)]
    who: Who,
    /// A group that they come into; once for each
    #[arg(long, value_name = "GROUP")]
    add: Vec<String>,
    /// A group that they are taken out of; once for each
    #[arg(long, value_name = "GROUP")]
    remove: Vec<String>,
}

pub(super) async fn run(arguments: &Arguments, pool: &Pool, session: &Session) -> Result<Exit, Failure> {
    let (report, dry_run) = (&session.report, session.options.dry_run);
    let person = pool.find(&arguments.who.who).await?;
    let current = pool.groups_of(&person).await?;
    let asks_for_a_change = !arguments.add.is_empty() || !arguments.remove.is_empty();
    let known = if asks_for_a_change { pool.groups().await? } else { Vec::new() };
    let change = GroupChange::plan(&current, &arguments.add, &arguments.remove, &known)?;
    if !dry_run {
        change.apply(pool, &person).await?;
    }
    let (label, would) = (person.label(), if dry_run { "would be" } else { "is" });
    report.say(format_args!("{label} {would} in {}", listed(&change.groups)));
    for (verb, groups) in [("added", &change.added), ("removed", &change.removed)] {
        if !groups.is_empty() {
            report.say(format_args!("  {verb}: {}", groups.join(", ")));
        }
    }
    let life = pool.token_life().await;
    if asks_for_a_change && change.is_empty() {
        report.say("  nothing changes");
    } else if !change.is_empty() {
        report.say(format_args!(
            "A token that exists already has the groups of before {life}; the site renews it a few minutes earlier"
        ));
    }
    if !change.removed.is_empty() {
        report.say(format_args!(
            "To have them sign in again then, instead of being renewed: parapet people sign-out {label}"
        ));
    }
    if asks_for_a_change {
        say_dry_run(session);
    }
    report.result(&json!({
        "user_pool": pool.id,
        "dry_run": dry_run,
        "email": person.email,
        "username": person.username,
        "groups": change.groups,
        "added": change.added,
        "removed": change.removed,
        "token_seconds": life.seconds(),
    }));
    Ok(Exit::Done)
}
