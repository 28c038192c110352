//! Firefox: what an editor does each day, in an engine that is not Chromium's.

use serde_json::json;
use stack::local::CmsSettings;
use tests::Journey;
use tests::browser::{Browser, BrowserSettings, Engine};
use tests::cloud::Cloud;
use tests::hosted_ui::{EDITOR, sign_in};

use super::stage::{ask, begin_entry, is_saved, saved_text, shows, write_richly};

#[tokio::test(flavor = "multi_thread")]
async fn an_entry_is_written_undone_and_published_in_firefox() -> Journey {
    let sections = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/sections");
    let cloud = Cloud::cms_with(|cms: &mut CmsSettings| cms.first_site = Some(sections.into()));
    let firefox = BrowserSettings { engine: Engine::Firefox, ..BrowserSettings::default() };
    let (cloud, browser) = tokio::join!(cloud, Browser::with(firefox));
    let (cloud, browser) = (cloud?, browser?);
    browser.open(&cloud.page("/admin/")).await?;
    sign_in(&browser, EDITOR).await?;
    browser.sees_heading("Entries").await?;
    // The field of markdown can be read by a script.
    browser.run("localStorage.setItem('parapet.editor', 'markdown')", &[]).await?;
    browser.open(&cloud.page("/admin/")).await?;
    browser.sees_heading("Entries").await?;

    let text = "*   one\n*   two, with blanks\n\nThe _last_ paragraph";
    let id = begin_entry(&browser, "Written in Firefox", "/news/", text).await?;
    write_richly(&browser).await?;
    let end = "const block = [...document.querySelectorAll('#rich [contenteditable] > p')].at(-1);
        if (!block) return false;
        getSelection().selectAllChildren(block);
        getSelection().collapseToEnd();
        return getSelection().anchorNode !== null";
    browser.wait_for("the paragraph", end, &[]).await?;
    browser.type_in(" and ").await?;
    browser.control('b').await?;
    browser.type_in("more").await?;
    let written = format!("{text} and **more**");
    is_saved(&browser, &id, &written).await?;
    browser.press("Markdown").await?;
    let shown = "const field = document.querySelector('#text');
        field?.focus();
        return field?.value === arguments[0]";
    browser.wait_for("the markdown", shown, &[json!(written)]).await?;
    browser.control('z').await?;
    saved_text(&browser, &id, "!body.includes('more')").await?;
    browser.control('y').await?;
    is_saved(&browser, &id, &written).await?;

    browser.press("Publish").await?;
    shows(&browser, "#publication", "Live: seen here after").await?;
    let entry = ask(&browser, &format!("/api/v1/entries/{id}")).await?;
    browser.open(&cloud.page(entry["path"].as_str().unwrap_or_default())).await?;
    browser.sees_heading("Written in Firefox").await?;
    let bold = "return document.querySelector('.text strong')?.innerText === 'more'";
    browser.wait_for("what was written", bold, &[]).await?;
    Ok(())
}
