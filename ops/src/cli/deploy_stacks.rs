//! The stacks of one part: shown, confirmed, and deployed.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::Session;
use crate::aws::{Cloud, FailedHook, Stack, StackEvent};
use crate::deploy::{
    DeployError, Proposal, Proposed, Ready, WantedStack, delete, discard, each, execute, prepare, propose,
};
use crate::failure::Failure;
use crate::moment::{Moment, random};
use crate::report::Count;

/// What became of a part's stacks.
pub(super) struct PartOutcome {
    /// Its first stack, as it is now; none after a dry run of a stack that is not there.
    pub(super) stack: Option<Stack>,
    /// Whether anything was changed, or would be.
    pub(super) changed: bool,
    /// For programs.
    pub(super) result: Value,
}

/// After so long a silence it is said what is waited for.
const SIGN_OF_LIFE: Duration = Duration::from_secs(5 * 60);

type Work = Vec<(Cloud, WantedStack)>;

/// Deploys stacks that belong together.
pub(super) async fn deploy_stacks(
    session: &Session,
    cloud: &Cloud,
    wanted: Vec<WantedStack>,
) -> Result<PartOutcome, Failure> {
    let work: Work = wanted.into_iter().map(|stack| (cloud.in_region(&stack.region), stack)).collect();
    let Some((_, first)) = work.first() else {
        return Ok(PartOutcome { stack: None, changed: false, result: Value::Null });
    };
    let part = first.part;
    let ready = make_ready(session, &work).await?;
    let Some(ready) = ready else {
        let result = json!({ "part": part.name(), "stack": first.name, "outcome": "planned" });
        return Ok(PartOutcome { stack: None, changed: true, result });
    };
    let proposals = compare(session, &work, ready).await?;
    let (unchanged, proposed) = sorted(proposals);
    let result = |outcome: &str, proposed: &[Proposed]| json!({ "part": part.name(), "stack": first.name, "outcome": outcome, "changes": proposed });
    if proposed.is_empty() {
        session.report.say(format_args!("{part}: nothing to change"));
        let result = result("unchanged", &[]);
        return Ok(PartOutcome { stack: unchanged.into_iter().next(), changed: false, result });
    }
    show(session, &proposed);
    if session.options.dry_run {
        discard_all(cloud, &proposed).await?;
        let result = result("planned", &proposed);
        return Ok(PartOutcome { stack: unchanged.into_iter().next(), changed: true, result });
    }
    if let Err(declined) = session.confirm(&question(&proposed)) {
        discard_all(cloud, &proposed).await?;
        return Err(declined.into());
    }
    let deployed = carry_out(session, cloud, &proposed).await?;
    session.report.say(format_args!("{part}: deployed"));
    let result = result("deployed", &proposed);
    Ok(PartOutcome { stack: deployed.into_iter().chain(unchanged).next(), changed: true, result })
}

/// Waits for whoever is at work, and deletes what is left of stacks that could not be created. Nothing in a dry run
/// that would have to do the latter.
async fn make_ready(session: &Session, work: &Work) -> Result<Option<Vec<Ready>>, Failure> {
    let _waiting =
        work.first().map(|(_, stack)| session.report.waiting(format_args!("looking at {}", stack.part)));
    let look = |(cloud, wanted): (Cloud, WantedStack)| async move { prepare(&cloud, &wanted).await };
    let ready = each(work.clone(), look).await.into_iter().collect::<Result<Vec<_>, _>>()?;
    let mut made_ready = Vec::new();
    for ((cloud, wanted), ready) in work.iter().zip(ready) {
        let Ready::Remains(stack) = ready else {
            made_ready.push(ready);
            continue;
        };
        let (name, region, status) = (&stack.name, &wanted.region, &stack.status);
        if session.options.dry_run {
            session.report.say(format_args!(
                "{}: {name} in {region} could not be created ({status}); it would be deleted and created anew",
                wanted.part
            ));
            return Ok(None);
        }
        session.confirm(&format!(
            "{name} in {region} could not be created ({status}). Delete what is left of it, and create it anew?"
        ))?;
        let (tell, _told) = unbounded_channel();
        delete(cloud, &stack, &tell).await?;
        made_ready.push(Ready::Create);
    }
    Ok(Some(made_ready))
}

