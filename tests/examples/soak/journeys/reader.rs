//! Readers.

use std::sync::Arc;
use std::time::Duration;

use tests::hosted_ui::READER;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::browser::Browser;
use super::cloud::{Cloud, TOKENS_LAST};
use super::leaving;
use super::page::Page;
use super::session;
use super::tally::Tally;

/// The site's pages, with what can be read there.
const PAGES: [(&str, &str); 5] = [
    ("/members/", "You are inside"),
    ("/guide/", "Guide"),
    ("/guide/first-steps/", "First steps"),
    ("/guide/sessions/?from=a%20friend", "How long you stay signed in"),
    ("/about/", "About this site"),
];
/// After so many renewals a reader has read enough.
const RENEWALS: usize = 3;
/// How long a page is looked at.
const GLANCE: Duration = Duration::from_millis(150);
/// Tabs that a browser opens again at once.
const TABS: usize = 12;

/// Signs in to the page first asked for, reads while the session is renewed again and again, and signs out.
pub(super) async fn reads(cloud: &Cloud, tally: &Arc<Tally>, turn: u64) -> anyhow::Result<()> {
    let browser = Browser::new(tally)?;
    let first = format!("/guide/sessions/?visit={turn}&q=1%20%2B%201");
    arrive(cloud, &browser, &first, "How long you stay signed in").await?;
    let mut renewals = 0;
    // No session opens a page after its end, so that this ends.
    while renewals < RENEWALS {
        for (path, text) in PAGES {
            let asked_at = session::now();
            renewals += read(cloud, &browser, path, text).await?.renewals;
            if !path.starts_with("/about/") {
                browser.session(&cloud.page(path))?.opens_what_was_asked_for(asked_at)?;
            }
            sleep(GLANCE).await;
        }
    }
    browser.open(&cloud.page("/admin/")).await?.shows(403, "You may not open this")?;
    browser.fetch(&cloud.page("/auth/session"), None).await?.shows(200, READER.email)?;
    leaving::signs_out(cloud, &browser).await
}

/// Opens two pages before signing in, and a dozen tabs at once after the tokens have ended.
pub(super) async fn opens_tabs(cloud: &Arc<Cloud>, tally: &Arc<Tally>) -> anyhow::Result<()> {
    let browser = Arc::new(Browser::new(tally)?);
    let (one, other) = (cloud.page("/guide/?tab=1"), cloud.page("/guide/first-steps/?tab=2"));
    let (first, second) = (browser.open(&one).await?, browser.open(&other).await?);
    let landed = browser.sign_in(&second, READER).await?;
    landed.is_at(&other)?;
    let landed = browser.sign_in(&first, READER).await?;
    landed.is_at(&one)?;
    sleep(TOKENS_LAST).await;

    let mut tabs = JoinSet::new();
    for number in 0..TABS {
        let (cloud, browser) = (Arc::clone(cloud), Arc::clone(&browser));
        tabs.spawn(async move {
            let (path, text) = PAGES.get(number % PAGES.len()).copied().unwrap_or_default();
            read(&cloud, &browser, path, text).await
        });
    }
    while let Some(tab) = tabs.join_next().await {
        tab??;
    }
    read(cloud, &browser, "/guide/", "Guide").await?;
    leaving::signs_out(cloud, &browser).await
}

/// Is asked for a password on the way to a page, and comes to it.
async fn arrive(cloud: &Cloud, browser: &Browser, path: &str, text: &str) -> anyhow::Result<()> {
    let address = cloud.page(path);
    let asked = browser.open(&address).await?;
    let landed = browser.sign_in(&asked, READER).await?;
    landed.is_at(&address)?;
    landed.shows(200, text)
}

async fn read(cloud: &Cloud, browser: &Browser, path: &str, text: &str) -> anyhow::Result<Page> {
    let page = browser.open(&cloud.page(path)).await?;
    page.is_at(&cloud.page(path))?;
    page.shows(200, text)?;
    Ok(page)
}
