//! Editors.

use std::sync::Arc;

use anyhow::ensure;
use serde_json::{Value, json};
use tests::hosted_ui::EDITOR;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::browser::Browser;
use super::cloud::{Cloud, TOKENS_LAST};
use super::leaving;
use super::tally::Tally;

/// Notes that are sent at once.
const NOTES: usize = 6;

/// Signs in to the desk, sends a note at once and others after the tokens have ended, and signs out.
pub(super) async fn writes(cloud: &Arc<Cloud>, tally: &Arc<Tally>, turn: u64) -> anyhow::Result<()> {
    let browser = Arc::new(Browser::new(tally)?);
    let desk = cloud.page(&format!("/admin/?draft={turn}"));
    let asked = browser.open(&desk).await?;
    let landed = browser.sign_in(&asked, EDITOR).await?;
    landed.is_at(&desk)?;
    landed.shows(200, "<title>")?;
    browser.fetch(&cloud.page("/auth/session"), None).await?.shows(200, "editors")?;
    send(cloud, &browser, "at once").await?;
    sleep(TOKENS_LAST).await;
    // More than one, too, if the note was so long on its way: the browser holds each against the token that it sent.
    let renewals = send(cloud, &browser, "after the tokens \"ended\",\n and whole: ü").await?;
    ensure!(renewals > 0, "a note passed without a renewal after the tokens had ended");
    sleep(TOKENS_LAST).await;

    let mut notes = JoinSet::new();
    for number in 0..NOTES {
        let (cloud, browser) = (Arc::clone(cloud), Arc::clone(&browser));
        notes.spawn(async move { send(&cloud, &browser, &format!("note {number} of many")).await });
    }
    while let Some(sent) = notes.join_next().await {
        sent??;
    }
    leaving::signs_out(cloud, &browser).await
}

/// Posts a note to the API, which answers with what reached it; how many renewals were on the way.
async fn send(cloud: &Cloud, browser: &Browser, note: &str) -> anyhow::Result<usize> {
    let body = json!({ "note": note }).to_string();
    let page = browser.fetch(&cloud.page("/api/echo"), Some(body.clone())).await?;
    page.shows(200, "")?;
    let reached: Value = serde_json::from_str(&page.text)?;
    let of = |pointer: &str| reached.pointer(pointer).cloned().unwrap_or_default();
    ensure!(of("/method") == "POST" && of("/body") == body.as_str(), "the note arrived as {reached}");
    ensure!(of("/cookie").is_null(), "a cookie of the session reached the API: {reached}");
    ensure!(of("/unverified_claims/username") == EDITOR.username, "another's token: {reached}");
    Ok(page.renewals)
}
