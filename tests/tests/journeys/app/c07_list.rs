//! 7. The list is what the address bar says, and Back goes where one was.

use serde_json::json;
use tests::Journey;
use tests::hosted_ui::EDITOR;

use super::stage::{begin_entry, choose, desk_of, shows};

#[tokio::test(flavor = "multi_thread")]
async fn filters_are_in_the_address_bar_and_back_restores_them() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    begin_entry(&browser, "Zebra crossing", "/news/", "text").await?;
    browser.open(&cloud.page("/admin/")).await?;
    browser.fill_in("Search", "zebra").await?;
    let address = "return location.search === arguments[0]";
    browser.wait_for("the search in the address", address, &[json!("?q=zebra")]).await?;
    shows(&browser, "#entries", "Zebra crossing").await?;
    let count = "return document.querySelectorAll('#entries > li').length === arguments[0]";
    browser.wait_for("one entry", count, &[json!(1)]).await?;

    choose(&browser, "State", "published").await?;
    browser.sees("Nothing matches").await?;
    browser.run("history.back(); return true", &[]).await?;
    browser.wait_for("the search alone", address, &[json!("?q=zebra")]).await?;
    shows(&browser, "#entries", "Zebra crossing").await?;
    assert_eq!(browser.filled_in("Search").await?, "zebra");

    choose(&browser, "Sort by", "title").await?;
    browser.wait_for("both", "return location.search.includes('sort=title')", &[]).await?;
    browser.press("Clear all").await?;
    browser.wait_for("no query", address, &[json!("")]).await?;
    Ok(())
}
