//! 21. What is trashed can be brought back; one action is done to many.

use serde_json::json;
use tests::Journey;
use tests::hosted_ui::EDITOR;

use super::stage::{ask, begin_entry, desk_of, shows};

#[tokio::test(flavor = "multi_thread")]
async fn entries_go_into_the_trash_together_and_come_back() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    let first = begin_entry(&browser, "Yak one", "/news/", "text").await?;
    browser.open(&cloud.page("/admin/")).await?;
    browser.sees_heading("Entries").await?;
    begin_entry(&browser, "Yak two", "/news/", "text").await?;
    let open = |path: &'static str| cloud.page(path);

    browser.open(&open("/admin/?q=yak")).await?;
    shows(&browser, "#entries", "Yak two").await?;
    let all = "document.querySelector('.bulk input').click(); return true";
    browser.run(all, &[]).await?;
    browser.sees("2 selected").await?;
    browser.press("Move to the trash").await?;
    let confirm = "const button = [...document.querySelectorAll('dialog[open] button')]
        .find(button => button.innerText === 'Move to the trash'); button?.click(); return !!button";
    browser.wait_for("the question", confirm, &[]).await?;
    browser.sees("Nothing matches").await?;
    assert_eq!(ask(&browser, &format!("/api/v1/entries/{first}")).await?["state"], "trashed");

    browser.open(&open("/admin/?state=trashed&q=yak")).await?;
    shows(&browser, "#entries", "Yak one").await?;
    browser.run(all, &[]).await?;
    browser.press("Restore").await?;
    browser.sees("Done for 2 of 2.").await?;
    let state = "return fetch(`/api/v1/entries/${arguments[0]}`).then(answer => answer.json())
        .then(entry => entry.state === 'draft')";
    browser.wait_for("a draft again", state, &[json!(first)]).await?;
    Ok(())
}
