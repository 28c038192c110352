//! 5. Published means seen: the app says so only after this browser got the page through the CDN.

use serde_json::json;
use tests::Journey;
use tests::hosted_ui::EDITOR;

use super::stage::{ask, begin_entry, desk_of, now, shows};

#[tokio::test(flavor = "multi_thread")]
async fn a_page_is_live_when_it_was_seen_and_gone_when_it_was_missed() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    let id = begin_entry(&browser, "Live means live", "/news/", "The text of the page.").await?;
    let entry = ask(&browser, &format!("/api/v1/entries/{id}")).await?;
    let page = cloud.page(entry["path"].as_str().unwrap());

    let begun = now(&browser).await?;
    browser.press("Publish").await?;
    shows(&browser, "#publication", "Live: seen here after").await?;
    let took = now(&browser).await? - begun;
    assert!(took < 5_000.0, "live after {took} ms");
    let published = browser.fetch(&page, json!({})).await?;
    assert_eq!(published.status, 200);
    assert!(published.body.contains("The text of the page."));
    shows(&browser, ".entry-head", "Published").await?;

    browser.press("More").await?;
    browser.press("Unpublish").await?;
    let confirm = "return [...document.querySelectorAll('dialog[open] button')]
        .find(button => button.innerText === 'Unpublish')?.click() ?? !!document.querySelector('dialog[open]')";
    browser.wait_for("the question", confirm, &[]).await?;
    shows(&browser, "#publication", "Gone: seen here after").await?;
    assert_eq!(browser.fetch(&page, json!({ "cache": "no-store" })).await?.status, 404);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_without_a_title_is_saved_and_not_published() -> Journey {
    let (_cloud, browser) = desk_of(EDITOR).await?;
    let id = begin_entry(&browser, "Untitled", "/news/", "text").await?;
    browser.fill_in("Title", " ").await?;
    browser.press("Publish").await?;
    shows(&browser, "#publication [role=alert]", "title").await?;
    let entry = ask(&browser, &format!("/api/v1/entries/{id}")).await?;
    assert_eq!((&entry["state"], entry["title"].as_str().unwrap().trim()), (&json!("draft"), ""));
    Ok(())
}
