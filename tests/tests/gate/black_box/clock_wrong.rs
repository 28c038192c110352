//! Security case 64: a clock that is wrong by a day. The gate lets nobody in, and its log says why.

use gate::log::Event;
use gate::reason::Reason;

use super::cookies::Cookies;
use super::gate::Gate;
use super::hosted_ui;
use super::world::World;

const DAY: i64 = 86_400;

#[tokio::test]
async fn a_clock_that_is_wrong_by_a_day_is_named_in_the_log_and_opens_nothing() {
    let world = World::start().await;
    for ahead in [DAY, -DAY] {
        let gate = Gate::start(&world.config()).await;
        world.set_clock_ahead(ahead);
        let mut browser = Cookies::default();
        let sign_in = gate.open("/guide/", &browser).await;
        browser.keep(&sign_in);
        let callback = hosted_ui::sign_in(sign_in.location(), "reader", "Reader-1234").await;
        let refused = gate.open(&callback, &browser).await;
        assert_eq!(refused.status(), Some(503));
        browser.keep(&refused);
        assert!(browser.names().iter().all(|name| name.starts_with("__Host-sign-in-")), "no session");
        gate.logged(Event::Fault, Reason::ClockWrong).await;

        // Tokens that came from elsewhere, such as another instance whose clock is right.
        let session = Cookies::of_session(&world.tokens("reader"));
        assert_eq!(
            gate.open("/auth/session", &session).await.status(),
            Some(if ahead > 0 { 401 } else { 503 })
        );
        let page = gate.open("/guide/", &session).await;
        assert_eq!(page.status(), Some(if ahead > 0 { 302 } else { 503 }));
        assert!(gate.call("GET", "/api/", &session).await.status().is_some());
        if ahead > 0 {
            gate.logged(Event::Refusal, Reason::ClockWrong).await;
        }

        world.set_clock_ahead(0);
        let well = Cookies::of_session(&world.tokens("reader"));
        assert!(gate.open("/guide/", &well).await.is_forwarded());
    }
}
