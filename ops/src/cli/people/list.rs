//! `parapet people list`.

use clap::Args;
use serde_json::json;

use crate::cli::Session;
use crate::failure::{Exit, Failure};
use crate::people::{Directory, Pool, rows};

/// List everybody in the user pool: address, name, status, when the account was made, groups
///
/// The status is one of: confirmed, invited (has not signed in with the temporary password), disabled, must change
/// password, unconfirmed (signed up without proving the address), external provider. Whoever was invited or removed a moment
/// ago may be missing or still there: Cognito's lists are eventually consistent.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  parapet people list --group editors --search example.com\n  \
        parapet people list --json | jq -r '.people[] | select(.status == \"invited\") | .email'")]
pub(super) struct Arguments {
    /// Only who is in this group
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,
    /// Only who has this in the address, name or user name, in whatever case
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
}

pub(super) async fn run(arguments: &Arguments, pool: &Pool, session: &Session) -> Result<Exit, Failure> {
    let directory = {
        let _reading = session.report.waiting(format_args!("reading the people of {}", pool.id));
        Directory::read(pool).await?
    };
    let members = directory.select(arguments.group.as_ref(), arguments.search.as_deref())?;
    for row in rows(&members) {
        session.report.say(row);
    }
    let (shown, all) = (members.len(), directory.len());
    let people = if all == 1 { "person" } else { "people" };
    if shown == all {
        session.report.say(format_args!("{all} {people}"));
    } else {
        session.report.say(format_args!("{shown} of {all} {people}"));
    }
    session.report.result(&json!({ "user_pool": pool.id, "in_all": all, "people": members }));
    Ok(Exit::Done)
}