async fn compare(session: &Session, work: &Work, ready: Vec<Ready>) -> Result<Vec<Proposal>, Failure> {
    let _waiting = work.first().map(|(_, it)| session.report.waiting(format_args!("comparing {}", it.part)));
    let name = change_set_name()?;
    let ask = |((cloud, wanted), ready): ((Cloud, WantedStack), Ready)| {
        let name = name.clone();
        async move { (propose(&cloud, &wanted, &ready, &name).await, cloud) }
    };
    let answers = each(work.clone().into_iter().zip(ready), ask).await;
    let mut proposals = Vec::new();
    let mut failure = None;
    for (answer, _) in answers {
        match answer {
            Ok(proposal) => proposals.push(proposal),
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    let Some(error) = failure else { return Ok(proposals) };
    if let Some((cloud, _)) = work.first() {
        let (_, proposed) = sorted(proposals);
        discard_all(cloud, &proposed).await?;
    }
    Err(error.into())
}

/// Another one each time: CloudFormation keeps the names of change sets that were executed.
fn change_set_name() -> Result<String, DeployError> {
    let salt: [u8; 4] = random()?;
    Ok(format!("parapet-{}-{:08x}", Moment::now().compact(), u32::from_be_bytes(salt)))
}

fn sorted(proposals: Vec<Proposal>) -> (Vec<Stack>, Vec<Proposed>) {
    let (mut unchanged, mut proposed) = (Vec::new(), Vec::new());
    for proposal in proposals {
        match proposal {
            Proposal::Unchanged(stack) => unchanged.push(stack),
            Proposal::Changes(changes) => proposed.push(changes),
        }
    }
    (unchanged, proposed)
}

/// Stacks to which the same happens are shown once.
fn show(session: &Session, proposed: &[Proposed]) {
    let mut groups: Vec<(&Proposed, Vec<&str>)> = Vec::new();
    for stack in proposed {
        match groups.iter_mut().find(|(first, _)| first.is_like(stack)) {
            Some((_, regions)) => regions.push(&stack.region),
            None => groups.push((stack, vec![&stack.region])),
        }
    }
    for (stack, regions) in groups {
        session.report.say(stack.headline(&regions));
        for line in stack.lines() {
            session.report.say(line);
        }
        for warning in stack.warnings() {
            session.report.warn(warning);
        }
    }
}

fn question(proposed: &[Proposed]) -> String {
    match proposed {
        [stack] => format!("Change {} in {} so?", stack.stack, stack.region),
        stacks => {
            let name = stacks.first().map_or("", |first| &first.stack);
            format!("Change {name} in {} so?", Count::of(stacks.len(), "region"))
        }
    }
}

async fn discard_all(cloud: &Cloud, proposed: &[Proposed]) -> Result<(), DeployError> {
    let throw_away = |stack: Proposed| {
        let cloud = cloud.in_region(&stack.region);
        async move { discard(&cloud, &stack).await }
    };
    each(proposed.to_vec(), throw_away).await.into_iter().collect()
}

/// Executes all; what fails in one region keeps no other from being finished.
async fn carry_out(session: &Session, cloud: &Cloud, proposed: &[Proposed]) -> Result<Vec<Stack>, Failure> {
    let (tell, told) = unbounded_channel();
    let work = each(proposed.to_vec(), |stack| {
        let (cloud, tell) = (cloud.in_region(&stack.region), tell.clone());
        async move { execute(&cloud, &stack, &tell).await }
    });
    let results = while_telling(session, told, work).await;
    let mut failure = None;
    let mut stacks = Vec::new();
    for result in results {
        match (result, &failure) {
            (Ok(stack), _) => stacks.push(stack),
            (Err(error), None) => failure = Some(error),
            (Err(error), Some(_)) => session.report.warn(error),
        }
    }
    match failure {
        Some(error) => Err(error.into()),
        None => Ok(stacks),
    }
}

/// Shows what happens for as long as `work` takes.
pub(super) async fn while_telling<T>(
    session: &Session,
    mut told: UnboundedReceiver<(String, StackEvent)>,
    work: impl Future<Output = T>,
) -> T {
    let waiting = session.report.waiting("waiting for CloudFormation");
    let mut work = std::pin::pin!(work);
    let mut last = format!("nothing has happened since {}", Moment::now().rfc3339());
    loop {
        tokio::select! {
            // What has happened is shown before the end is.
            biased;
            Some((region, event)) = told.recv() => {
                waiting.now(format_args!("{region}: {} {}", event.resource, event.status));
                let now = Moment::now().rfc3339();
                last = format!("{region}: {} {} since {now}", event.resource, event.status);
                if let Some(line) = worth_a_line(&region, &event) {
                    session.report.note(line);
                }
            }
            done = &mut work => return done,
            // Where nobody sees a clock turn.
            () = tokio::time::sleep(SIGN_OF_LIFE) => session.report.note(format_args!("  still waiting: {last}")),
        }
    }
}

/// Failures, and what the operator has to do while CloudFormation waits: a certificate's DNS records.
fn worth_a_line(region: &str, event: &StackEvent) -> Option<String> {
    if let Some(FailedHook { name, reason, stops }) = &event.failed_hook {
        let verb = if *stops { "forbids it" } else { "warns" };
        return Some(format!("  {region}: {}: the hook {name} {verb}: {reason}", event.resource));
    }
    let reason = event.reason.as_deref()?;
    let matters = event.status.ends_with("_FAILED") || reason.contains("DNS Record");
    matters.then(|| format!("  {region}: {} {}: {reason}", event.resource, event.status))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dns_records_that_somebody_has_to_make_are_shown() {
        let event = |status: &str, reason: &str| StackEvent {
            id: "1".to_owned(),
            resource: "Certificate".to_owned(),
            kind: "AWS::CertificateManager::Certificate".to_owned(),
            status: status.to_owned(),
            reason: Some(reason.to_owned()),
            failed_hook: None,
            of_stack: false,
        };
        let waits =
            event("CREATE_IN_PROGRESS", "Content of DNS Record is: {Name: _a.cms.example.com.,Type: CNAME}");
        assert!(worth_a_line("us-east-1", &waits).unwrap().contains("_a.cms.example.com"));
        assert!(worth_a_line("us-east-1", &event("CREATE_FAILED", "denied")).is_some());
        assert_eq!(
            worth_a_line("us-east-1", &event("CREATE_IN_PROGRESS", "Resource creation Initiated")),
            None
        );
    }
}
