//! `parapet keys`, and the first key of a deploy, against moto's Parameter Store.

use ops::aws::{Cloud, Connection};
use ops::failure::Exit;
use ops::moment::Moment;
use ops::project::Project;
use ops::sealing_keys::{self, Rotation, SealingKey, SealingKeysError};
use tests::moto::Moto;
use tests::operator::Run;

use super::operator::Operator;

struct Ground {
    operator: Operator,
    moto: Moto,
}

impl Ground {
    async fn new() -> Ground {
        let moto = tokio::task::spawn_blocking(Moto::start).await.unwrap().unwrap();
        Ground { operator: Operator::with_project(), moto }
    }

    async fn run(&self, arguments: &[&str]) -> Run {
        self.operator.run(&[arguments, &["--endpoint-url", self.moto.url()]].concat()).await
    }

    async fn run_json(&self, arguments: &[&str]) -> Run {
        self.operator.run_json(&[arguments, &["--endpoint-url", self.moto.url()]].concat()).await
    }

    async fn fingerprints(&self) -> Vec<String> {
        let json = self.run_json(&["keys", "list"]).await.done().json();
        let keys = json["keys"].as_array().unwrap().iter();
        keys.map(|key| key["fingerprint"].as_str().unwrap().to_owned()).collect()
    }

    fn project(&self) -> Project {
        Project::read(&self.operator.path("parapet.toml")).unwrap()
    }

    /// The account, seen from the project's region.
    async fn cloud(&self) -> Cloud {
        let endpoint_url = Some(self.moto.url().to_owned());
        Cloud::load("eu-central-1", &Connection { endpoint_url, ..Connection::default() }).await
    }
}

#[tokio::test]
async fn a_key_is_made_once_rotated_and_dropped() {
    let ground = Ground::new().await;
    let (project, cloud) = (ground.project(), ground.cloud().await);
    assert!(ground.fingerprints().await.is_empty());
    let none = ground.run(&["keys", "rotate"]).await;
    assert!(none.exit == Exit::Failed && none.err.contains("parapet deploy edge"), "{none:?}");

    let first = sealing_keys::read_or_create(&cloud, &project, Moment::now()).await.unwrap();
    let again = sealing_keys::read_or_create(&cloud, &project, Moment::now()).await.unwrap();
    assert_eq!((first.ring.len(), &first), (1, &again));
    let oldest = ground.fingerprints().await;

    let dry = ground.run(&["keys", "rotate", "--dry-run"]).await.done();
    assert!(dry.out.contains(&oldest[0]), "{dry:?}");
    assert_eq!(ground.fingerprints().await, oldest);

    let rotated = ground.run(&["keys", "rotate"]).await.done();
    assert!(
        rotated.out.contains("seals and opens") && rotated.out.contains("next: parapet deploy edge"),
        "{rotated:?}"
    );
    ground.run(&["keys", "rotate"]).await.done();
    let three = ground.fingerprints().await;
    assert_eq!((three.len(), three.last()), (3, oldest.first()));

    let unconfirmed = ground.run(&["keys", "rotate", "--drop-old"]).await;
    assert_eq!(unconfirmed.exit, Exit::Unconfirmed, "{unconfirmed:?}");
    assert_eq!(ground.fingerprints().await, three);
    let dropped = ground.run_json(&["keys", "rotate", "--drop-old", "--yes"]).await.done().json();
    assert_eq!(dropped["dropped"].as_array().unwrap().len(), 2);
    let two = ground.fingerprints().await;
    assert_eq!((two.len(), &two[1]), (2, &three[0]));

    // Nothing that was said shows a key.
    let stored = sealing_keys::read(&cloud, &project).await.unwrap().unwrap();
    let listed = ground.run(&["keys", "list"]).await.done();
    for key in stored.ring.reveal() {
        let said = [&listed.out, &rotated.out, &dry.out, &dropped.to_string()].map(String::as_str).join("\n");
        assert!(!said.contains(&key));
    }
    assert!(listed.out.contains("version 4") && listed.out.contains("new"), "{listed:?}");
}

#[tokio::test]
async fn of_two_at_once_one_makes_the_key_and_both_get_it() {
    let ground = Ground::new().await;
    let (project, cloud) = (ground.project(), ground.cloud().await);
    let now = Moment::now();
    let create = || sealing_keys::read_or_create(&cloud, &project, now);
    let (one, other) = tokio::join!(create(), create());
    assert_eq!(one.unwrap(), other.unwrap());
}

#[tokio::test]
async fn a_rotation_in_between_is_noticed() {
    let ground = Ground::new().await;
    let (project, cloud) = (ground.project(), ground.cloud().await);
    let read = sealing_keys::read_or_create(&cloud, &project, Moment::now()).await.unwrap();
    ground.run(&["keys", "rotate"]).await.done();
    let before = ground.fingerprints().await;
    let rotation = Rotation::plan(&read.ring, SealingKey::new([7; 32], Moment::now()), false).unwrap();
    let error = sealing_keys::store(&cloud, &project, &read, &rotation).await.unwrap_err();
    assert!(matches!(error, SealingKeysError::Changed { read: 1, found: 2, .. }), "{error:?}");
    assert_eq!(ground.fingerprints().await, before);
}

#[tokio::test]
async fn a_parameter_that_holds_something_else_is_told_without_what_it_holds() {
    let ground = Ground::new().await;
    let cloud = ground.cloud().await.in_region("us-east-1");
    let name = ground.project().sealing_keys_parameter();
    assert!(cloud.create_secure_parameter(&name, "not-a-key-but-secret", "", &[]).await.unwrap());
    let run = ground.run(&["keys", "list"]).await;
    assert_eq!(run.exit, Exit::Failed);
    assert!(run.err.contains(&name) && !run.err.contains("not-a-key"), "{run:?}");
}
