//! Somebody without an account, who looks around and tries a few doors.

use std::sync::Arc;
use std::time::Duration;

use anyhow::ensure;
use tokio::time::sleep;

use super::browser::Browser;
use super::cloud::Cloud;
use super::tally::Tally;

/// Addresses with the answer that somebody gets there who is not signed in.
const DOORS: [(&str, u16, &str); 8] = [
    ("/about/", 200, "About this site"),
    ("/assets/site.css", 200, ""),
    ("/about%2f..%2fguide/", 400, "<html"),
    ("/;/guide/", 400, "<html"),
    ("/about/%00", 400, "<html"),
    ("/auth/callback", 400, "<html"),
    ("/auth/callback?error=access_denied&state=none", 403, "<html"),
    ("/auth/signed-out", 200, "You are signed out"),
];
/// Between one passer-by and the next.
const PAUSE: Duration = Duration::from_millis(500);

/// Tries every door.
pub(super) async fn looks_around(cloud: &Cloud, tally: &Arc<Tally>) -> anyhow::Result<()> {
    let browser = Browser::new(tally)?;
    for (path, status, text) in DOORS {
        browser.open(&cloud.page(path)).await?.shows(status, text)?;
    }
    for path in ["/api/whoami", "/auth/session"] {
        browser.fetch(&cloud.page(path), None).await?.shows(401, "\"status\":401")?;
    }
    browser.fetch(&cloud.page("/guide/"), Some("{}".to_owned())).await?.shows(401, "")?;
    let page = browser.open(&cloud.page("/guide/")).await?;
    ensure!(page.is_of_sign_in(), "expected to be asked for a password, found {}", page.url);
    sleep(PAUSE).await;
    Ok(())
}
