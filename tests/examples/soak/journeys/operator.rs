//! What goes on behind the visitors' backs.

use std::time::Duration;

use anyhow::ensure;
use tokio::time::{Instant, sleep};

use super::Scene;

/// Between two invalidations.
const INVALIDATES_EVERY: Duration = Duration::from_secs(5);
/// Between two rotations of the keys.
const ROTATES_EVERY: Duration = Duration::from_secs(40);
/// What is invalidated in turn.
const PATHS: [&str; 4] = ["/guide/*", "/", "/about/index.html", "/*"];

/// Invalidates, now these pages and now those.
pub(super) async fn invalidates(scene: Scene) {
    let mut turn = 0;
    while Instant::now() < scene.until {
        scene.tally.note("an invalidation", invalidate(&scene, turn).await);
        turn += 1;
        sleep(INVALIDATES_EVERY).await;
    }
}

/// Has the user pool sign with new keys.
pub(super) async fn rotates_keys(scene: Scene) {
    while Instant::now() + ROTATES_EVERY < scene.until {
        sleep(ROTATES_EVERY).await;
        let rotated = scene.cloud.stack.pool().rotate_keys().await;
        scene.tally.note("a key rotation", rotated.map_err(anyhow::Error::from));
    }
}

async fn invalidate(scene: &Scene, turn: usize) -> anyhow::Result<()> {
    let path = PATHS.get(turn % PATHS.len()).copied().unwrap_or_default();
    let api = format!(
        "http://{}/2020-05-31/distribution/E1LOCALPARAPET/invalidation",
        scene.cloud.stack.cdn().admin_addr()
    );
    let batch = format!(
        "<InvalidationBatch><Paths><Quantity>1</Quantity><Items><Path>{path}</Path></Items></Paths>\
         <CallerReference>soak-{turn}</CallerReference></InvalidationBatch>"
    );
    let status = reqwest::Client::new().post(api).body(batch).send().await?.status().as_u16();
    ensure!(status == 201, "expected an invalidation of {path} to be created, found status {status}");
    Ok(())
}
