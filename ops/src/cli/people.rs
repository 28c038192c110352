//! `parapet people`.

mod access;
mod groups;
mod invite;
mod list;
mod remove;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand};

use super::Session;
use crate::failure::{Exit, Failure};
use crate::people::Pool;

/// Look after the people of the user pool: who may sign in, and in which groups they are
///
/// What is changed here is in the pool at once. The site notices it when a token that exists already has ended or is renewed:
/// it decides by the token alone.
#[derive(Debug, Args)]
#[command(
    arg_required_else_help = true,
    after_help = "Examples:\n  \
        parapet people list --group editors\n  \
        parapet people invite ada@example.com --group editors --name 'Ada Lovelace'\n  \
        parapet people groups ada@example.com --add admins\n  \
        parapet people disable ada@example.com && parapet people sign-out ada@example.com"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    List(list::Arguments),
    Invite(invite::Arguments),
    Groups(groups::Arguments),
    Disable(access::DisableArguments),
    Enable(access::EnableArguments),
    SignOut(access::SignOutArguments),
    Remove(remove::Arguments),
}

/// Somebody who is there.
#[derive(Debug, Args)]
struct Who {
    /// Whose email address, user name or sub it is
    #[arg(value_name = "WHO", value_parser = NonEmptyStringValueParser::new())]
    who: String,
}

pub(super) async fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let project = session.project()?;
    let pool = Pool::of(&project, session.cloud(&project.region).await).await?;
    match &arguments.action {
        Action::List(arguments) => list::run(arguments, &pool, session).await,
        Action::Invite(arguments) => invite::run(arguments, &pool, session).await,
        Action::Groups(arguments) => groups::run(arguments, &pool, session).await,
        Action::Disable(arguments) => access::disable(arguments, &pool, session).await,
        Action::Enable(arguments) => access::enable(arguments, &pool, session).await,
        Action::SignOut(arguments) => access::sign_out(arguments, &pool, session).await,
        Action::Remove(arguments) => remove::run(arguments, &pool, session).await,
    }
}

/// The last line of a dry run.
fn say_dry_run(session: &Session) {
    if session.options.dry_run {
        session.report.say("nothing was done: this was a dry run");
    }
}

/// Groups as a sentence has them.
fn listed(groups: &[String]) -> String {
    if groups.is_empty() { "no group".to_owned() } else { groups.join(", ") }
}
