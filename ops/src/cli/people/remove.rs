//! `parapet people remove`.

use clap::Args;
use serde_json::json;

use super::{Who, listed, say_dry_run};
use crate::cli::Session;
use crate::failure::{Exit, Failure};
use crate::people::{Pool, Status, shown};

/// Delete somebody's account, after their address was typed
///
/// What they wrote stays under their name. Somebody with the same address who is invited later is somebody else to the CMS.
/// `parapet people disable` can be undone; this cannot.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  parapet people remove ada@example.com --dry-run\n  parapet people remove ada@example.com"
)]
pub(super) struct Arguments {
    #[command(flatten)]
    who: Who,
}

pub(super) async fn run(arguments: &Arguments, pool: &Pool, session: &Session) -> Result<Exit, Failure> {
    let (report, dry_run) = (&session.report, session.options.dry_run);
    let person = pool.find(&arguments.who.who).await?;
    let groups = pool.groups_of(&person).await?;
    let label = person.label();
    let name = person.name.as_deref().map(|name| format!(", {}", shown(name))).unwrap_or_default();
    report.say(format_args!("{label}{name}: {}, in {}", person.status, listed(&groups)));
    if person.status == Status::External {
        report.say("  another provider signs them in, and they are back with their next sign-in; disable keeps them out");
    }
    if !dry_run {
        if !session.options.yes {
            session.confirm_name(&format!("Type {label} to remove them for good:"), label)?;
        }
        pool.cloud.delete_person(&pool.id, &person.username).await?;
    }
    let life = pool.token_life().await;
    let is = if dry_run { "would be" } else { "is" };
    report.say(format_args!("{label} {is} removed; what they wrote stays under their name"));
    report.say(format_args!("A token that exists already is good {life}"));
    say_dry_run(session);
    report.result(&json!({
        "user_pool": pool.id,
        "dry_run": dry_run,
        "email": person.email,
        "username": person.username,
        "was": person.status,
        "groups": groups,
        "token_seconds": life.seconds(),
    }));
    Ok(Exit::Done)
}
