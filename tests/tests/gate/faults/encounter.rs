//! A visitor meets a fault.

use std::sync::Arc;

use stack::function_host::InvokeError;
use tokio::task::JoinSet;

use super::answer::Answer;
use super::fault::Fault;
use super::gate::Gate;
use super::killing;
use super::scene::Scene;
use super::visitor::Visit;

/// What came of one address.
pub(super) type Came = Result<Answer, InvokeError>;

pub(super) struct Encounter {
    /// The gate that was met.
    pub(super) gate: Arc<Gate>,
    /// The addresses in the order in which their answers came.
    pub(super) came: Vec<(String, Came)>,
}

/// Asks for every address of the visit at once, at a gate that has not answered anybody yet.
pub(super) async fn meet(scene: &Scene, visit: &Visit) -> Encounter {
    if matches!(scene.fault, Fault::KilledAsking | Fault::KilledAnswered) {
        return killing::meet(scene, visit).await;
    }
    let gate = Arc::new(Gate::with_instances(&scene.config, visit.targets.len()).await);
    let mut tabs = JoinSet::new();
    for target in visit.targets.clone() {
        let (gate, event) = (Arc::clone(&gate), visit.event(&target).to_string());
        tabs.spawn(async move { (target, gate.invoke(event.as_bytes()).await) });
    }
    let mut came = Vec::new();
    while let Some(answered) = tabs.join_next().await {
        came.push(answered.unwrap());
    }
    Encounter { gate, came }
}
