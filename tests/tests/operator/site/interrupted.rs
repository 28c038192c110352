//! A deploy that is interrupted at any of its requests, and run again, ends as if nothing had happened.

use std::collections::BTreeMap;
use std::time::Duration;

use ops::failure::Exit;
use serde_json::Value;
use stack::bucket::ObjectMetadata;
use tokio::task::JoinSet;

use super::folder::Folder;
use super::ground::{Ground, Seen, deploy_to};
use super::relay::{Fault, Relay};

const PATHS: [&str; 7] =
    ["/", "/index.html", "/guide/", "/guide/old/", "/robots.txt", "/new.txt", "/app-0123456789abcdef.js"];

/// Every kind of change: content, a new page, a new asset, headers alone, a removal, an object that is gone and one that
/// somebody else has changed; beside them, what is not the site's.
async fn ground_and_site() -> (Ground, Folder) {
    let ground = Ground::new().await;
    ground.bucket.put("site/uploads/a.png", "picture", ObjectMetadata::default());
    let script = |number: u32| format!("console.log({number});\n").repeat(80);
    let site = Folder::of(&[
        ("index.html", "start 1"),
        ("guide/index.html", "guide 1"),
        ("guide/old/index.html", "old"),
        ("robots.txt", "all"),
        ("app-0123456789abcdef.js", &script(1)),
        ("gone.txt", "here"),
        ("changed.txt", "ours"),
    ]);
    ground.deploy(&site, &["--no-precompress"]).await.done();
    ground.bucket.delete("site/gone.txt");
    ground.bucket.put("site/changed.txt", "theirs", ObjectMetadata::default());
    site.write("index.html", "start 2");
    site.write("guide/index.html", "guide 2");
    site.write("new.txt", "new");
    site.write("app-fedcba9876543210.js", &script(2));
    site.remove("guide/old/index.html");
    for path in PATHS {
        ground.view(path).await;
    }
    (ground, site)
}

/// What there is after a deploy: objects, what is remembered of them, and what viewers get.
#[derive(Debug, PartialEq)]
struct State {
    objects: BTreeMap<String, Seen>,
    remembered: BTreeMap<String, Value>,
    journal: Option<Value>,
    viewed: Vec<(u16, String)>,
}

async fn state(ground: &Ground) -> State {
    let manifest = ground.manifest();
    let objects = manifest["objects"].as_object().unwrap().iter();
    let remembered = objects.map(|(key, object)| {
        let mut object = object.clone();
        let headers = &manifest["headers"][object["headers"].as_u64().unwrap() as usize];
        object["headers"] = headers.clone();
        object.as_object_mut().unwrap().remove("version");
        (key.clone(), object)
    });
    let mut viewed = Vec::new();
    for path in PATHS {
        let (status, body, _) = ground.view(path).await;
        // An error page tells the number of the request.
        viewed.push((status, if status == 200 { body } else { String::new() }));
    }
    State {
        objects: ground.objects(),
        remembered: remembered.collect(),
        journal: manifest.get("journal").cloned(),
        viewed,
    }
}

const NOW: [&str; 4] = ["--grace-hours", "0", "--patience", "2"];

async fn undisturbed() -> (State, usize) {
    let (ground, site) = ground_and_site().await;
    let relay = Relay::to(&ground.url(), Fault::None).await;
    let run = deploy_to(relay.url(), &site, &NOW).await.done();
    assert_eq!(run.json()["uploaded"], 7, "{}", run.out);
    assert_eq!(run.json()["removed"], 1);
    (state(&ground).await, relay.requests())
}

/// Interrupts a deploy, runs it again, and tells what there is then.
async fn healed(fault: Fault) -> (Fault, State) {
    let (ground, site) = ground_and_site().await;
    let relay = Relay::to(&ground.url(), fault).await;
    if matches!(fault, Fault::Fails(_)) {
        let failed = deploy_to(relay.url(), &site, &NOW).await;
        assert_eq!(failed.exit, Exit::Failed, "{fault:?}: {failed:?}");
        assert!(failed.err.contains("next: "), "{fault:?}: {}", failed.err);
    } else {
        tokio::select! {
            run = deploy_to(relay.url(), &site, &NOW) => panic!("{fault:?}: it was not interrupted: {run:?}"),
            () = relay.cut() => {}
        }
    }
    assert_eq!(ground.object("site/uploads/a.png").body, "picture");
    let again = deploy_to(&ground.url(), &site, &NOW).await;
    assert_eq!(again.exit, Exit::Done, "{fault:?}: {again:?}");
    let state = state(&ground).await;
    let third = deploy_to(&ground.url(), &site, &NOW).await.done();
    assert_eq!(third.json()["deploy"], Value::Null, "{fault:?}: {}", third.out);
    (fault, state)
}

