//! `parapet keys rotate-origin`.

use clap::Args;
use serde_json::json;

use super::Session;
use crate::aws::Cloud;
use crate::failure::{Exit, Failure};
use crate::moment::random;
use crate::origin_secrets::{self, OriginSecretsError};
use crate::project::Project;

/// What puts a step into effect: the API first, then the distribution.
const NEXT: &str = "parapet deploy backend";

/// Change what the distribution shows to the API, in two steps
///
/// The first puts a new secret in front; the API takes both, and the distribution shows the new one, once they are
/// deployed. The second, with --drop-old, lets the old one go.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  parapet keys rotate-origin && parapet deploy backend\n  parapet keys rotate-origin --drop-old && parapet deploy backend"
)]
pub(super) struct Arguments {
    /// Let the old secret go, after the new one was deployed
    #[arg(long)]
    drop_old: bool,
}

pub(super) async fn run(
    arguments: &Arguments,
    project: &Project,
    cloud: &Cloud,
    session: &Session,
) -> Result<Exit, Failure> {
    let parameter = project.origin_secrets_parameter();
    let none = || OriginSecretsError::NoneYet { parameter: parameter.clone() };
    let mut secrets = origin_secrets::read(cloud, project).await?.ok_or_else(none)?;
    if arguments.drop_old {
        secrets.truncate(1);
    } else {
        let new = random().map_err(OriginSecretsError::from)?;
        secrets = origin_secrets::with_a_new_one(&secrets, new)?;
    }
    let count = secrets.len();
    if session.options.dry_run {
        session.report.say(format_args!("{parameter} would hold {count}"));
    } else {
        if arguments.drop_old {
            session.confirm("Let the old secret go? A distribution that still shows it is turned away")?;
        }
        origin_secrets::store(cloud, project, &secrets).await?;
        session.report.say(format_args!("{parameter} in {} holds {count}", project.region));
    }
    session.report.say(format_args!("next: {NEXT} puts it into effect"));
    session.report.result(&json!({
        "parameter": parameter,
        "dry_run": session.options.dry_run,
        "secrets": count,
        "next": NEXT,
    }));
    Ok(Exit::Done)
}
