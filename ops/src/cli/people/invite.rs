//! `parapet people invite`.

use clap::Args;
use serde_json::json;

use super::{listed, say_dry_run};
use crate::cli::Session;
use crate::failure::{Exit, Failure};
use crate::people::{Invitation, PeopleError, Pool, is_address, shown};

/// Invite somebody, and put them into groups
///
/// Cognito sends the invitation by email, with a temporary password that is good for a week unless the user pool says
/// otherwise; nobody else gets to see it. Whoever is there already only comes into the groups that are missing, so the
/// command can be run again.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  parapet people invite ada@example.com --group editors --name 'Ada Lovelace'\n  \
        parapet people invite ada@example.com --resend"
)]
pub(super) struct Arguments {
    /// Where the invitation goes
    #[arg(value_name = "EMAIL")]
    email: String,
    /// A group that they come into; once for each
    #[arg(long = "group", value_name = "GROUP")]
    groups: Vec<String>,
    /// Their full name
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Send the invitation again, with another temporary password
    #[arg(long, conflicts_with = "name")]
    resend: bool,
    /// Their user name, in a user pool brought along where an address is not one
    #[arg(long, value_name = "NAME")]
    user_name: Option<String>,
}

pub(super) async fn run(arguments: &Arguments, pool: &Pool, session: &Session) -> Result<Exit, Failure> {
    let Arguments { email, groups, name, resend, user_name } = arguments;
    if !is_address(email) {
        return Err(PeopleError::NoAddress { given: email.clone() }.into());
    }
    let dry_run = session.options.dry_run;
    let invitation = Invitation::plan(pool, email, user_name.as_deref(), groups, *resend).await?;
    let username = match &invitation {
        _ if !dry_run => Some(invitation.apply(pool, email, name.as_deref()).await?.username),
        Invitation::New { .. } => None,
        Invitation::There { person, .. } => Some(person.username.clone()),
    };
    say(&invitation, arguments, session);
    say_dry_run(session);
    let (is_new, was) = match &invitation {
        Invitation::New { .. } => (true, None),
        Invitation::There { person, .. } => (false, Some(&person.status)),
    };
    session.report.result(&json!({
        "user_pool": pool.id,
        "dry_run": dry_run,
        "email": email,
        "username": username,
        "invited": is_new,
        "resent": resend,
        "was": was,
        "groups": invitation.change().groups,
        "added": invitation.change().added,
    }));
    Ok(Exit::Done)
}

fn say(invitation: &Invitation, arguments: &Arguments, session: &Session) {
    let (report, dry_run) = (&session.report, session.options.dry_run);
    let change = invitation.change();
    match invitation {
        Invitation::New { .. } => {
            let verb = if dry_run { "would be invited" } else { "is invited: Cognito sends the mail" };
            report.say(format_args!("{} {verb}; in {}", arguments.email, listed(&change.groups)));
        }
        Invitation::There { person, again, .. } => {
            let (label, status) = (person.label(), &person.status);
            report.say(format_args!("{label} is there already ({status}), in {}", listed(&change.groups)));
            if !change.is_empty() {
                let verb = if dry_run { "would be added" } else { "added" };
                report.say(format_args!("  {verb}: {}", change.added.join(", ")));
            }
            if *again {
                let verb = if dry_run { "would be sent" } else { "was sent" };
                report.say(format_args!(
                    "  the invitation {verb} again; the password in the one before no longer works"
                ));
            }
            if arguments.name.is_some() && arguments.name != person.name {
                let name = person.name.as_deref().map_or_else(|| "none".to_owned(), shown);
                report.say(format_args!("  the name stays as it is: {name}"));
            }
        }
    }
}
