//! Security case 63: the user pool is slow, down, or answers something else. The viewer gets a page in time, the
//! session is kept, and everything works again when the pool is well.
//!
//! The function host ends whatever takes longer than five seconds, so every answer here is one in time.

use gate::log::Event;
use gate::reason::Reason;
use std::time::Duration;

use stack::pool::Fault;
use tokio::time::timeout;

use super::cookies::Cookies;
use super::gate::Gate;
use super::hosted_ui;
use super::relay::Relay;
use super::world::World;

const FAULTS: [Fault; 7] = [
    Fault::Slow(Duration::from_secs(20)),
    Fault::Hang,
    Fault::Html,
    Fault::Status(500),
    Fault::HalfBody,
    Fault::Redirect,
    Fault::Huge,
];

/// Longer than the gate waits before it asks for the keys again.
const WELL_AGAIN_WITHIN: Duration = Duration::from_secs(30);

#[tokio::test]
async fn whatever_the_pool_does_the_session_is_kept_and_goes_on_later() {
    let world = World::start().await;
    let relay = Relay::before(world.pool.base_url()).await;
    let patients = Patients::new(&world, relay.url()).await;
    let mut without_keys = Vec::new();
    for fault in FAULTS {
        world.pool.set_fault(Some(fault));
        without_keys.push(patients.suffer(&world, relay.url()).await);
    }
    world.pool.set_fault(None);
    relay.set_down(true);
    relay.close_connections().await;
    without_keys.push(patients.suffer(&world, relay.url()).await);

    relay.set_down(false);
    patients.recover().await;
    let session = Cookies::of_session(&world.tokens("reader"));
    for gate in without_keys {
        let well = async { while !gate.open("/guide/", &session).await.is_forwarded() {} };
        timeout(WELL_AGAIN_WITHIN, well).await.expect("the keys are asked for again");
        assert_eq!(gate.counts().cold_starts, 1);
    }
}

#[tokio::test]
async fn a_pool_that_takes_no_connection_or_is_late_is_survived() {
    let world = World::start().await;
    // Nothing listens on the port for TCP multiplexers.
    let nowhere = "http://127.0.0.1:1";
    Patients::new(&world, nowhere).await.suffer(&world, nowhere).await;

    world.pool.set_fault(Some(Fault::Slow(Duration::from_millis(500))));
    let gate = Gate::start(&world.config_without_keys(world.pool.base_url())).await;
    assert!(gate.open("/guide/", &Cookies::of_session(&world.tokens("reader"))).await.is_forwarded());
    let ended = Cookies::of_session(&world.ended_tokens("reader"));
    assert_eq!(gate.open("/guide/", &ended).await.status(), Some(307));
}

/// Gates in the middle of what needs the pool: a renewal, a callback, a sign-out.
struct Patients {
    gates: [Gate; 3],
    ended: Cookies,
    /// The callback's address, and the browser that it belongs to.
    callback: (String, Cookies),
}

impl Patients {
    async fn new(world: &World, domain: &str) -> Self {
        let config = world.config_through(domain);
        let gates = [Gate::start(&config).await, Gate::start(&config).await, Gate::start(&config).await];
        let mut browser = Cookies::default();
        let sign_in = gates[1].open("/guide/", &browser).await;
        browser.keep(&sign_in);
        // The hosted UI is well; only the gate cannot reach the pool.
        let hosted_ui = sign_in.location().replacen(domain, world.pool.base_url(), 1);
        let callback = hosted_ui::sign_in(&hosted_ui, "reader", "Reader-1234").await;
        let ended = Cookies::of_session(&world.ended_tokens("reader"));
        Self { gates, ended, callback: (callback, browser) }
    }

    /// Lets each meet the fault, and returns a gate that could not get its keys.
    async fn suffer(&self, world: &World, domain: &str) -> Gate {
        let [renewing, calling_back, signing_out] = &self.gates;
        let (callback, browser) = &self.callback;
        let session = Cookies::of_session(&world.tokens("reader"));
        let ending = Cookies::of_session(&world.ending_tokens("reader"));
        let keyless = Gate::start(&world.config_without_keys(domain)).await;
        let other_keyless = Gate::start(&world.config_without_keys(domain)).await;
        let fresh = Gate::start(&world.config_through(domain)).await;
        let (page, back, out, keys, api_keys, living) = tokio::join!(
            renewing.open("/guide/?a=b", &self.ended),
            calling_back.open(callback, browser),
            signing_out.open("/auth/sign-out", &session),
            keyless.open("/guide/", &session),
            other_keyless.call("GET", "/api/", &session),
            fresh.open("/guide/", &ending),
        );
        for refused in [&page, &back, &keys, &api_keys] {
            refused.is_try_again_later();
        }
        assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
        assert_eq!(api_keys.header("content-type"), Some("application/problem+json"));
        assert!(living.is_forwarded(), "a session that is still alive goes on: {living:?}");
        // Who wants to go may go.
        let mut left = session.clone();
        left.keep(&out);
        assert_eq!((out.status(), left.names().len()), (Some(303), 0));
        signing_out.logged(Event::SignOut, Reason::SignedOutWithoutRevocation).await;
        keyless.logged(Event::Fault, Reason::KeysUnavailable).await;
        keyless
    }

    /// What could not be done is done.
    async fn recover(&self) {
        let [renewing, calling_back, _] = &self.gates;
        let (callback, browser) = &self.callback;
        assert_eq!(renewing.open("/guide/?a=b", &self.ended).await.location(), "/guide/?a=b");
        let back = calling_back.open(callback, browser).await;
        assert_eq!((back.status(), back.location()), (Some(303), "/guide/"));
        for gate in &self.gates {
            assert_eq!((gate.counts().cold_starts, gate.counts().restarts), (1, 0));
        }
    }
}
