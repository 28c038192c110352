//! One stack, from as it is to as it is wanted.

use super::change::{Proposed, parameter_changes};
use super::watch::{Begun, ending};
use super::{DeployError, Patience, Tell, WantedStack};
use crate::aws::{CallError, ChangeSetRequest, ChangeSetState, Cloud, Stack};
use crate::stacks::{Readiness, is_ours};

/// A stack that a change set can be asked for.
#[derive(Debug, Clone)]
pub enum Ready {
    /// It has to be created; an empty stack may be there.
    Create,
    /// It is there.
    Update(Stack),
    /// What is left of one that could not be created has to be deleted first.
    Remains(Stack),
}

/// What CloudFormation says to a wanted stack.
#[derive(Debug, Clone)]
pub enum Proposal {
    /// It is as it is wanted.
    Unchanged(Stack),
    /// It would be changed.
    Changes(Proposed),
}

/// Waits until nothing is being done with a stack, and says what can be done with it.
///
/// # Errors
///
/// When it is another project's, or needs the operator.
pub async fn prepare(cloud: &Cloud, wanted: &WantedStack) -> Result<Ready, DeployError> {
    let (stack, region) = (wanted.name.clone(), wanted.region.clone());
    let mut patience = Patience::waiting_for(format!("whoever changes the stack {stack} in {region}"));
    loop {
        let found = cloud.stack(&wanted.name).await?;
        if found.as_ref().is_some_and(|stack| !is_ours(stack, &wanted.project)) {
            return Err(DeployError::NotOurs { stack, region });
        }
        match (Readiness::of(found.as_ref()), found) {
            (Readiness::Create, _) | (_, None) => return Ok(Ready::Create),
            (Readiness::Update, Some(found)) => return Ok(Ready::Update(found)),
            (Readiness::NeverCreated, Some(found)) => return Ok(Ready::Remains(found)),
            (Readiness::Busy, _) => patience.pause().await?,
            (Readiness::Stuck, Some(found)) => {
                return Err(DeployError::Stuck { stack, region, status: found.status });
            }
        }
    }
}

/// Asks CloudFormation what it would change. `name` is the change set's, another one each time.
///
/// # Errors
///
/// When CloudFormation refuses the template or its parameters; nothing is left of the attempt.
pub async fn propose(
    cloud: &Cloud,
    wanted: &WantedStack,
    ready: &Ready,
    name: &str,
) -> Result<Proposal, DeployError> {
    let before = if let Ready::Update(stack) = ready { Some(stack) } else { None };
    // What is not said, and cannot be read, stays as it is.
    let is_kept = |name: &&str| {
        !wanted.parameters.contains_key(*name) && before.is_some_and(|it| it.parameters.contains_key(*name))
    };
    let kept: Vec<&str> = wanted.part.secrets().iter().copied().filter(is_kept).collect();
    let template = wanted.template();
    let request = ChangeSetRequest {
        stack: &wanted.name,
        name,
        template: &template,
        kept: &kept,
        parameters: &wanted.parameters,
        tags: &wanted.tags,
        creates: before.is_none(),
        adopts: before.is_none() && wanted.adopts,
        reverts_drift: before.is_some() && wanted.reverts_drift,
    };
    let id = match (cloud.create_change_set(request).await, before) {
        // Some say it at once.
        (Err(error), Some(stack)) if says_no_updates(&error) => {
            return Ok(Proposal::Unchanged(stack.clone()));
        }
        (id, _) => id?,
    };
    let proposed = |changes| Proposed {
        stack: wanted.name.clone(),
        region: wanted.region.clone(),
        part: wanted.part,
        id: id.clone(),
        creates: before.is_none(),
        changes,
        parameters: parameter_changes(before, wanted),
    };
    let mut patience = Patience::waiting_for(format!("the change set {id}"));
    loop {
        match (cloud.change_set(&wanted.name, &id).await?, before) {
            (ChangeSetState::Pending, _) => patience.pause().await?,
            (ChangeSetState::Ready(changes), _) => return Ok(Proposal::Changes(proposed(changes))),
            (ChangeSetState::Empty, Some(stack)) => {
                discard(cloud, &proposed(Vec::new())).await?;
                return Ok(Proposal::Unchanged(stack.clone()));
            }
            (state, _) => {
                let reason = match state {
                    ChangeSetState::Failed(reason) => told(cloud, &id, reason).await,
                    _ => "it would hold nothing".to_owned(),
                };
                discard(cloud, &proposed(Vec::new())).await?;
                let (stack, region) = (wanted.name.clone(), wanted.region.clone());
                return Err(DeployError::Refused { stack, region, reason });
            }
        }
    }
}

