//! A panic is a defect, and there is no known way to one by an event. What is left is a machine that fails: without
//! randomness the gate panics rather than make a sign-in that somebody could guess.

use gate::log::Event;
use gate::reason::Reason;

use super::cookies::Cookies;
use super::gate::Gate;
use super::world::World;

#[tokio::test]
async fn case_62_a_panic_is_a_refusal_and_the_instance_lives_on() {
    let world = World::start().await;
    let gate = Gate::without_randomness(&world.config()).await;
    for _ in 0..3 {
        let refused = gate.open("/guide/", &Cookies::default()).await;
        assert_eq!(refused.status(), Some(500), "{refused:?}");
        assert_eq!(refused.header("strict-transport-security"), Some("max-age=31536000"));
        assert!(refused.body().contains("<html"), "{refused:?}");

        assert!(gate.open("/public/", &Cookies::default()).await.is_forwarded());
    }
    assert_eq!(gate.logged(Event::Fault, Reason::Internal).await["detail"], "panic");
    assert_eq!(gate.output().matches(r#""reason":"panic"}"#).count(), 3, "{}", gate.output());
    assert!(gate.output().contains("edge-auth/src/shell/ambient.rs"), "{}", gate.output());
    assert!(!gate.output().contains("stopped"), "{}", gate.output());
    assert_eq!((gate.counts().cold_starts, gate.counts().restarts), (1, 0), "it begins anew in its place");
    assert!(gate.losses().is_empty(), "{:?}", gate.losses());
}
