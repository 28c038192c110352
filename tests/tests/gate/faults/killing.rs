//! An instance that is killed in the middle of an event.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::cookies::Cookies;
use super::encounter::{Came, Encounter};
use super::fault::Fault;
use super::gate::Gate;
use super::relay::Relay;
use super::scene::Scene;
use super::visitor::Visit;

/// How often is looked whether the moment has come.
const LOOK_AGAIN: Duration = Duration::from_millis(1);
/// Handing an event to an instance that waits for it takes microseconds.
const HANDED_OVER_WITHIN: Duration = Duration::from_millis(500);

pub(super) async fn meet(scene: &Scene, visit: &Visit) -> Encounter {
    let target = visit.targets[0].clone();
    let event = visit.event(&target).to_string();
    let (gate, came) = if visit.visitor.needs_the_pool() {
        in_an_exchange(scene, event.as_bytes()).await
    } else {
        before_deciding(scene, event.as_bytes()).await
    };
    Encounter { gate: Arc::new(gate), came: vec![(target, came)] }
}

/// While the gate waits for the user pool, which has not begun yet, or has done what it was asked for.
async fn in_an_exchange(scene: &Scene, event: &[u8]) -> (Gate, Came) {
    let relay = Relay::before(scene.world.pool.base_url()).await;
    if scene.fault == Fault::KilledAnswered {
        relay.mute();
    }
    let gate = Gate::start(&scene.world.config_through(relay.url())).await;
    let is_time = || match scene.fault {
        Fault::KilledAnswered => relay.withheld() > 0,
        _ => relay.accepted() > 0,
    };
    let killing = async {
        while !is_time() {
            sleep(LOOK_AGAIN).await;
        }
        gate.kill().await;
    };
    let (came, ()) = tokio::join!(gate.invoke(event), killing);
    (gate, came)
}

/// A decision takes microseconds: the process is stopped before it gets the event, and then killed.
async fn before_deciding(scene: &Scene, event: &[u8]) -> (Gate, Came) {
    loop {
        let gate = Gate::start(&scene.config).await;
        gate.open("/public/", &Cookies::default()).await;
        let events = gate.counts().invocations;
        gate.freeze().await;
        let killing = async {
            while gate.counts().invocations == events {
                sleep(LOOK_AGAIN).await;
            }
            gate.kill().await;
        };
        let met = timeout(HANDED_OVER_WITHIN, async { tokio::join!(gate.invoke(event), killing) }).await;
        // Else it was stopped before it had asked for the event.
        if let Ok((came, ())) = met {
            return (gate, came);
        }
    }
}
