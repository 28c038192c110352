//! `parapet keys`.

use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{Session, rotate_origin};
use crate::aws::Cloud;
use crate::failure::{Exit, Failure};
use crate::moment::{Moment, random};
use crate::project::Project;
use crate::regions::CLOUDFRONT;
use crate::report::Count;
use crate::sealing_keys::{self, KeyRing, Rotation, SealingKey, SealingKeysError, Stored};

/// Look after the keys that seal sign-ins under way, and what the distribution shows to the API
#[derive(Debug, Args)]
#[command(
    arg_required_else_help = true,
    after_help = "Example:\n  parapet keys list\n  parapet keys rotate && parapet deploy edge"
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the keys by fingerprint and age; the keys themselves are never shown
    #[command(after_help = "Example:\n  parapet keys list --json")]
    List,
    Rotate(RotateArguments),
    RotateOrigin(rotate_origin::Arguments),
}

/// Put a new key in front; the old ones stay to open what they sealed
///
/// The new key is in effect after `parapet deploy edge`. What a key sealed is of use for ten minutes, so the old keys
/// can go with the next rotation after that.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  parapet keys rotate --drop-old && parapet deploy edge\n\nParameter Store writes without a condition: should somebody else rotate at the same moment, the command says so\nafterwards, and both keys can be found in the parameter's history."
)]
struct RotateArguments {
    /// Let all keys go but the new one and the one before it
    #[arg(long)]
    drop_old: bool,
}

pub(super) async fn run(arguments: &Arguments, session: &Session) -> Result<Exit, Failure> {
    let project = session.project()?;
    let cloud = session.cloud(CLOUDFRONT).await;
    match &arguments.action {
        Action::List => list(&project, &cloud, session).await,
        Action::Rotate(arguments) => rotate(arguments, &project, &cloud, session).await,
        Action::RotateOrigin(arguments) => rotate_origin::run(arguments, &project, &cloud, session).await,
    }
}

async fn list(project: &Project, cloud: &Cloud, session: &Session) -> Result<Exit, Failure> {
    let parameter = project.sealing_keys_parameter();
    let Some(stored) = sealing_keys::read(cloud, project).await? else {
        session.report.say(format_args!("{parameter}: none yet; parapet deploy edge makes the first one"));
        session.report.result(&json!({ "parameter": parameter, "version": null, "keys": [] }));
        return Ok(Exit::Done);
    };
    session.report.say(format_args!("{parameter} in us-east-1, version {}:", stored.version));
    say_keys(&stored.ring, Moment::now(), session);
    session.report.result(&json!({
        "parameter": parameter,
        "version": stored.version,
        "keys": described(&stored.ring),
    }));
    Ok(Exit::Done)
}

async fn rotate(
    arguments: &RotateArguments,
    project: &Project,
    cloud: &Cloud,
    session: &Session,
) -> Result<Exit, Failure> {
    let parameter = project.sealing_keys_parameter();
    let stored = sealing_keys::read(cloud, project)
        .await?
        .ok_or(SealingKeysError::NoneYet { parameter: parameter.clone() })?;
    let now = Moment::now();
    let new = SealingKey::new(random().map_err(SealingKeysError::from)?, now);
    let rotation = Rotation::plan(&stored.ring, new, arguments.drop_old)?;
    let version = if session.options.dry_run {
        session.report.say(format_args!("{parameter} would hold, with a key of that moment in front:"));
        stored.version
    } else {
        confirm_loss(&rotation, session)?;
        let Stored { version, .. } = sealing_keys::store(cloud, project, &stored, &rotation).await?;
        session.report.say(format_args!("{parameter} in us-east-1, version {version}:"));
        version
    };
    say_keys(&rotation.ring, now, session);
    for key in &rotation.dropped {
        session.report.say(format_args!("     {} gone", key.fingerprint()));
    }
    session.report.say("next: parapet deploy edge puts the new key into effect");
    session.report.result(&json!({
        "parameter": parameter,
        "version": version,
        "dry_run": session.options.dry_run,
        "keys": described(&rotation.ring),
        "dropped": rotation.dropped.iter().map(SealingKey::fingerprint).collect::<Vec<_>>(),
        "next": "parapet deploy edge",
    }));
    Ok(Exit::Done)
}

fn confirm_loss(rotation: &Rotation, session: &Session) -> Result<(), Failure> {
    if rotation.dropped.is_empty() {
        return Ok(());
    }
    let dropped = Count::of(rotation.dropped.len(), "old key");
    let question = format!("Let {dropped} go? A gate that still seals with such a key turns sign-ins away");
    Ok(session.confirm(&question)?)
}

fn say_keys(ring: &KeyRing, now: Moment, session: &Session) {
    for (position, key) in ring.keys().enumerate() {
        let role = if position == 0 { "seals and opens" } else { "opens" };
        let age = key.created().map_or_else(|| "age unknown".to_owned(), |created| age(created, now));
        session.report.say(format_args!(
            "  {}. {}  {age:<14}  {role}",
            position.saturating_add(1),
            key.fingerprint()
        ));
    }
}

fn described(ring: &KeyRing) -> Vec<Value> {
    ring.keys()
        .enumerate()
        .map(|(position, key)| {
            json!({
                "position": position.saturating_add(1),
                "fingerprint": key.fingerprint(),
                "created": key.created(),
                "seals": position == 0,
            })
        })
        .collect()
}

/// In the largest unit of which there are two.
fn age(created: Moment, now: Moment) -> String {
    let seconds = now.unix().saturating_sub(created.unix()).max(0);
    for (unit, name) in [(86_400, "days"), (3_600, "hours"), (60, "minutes")] {
        if let Some(count) = seconds.checked_div(unit).filter(|count| *count >= 2) {
            return format!("{count} {name} old");
        }
    }
    "new".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_age_is_said_in_the_largest_unit_of_which_there_are_two() {
        for (seconds, said) in [
            (-5, "new"),
            (0, "new"),
            (119, "new"),
            (120, "2 minutes old"),
            (7_199, "119 minutes old"),
            (7_200, "2 hours old"),
            (172_799, "47 hours old"),
            (172_800, "2 days old"),
        ] {
            assert_eq!(age(Moment::from_unix(1_000), Moment::from_unix(1_000 + seconds)), said);
        }
    }
}
