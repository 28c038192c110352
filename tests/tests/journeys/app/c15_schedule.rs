//! 15. What is scheduled goes live and goes away by itself, with nobody looking, at a time in the person's own zone.

use std::time::Duration;

use serde_json::{Value, json};
use tests::browser::Browser;
use tests::cloud::Cloud;
use tests::hosted_ui::EDITOR;
use tests::{Failure, Journey};

use super::stage::{ask, begin_entry, desk_with, shows};

/// Half an hour off the full hours.
const ZONE: &str = "America/St_Johns";

/// Fills in a time so many seconds ahead, and returns it as the API says it. The field takes minutes, which nobody waits
/// for here.
const FILL_IN: &str = "const label = [...document.querySelectorAll('dialog[open] label')]
        .find(label => label.innerText === arguments[0]);
    const field = label && document.getElementById(label.htmlFor);
    if (!field) return false;
    const at = new Date(Date.now() + arguments[1] * 1000);
    at.setMilliseconds(0);
    field.step = 1;
    field.value = new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    return at.toISOString()";

#[tokio::test(flavor = "multi_thread")]
async fn a_scheduled_entry_goes_live_and_goes_away_without_the_app() -> Journey {
    let (cloud, browser) = desk().await?;
    let id = begin_entry(&browser, "Later", "/news/", "Not yet.").await?;
    let address = browser.address().await?;
    let path = format!("/api/v1/entries/{id}");
    let page = cloud.page(ask(&browser, &path).await?["path"].as_str().unwrap());

    let at = schedule(&browser, "Publish at", 5).await?;
    shows(&browser, "main", "Published by itself: ").await?;
    shows(&browser, "main", ZONE).await?;
    assert_eq!(instant(&ask(&browser, &path).await?["publish_at"]), at);
    // Whoever reads the site asks nothing of the API.
    browser.open(&page).await?;
    answers(&browser, &page, 200).await?;
    let entry = ask(&browser, &path).await?;
    assert_eq!(entry["state"], "published");
    assert!(instant(&entry["published_at"]) >= at, "{entry}: not before {at}");

    browser.open(address.as_str()).await?;
    browser.sees("Up to date").await?;
    let at = schedule(&browser, "Take off at", 5).await?;
    shows(&browser, "main", "Taken off by itself: ").await?;
    assert_eq!(instant(&ask(&browser, &path).await?["unpublish_at"]), at);
    browser.open(&page).await?;
    answers(&browser, &page, 404).await?;
    assert_eq!(ask(&browser, &path).await?["state"], "archived");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_waits_sees_it_happen_and_may_take_it_back() -> Journey {
    let (_cloud, browser) = desk().await?;
    let id = begin_entry(&browser, "Awaited", "/news/", "Soon.").await?;
    schedule(&browser, "Publish at", 3_600).await?;
    shows(&browser, ".entry-head", "Scheduled").await?;
    browser.press("More").await?;
    browser.press("Schedule").await?;
    browser.press("Cancel the schedule").await?;
    shows(&browser, ".entry-head", "Draft").await?;
    assert_eq!(ask(&browser, &format!("/api/v1/entries/{id}")).await?["publish_at"], Value::Null);

    schedule(&browser, "Publish at", 4).await?;
    shows(&browser, ".entry-head", "Published").await?;
    let over = "return !document.querySelector('main').innerText.includes('Published by itself')";
    browser.wait_for("no plan any more", over, &[]).await?;
    Ok(())
}

async fn desk() -> Result<(Cloud, Browser), Failure> {
    let (cloud, browser) =
        desk_with(EDITOR, |cms| cms.schedule_every = Some(Duration::from_millis(500))).await?;
    browser.be_in_time_zone(ZONE).await?;
    Ok((cloud, browser))
}

/// Schedules it through the dialog, which says whose time it is; returns the time.
async fn schedule(browser: &Browser, field: &str, ahead: u32) -> Result<String, Failure> {
    browser.press("More").await?;
    browser.press("Schedule").await?;
    browser.sees(&format!("Times are in your time zone, {ZONE}.")).await?;
    let at = browser.wait_for("the field", FILL_IN, &[json!(field), json!(ahead)]).await?;
    browser.press("Schedule").await?;
    browser.wait_for("no dialog", "return !document.querySelector('dialog[open]')", &[]).await?;
    Ok(at.as_str().unwrap_or_default().to_owned())
}

/// A time as scripts write it, to compare.
fn instant(at: &Value) -> String {
    let at = at.as_str().unwrap_or_default();
    if at.contains('.') { at.to_owned() } else { at.replace('Z', ".000Z") }
}

async fn answers(browser: &Browser, page: &str, status: u16) -> Journey {
    let script =
        "return fetch(arguments[0], { cache: 'no-store' }).then(answer => answer.status === arguments[1])";
    browser.wait_for(&format!("{page} to answer {status}"), script, &[json!(page), json!(status)]).await?;
    Ok(())
}