/// Of what its early validation finds, CloudFormation says in the change set only where to ask. Whoever may not ask is
/// told as much as that.
async fn told(cloud: &Cloud, change_set: &str, reason: String) -> String {
    if !reason.contains("DescribeEvents") {
        return reason;
    }
    match cloud.refusals(change_set).await {
        Ok(found) if !found.is_empty() => found.join("; "),
        _ => reason,
    }
}

fn says_no_updates(error: &CallError) -> bool {
    error.is("ValidationError") && error.to_string().contains("No updates are to be performed")
}

/// The state of a stack that was made for its first change set and holds nothing yet.
const EMPTY: &str = "REVIEW_IN_PROGRESS";

/// An empty stack is gone at once, and need not say so by an event.
async fn delete_empty(cloud: &Cloud, stack: &str) -> Result<(), DeployError> {
    cloud.delete_stack(stack).await?;
    let mut patience = Patience::waiting_for(format!("the end of the empty stack {stack}"));
    while cloud.stack(stack).await?.is_some_and(|stack| stack.status != "DELETE_COMPLETE") {
        patience.pause().await?;
    }
    Ok(())
}

/// Throws a change set away, and with it the empty stack that was made for it.
///
/// # Errors
///
/// When AWS does not do it.
pub async fn discard(cloud: &Cloud, proposed: &Proposed) -> Result<(), DeployError> {
    cloud.delete_change_set(&proposed.stack, &proposed.id).await?;
    let is_empty = |stack: &Stack| stack.status == EMPTY;
    if proposed.creates && cloud.stack(&proposed.stack).await?.as_ref().is_some_and(is_empty) {
        delete_empty(cloud, &proposed.stack).await?;
    }
    Ok(())
}

/// Executes a change set and waits for its end.
///
/// # Errors
///
/// When a resource fails; CloudFormation has then rolled the stack back. When it is refused, such as by a hook.
pub async fn execute(cloud: &Cloud, proposed: &Proposed, tell: &Tell) -> Result<Stack, DeployError> {
    let (stack, region) = (proposed.stack.clone(), proposed.region.clone());
    let since = cloud.newest_stack_event(&stack).await?;
    cloud.execute_change_set(&stack, &proposed.id).await?;
    let ending = ending(cloud, &stack, Begun::Execution(&proposed.id), since, tell).await?;
    if !matches!(&*ending.status, "CREATE_COMPLETE" | "UPDATE_COMPLETE" | "IMPORT_COMPLETE") {
        let cause = ending.cause.unwrap_or_else(|| "CloudFormation names no resource".to_owned());
        return Err(DeployError::Failed { stack, region, status: ending.status, cause });
    }
    let mut patience = Patience::waiting_for(format!("the stack {stack} in {region}"));
    loop {
        match cloud.stack(&stack).await? {
            Some(found) if !found.status.ends_with("_IN_PROGRESS") => return Ok(found),
            Some(_) => patience.pause().await?,
            None => return Err(DeployError::Gone { stack, region }),
        }
    }
}

/// Deletes a stack and waits until it is gone.
///
/// # Errors
///
/// When a resource cannot be deleted; the stack then stays, with what is left.
pub async fn delete(cloud: &Cloud, stack: &Stack, tell: &Tell) -> Result<(), DeployError> {
    if stack.status == EMPTY {
        return delete_empty(cloud, &stack.name).await;
    }
    let since = cloud.newest_stack_event(&stack.id).await?;
    cloud.delete_stack(&stack.name).await?;
    // By its id: a stack that is gone has no name any more.
    let ending = ending(cloud, &stack.id, Begun::Deletion, since, tell).await?;
    if ending.status == "DELETE_COMPLETE" {
        return Ok(());
    }
    Err(DeployError::Failed {
        stack: stack.name.clone(),
        region: cloud.region().to_owned(),
        status: ending.status,
        cause: ending.cause.unwrap_or_else(|| "CloudFormation names no resource".to_owned()),
    })
}
