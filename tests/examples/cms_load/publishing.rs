//! From pressing Publish until the caches have forgotten the old, one entry after another.

use std::time::{Duration, Instant};

use reqwest::Method;
use tests::Failure;

use crate::editor::Editor;
use crate::filling::Filled;

/// Publications.
const PUBLICATIONS: usize = 40;
/// What nobody waits longer for.
const PATIENCE: Duration = Duration::from_secs(60);

/// How long each took, in milliseconds. The app asks as often while somebody waits.
#[expect(clippy::disallowed_methods, reason = "measuring is what this is for")]
pub(crate) async fn to_live(editor: &Editor, filled: &Filled) -> Result<Vec<f64>, Failure> {
    let mut times = Vec::new();
    let newest = filled.ids.len();
    for id in filled.ids.iter().skip(newest.saturating_sub(PUBLICATIONS)) {
        let began = Instant::now();
        let path = format!("/entries/{id}/publish");
        let version = editor.read(&format!("/entries/{id}")).await?["version"].as_i64();
        let mut release = editor.ask(Method::POST, &path, version, None).await?;
        while release["state"] != "live" {
            if release["state"] == "failed" || began.elapsed() > PATIENCE {
                return Err(std::io::Error::other(format!("not live: {release}")).into());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
            release =
                editor.read(&format!("/releases/{}", release["id"].as_str().unwrap_or_default())).await?;
        }
        times.push(began.elapsed().as_secs_f64() * 1_000.0);
    }
    Ok(times)
}
