//! The one warm connection to the user pool.

use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::timeout;

use super::cookies::Cookies;
use super::gate::Gate;
use super::relay::Relay;
use super::world::World;

/// Handing an event to an instance that waits for it takes microseconds.
const HANDED_OVER_WITHIN: Duration = Duration::from_millis(200);

#[tokio::test]
async fn two_events_in_a_row_use_one_connection() {
    let world = World::start().await;
    let relay = Relay::before(world.pool.base_url()).await;
    let gate = Gate::start(&world.config_through(relay.url())).await;

    assert!(gate.open("/", &Cookies::of_session(&world.tokens("reader"))).await.is_forwarded());
    assert_eq!(relay.accepted(), 0, "a page that needs no exchange needs no connection");

    renews(&gate, &world).await;
    renews(&gate, &world).await;
    let browser = Cookies::of_session(&world.tokens("reader"));
    assert_eq!(gate.open("/auth/sign-out", &browser).await.status(), Some(303));
    assert_eq!(world.pool.revoke_requests(), 1);
    // Another key is asked for at the JWKS, another endpoint on the same server.
    world.pool.rotate_keys().await.unwrap();
    assert!(gate.open("/", &Cookies::of_session(&world.tokens("reader"))).await.is_forwarded());
    assert_eq!((world.pool.jwks_requests(), relay.accepted()), (1, 1));
}

#[tokio::test]
async fn a_connection_that_the_pool_closed_is_replaced_unnoticed() {
    let world = World::start().await;
    let relay = Relay::before(world.pool.base_url()).await;
    let gate = Gate::start(&world.config_through(relay.url())).await;
    renews(&gate, &world).await;
    for closed in 1..=20 {
        relay.close_connections().await;
        renews(&gate, &world).await;
        assert_eq!(relay.accepted(), closed + 1);
    }
    assert_eq!(gate.counts().cold_starts, 1);
}

/// Lambda freezes an instance between events: when it wakes up, the end of the connection and the next event are
/// both there.
#[tokio::test]
async fn a_connection_that_the_pool_closed_while_the_instance_was_frozen_is_replaced_unnoticed() {
    let world = World::start().await;
    let relay = Relay::before(world.pool.base_url()).await;
    let gate = Gate::start(&world.config_through(relay.url())).await;
    renews(&gate, &world).await;
    for closed in 1..=20 {
        gate.freeze().await;
        relay.close_connections().await;
        let events = gate.counts().invocations;
        tokio::join!(renews(&gate, &world), async {
            let handed_over = async {
                while gate.counts().invocations == events {
                    yield_now().await;
                }
            };
            // Not, if it was frozen before it had asked for the next event: then it has to go on to get one.
            drop(timeout(HANDED_OVER_WITHIN, handed_over).await);
            gate.thaw().await;
        });
        assert_eq!(relay.accepted(), closed + 1);
    }
    assert_eq!(gate.counts().cold_starts, 1);
}

async fn renews(gate: &Gate, world: &World) {
    let renewal = gate.open("/guide/", &Cookies::of_session(&world.ended_tokens("reader"))).await;
    assert_eq!(renewal.status(), Some(307), "{renewal:?}\n{}", gate.output());
}
