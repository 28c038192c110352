//! `parapet people disable`, `enable` and `sign-out`.

use clap::Args;
use serde_json::json;

use super::{Who, say_dry_run};
use crate::cli::Session;
use crate::failure::{Exit, Failure};
use crate::people::{Person, Pool, Status, TokenLife};

/// Let nobody sign in as this person, nor be renewed
///
/// The account, its groups and what they wrote stay. The site notices when a token that exists already ends.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  parapet people disable ada@example.com")]
pub(super) struct DisableArguments {
    #[command(flatten)]
    who: Who,
}

/// Let a person who was disabled sign in again
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  parapet people enable ada@example.com")]
pub(super) struct EnableArguments {
    #[command(flatten)]
    who: Who,
}

/// End all sessions of a person, in every browser, as far as they could be renewed
///
/// Cognito revokes all refresh tokens. A token that exists already is good until it ends, because the site decides by the
/// token alone. Where the hosted UI still remembers them, for an hour after a sign-in, it may let them in without a password;
/// `parapet people disable` does not.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  parapet people sign-out ada@example.com\n  \
        parapet people disable ada@example.com && parapet people sign-out ada@example.com")]
pub(super) struct SignOutArguments {
    #[command(flatten)]
    who: Who,
}

pub(super) async fn disable(
    arguments: &DisableArguments,
    pool: &Pool,
    session: &Session,
) -> Result<Exit, Failure> {
    let person = pool.find(&arguments.who.who).await?;
    let (label, dry_run) = (person.label(), session.options.dry_run);
    if person.status == Status::Disabled {
        session.report.say(format_args!("{label} is disabled already"));
        return Ok(done(&person, false, None, pool, session));
    }
    if !dry_run {
        pool.cloud.disable_person(&pool.id, &person.username).await?;
    }
    let life = pool.token_life().await;
    let is = if dry_run { "would be" } else { "is" };
    session.report.say(format_args!("{label} {is} disabled: nobody signs in as them or is renewed"));
    session.report.say(format_args!("A token that exists already is good {life}"));
    Ok(done(&person, true, Some(life), pool, session))
}

pub(super) async fn enable(
    arguments: &EnableArguments,
    pool: &Pool,
    session: &Session,
) -> Result<Exit, Failure> {
    let person = pool.find(&arguments.who.who).await?;
    let (label, dry_run) = (person.label(), session.options.dry_run);
    if person.status != Status::Disabled {
        session.report.say(format_args!("{label} is not disabled ({})", person.status));
        return Ok(done(&person, false, None, pool, session));
    }
    if !dry_run {
        pool.cloud.enable_person(&pool.id, &person.username).await?;
    }
    let may = if dry_run { "would be able to" } else { "can" };
    session.report.say(format_args!("{label} {may} sign in again"));
    Ok(done(&person, true, None, pool, session))
}

pub(super) async fn sign_out(
    arguments: &SignOutArguments,
    pool: &Pool,
    session: &Session,
) -> Result<Exit, Failure> {
    let person = pool.find(&arguments.who.who).await?;
    let (label, dry_run) = (person.label(), session.options.dry_run);
    if !dry_run {
        pool.cloud.sign_out_person(&pool.id, &person.username).await?;
    }
    let life = pool.token_life().await;
    let is = if dry_run { "would be" } else { "is" };
    session.report.say(format_args!("{label} {is} signed out everywhere: no session of theirs is renewed"));
    session.report.say(format_args!("A token that exists already is good {life}"));
    if person.status != Status::Disabled {
        session.report.say(format_args!(
            "The hosted UI may remember them for an hour; to keep them out: parapet people disable {label}"
        ));
    }
    Ok(done(&person, true, Some(life), pool, session))
}

/// The end of each of these commands. `changed` says whether there was anything to do.
fn done(person: &Person, changed: bool, life: Option<TokenLife>, pool: &Pool, session: &Session) -> Exit {
    say_dry_run(session);
    session.report.result(&json!({
        "user_pool": pool.id,
        "dry_run": session.options.dry_run,
        "email": person.email,
        "username": person.username,
        "was": person.status,
        "changed": changed,
        "token_seconds": life.and_then(TokenLife::seconds),
    }));
    Exit::Done
}