#[tokio::test(flavor = "multi_thread")]
async fn at_any_request_a_second_run_heals_it() {
    let (expected, requests) = undisturbed().await;
    assert!(requests >= 13, "{requests}");
    assert_eq!(expected.journal, None);
    assert_eq!(expected.viewed[0], (200, "start 2".into()));
    assert_eq!(expected.viewed[3].0, 404);
    // Failing requests are tried three times by the SDK, which takes seconds: but all of them side by side.
    let faults = (1..=requests).flat_map(|n| [Fault::NeverArrives(n), Fault::AnswerLost(n), Fault::Fails(n)]);
    let mut runs: JoinSet<_> = faults.map(|fault| Box::pin(healed(fault))).collect();
    while let Some(run) = runs.join_next().await {
        let (fault, state) = run.unwrap();
        assert_eq!(state, expected, "{fault:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changes_between_the_two_runs_is_deployed_and_invalidated() {
    let (_, requests) = undisturbed().await;
    for at in 1..=requests {
        let (ground, site) = ground_and_site().await;
        let relay = Relay::to(&ground.url(), Fault::AnswerLost(at)).await;
        tokio::select! {
            run = deploy_to(relay.url(), &site, &NOW) => panic!("{at}: {run:?}"),
            () = relay.cut() => {}
        }
        for path in PATHS {
            ground.view(path).await;
        }
        site.write("index.html", "start 3");
        site.write("guide/old/index.html", "back");
        deploy_to(&ground.url(), &site, &NOW).await.done();
        for (path, body) in
            [("/", "start 3"), ("/guide/", "guide 2"), ("/guide/old/", "back"), ("/new.txt", "new")]
        {
            assert_eq!(ground.view(path).await.1, body, "{at}: {path}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_third_run_heals_two_interrupted_ones() {
    let (expected, requests) = undisturbed().await;
    for first in 1..=requests {
        let (ground, site) = ground_and_site().await;
        let second = first * 7 % requests + 1;
        for fault in [Fault::AnswerLost(first), Fault::NeverArrives(second)] {
            let relay = Relay::to(&ground.url(), fault).await;
            tokio::select! {
                // After the first there may be less left to do than was to be interrupted.
                run = deploy_to(relay.url(), &site, &NOW) => { run.done(); }
                () = relay.cut() => {}
            }
        }
        deploy_to(&ground.url(), &site, &NOW).await.done();
        assert_eq!(state(&ground).await, expected, "{first}, {second}");
    }
}

#[tokio::test]
async fn what_others_put_there_between_the_two_runs_is_not_touched() {
    let (ground, site) = ground_and_site().await;
    // The journal says that new.txt will be put, but nothing is.
    let relay = Relay::to(&ground.url(), Fault::NeverArrives(4)).await;
    tokio::select! {
        run = deploy_to(relay.url(), &site, &NOW) => panic!("{run:?}"),
        () = relay.cut() => {}
    }
    ground.bucket.put("site/new.txt", "theirs", ObjectMetadata::default());
    let refused = ground.deploy(&site, &NOW).await;
    assert_eq!(refused.exit, Exit::Failed);
    assert!(refused.err.contains("in the way of 1 file: new.txt"), "{}", refused.err);
    assert_eq!(ground.object("site/new.txt").body, "theirs");
    site.remove("new.txt");
    ground.deploy(&site, &NOW).await.done();
    assert_eq!(ground.object("site/new.txt").body, "theirs");
    assert_eq!(ground.view("/").await.1, "start 2");
}

#[tokio::test]
async fn nothing_is_waited_for_longer_than_asked() {
    let ground = Ground::with_invalidations_taking(Duration::from_secs(3_600)).await;
    let site = Folder::of(&[("index.html", "start")]);
    let run = ground.deploy(&site, &["--no-wait"]).await.done();
    assert!(run.json()["invalidation"]["id"].is_string());
}
