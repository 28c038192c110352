//! The end of what changes stacks: the distribution everywhere, and what is left to do by hand.

use super::Session;
use crate::aws::{Cloud, DistributionState};
use crate::deploy::Patience;
use crate::failure::Failure;
use crate::stacks::Deployed;

/// Waits until what was changed is everywhere, and says where the site is.
pub(super) async fn wait_until_live(
    session: &Session,
    cloud: &Cloud,
    deployed: &Deployed,
) -> Result<(), Failure> {
    let (report, project) = (&session.report, deployed.project());
    if session.options.dry_run {
        report.say("nothing was done: this was a dry run");
        return Ok(());
    }
    let Ok(id) = deployed.distribution() else { return Ok(()) };
    if project.site.distribution.is_some() {
        if let Ok(version) = deployed.function_version() {
            report.say(format_args!(
                "the distribution {id} is brought along: parapet associate puts {version} in front of it"
            ));
        }
        return Ok(());
    }
    let state = wait_until_everywhere(session, cloud, id).await?;
    if !state.enabled {
        report.warn("the distribution is disabled, because it has no gate yet: parapet deploy edge");
    }
    for host in deployed.hosts()? {
        let is_own = host == state.host;
        let record = if is_own { String::new() } else { format!(" (its DNS record: {})", state.host) };
        report.say(format_args!("https://{host}{record}"));
    }
    Ok(())
}

/// Waits until a distribution's configuration is at every edge location, and says how it is then.
pub(super) async fn wait_until_everywhere(
    session: &Session,
    cloud: &Cloud,
    id: &str,
) -> Result<DistributionState, Failure> {
    let _waiting = session.report.waiting(format_args!("waiting for CloudFront to deploy {id} everywhere"));
    let mut patience = Patience::waiting_for(format!("CloudFront to deploy {id} everywhere"));
    loop {
        let state = cloud.distribution_state(id).await?;
        if state.deployed {
            return Ok(state);
        }
        patience.pause().await?;
    }
}
