//! 17 and 22. Addresses come from titles, say who may read there, and lead on when they change.

use serde_json::json;
use tests::Journey;
use tests::hosted_ui::EDITOR;

use super::stage::{ask, begin_entry, choose, desk_of, shows};

#[tokio::test(flavor = "multi_thread")]
async fn an_address_tells_its_audience_and_leaves_a_redirect() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    let id = begin_entry(&browser, "A page that moves", "/news/", "text").await?;
    let path = format!("/api/v1/entries/{id}");
    assert_eq!(ask(&browser, &path).await?["path"], "/news/a-page-that-moves/");
    shows(&browser, "#address", "Everyone").await?;
    choose(&browser, "Section", "/members/").await?;
    shows(&browser, "#address", "Signed in").await?;
    choose(&browser, "Section", "/news/").await?;
    browser.press("Publish").await?;
    shows(&browser, "#publication", "Live: seen here after").await?;

    browser.fill_in("Address", "moved").await?;
    browser.sees("/news/a-page-that-moves/ will lead here").await?;
    browser.press("Publish changes").await?;
    let moved =
        "return fetch(arguments[0]).then(answer => answer.redirected && new URL(answer.url).pathname)";
    let led =
        browser.wait_for("the redirect", moved, &[json!(cloud.page("/news/a-page-that-moves/"))]).await?;
    assert_eq!(led, "/news/moved/");
    Ok(())
}
