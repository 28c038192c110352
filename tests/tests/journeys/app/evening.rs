//! An evening's writing: after 50,000 words a key changes what it is typed into and nothing else, and leaves nothing behind
//! in memory. What it costs is measured by `make bench`.

use serde_json::json;
use tests::browser::Browser;
use tests::evening;
use tests::hosted_ui::EDITOR;
use tests::{Failure, Journey};

use super::stage::{act, begin_entry, desk_of, write_richly};

#[tokio::test(flavor = "multi_thread")]
async fn a_key_after_50_000_words_changes_its_paragraph_alone_and_leaves_nothing_behind() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    let id = begin_entry(&browser, "An evening", "/news/", "begun").await?;
    let path = format!("/api/v1/entries/{id}");
    browser.open(&cloud.page("/admin/profile")).await?;
    act(&browser, "PUT", &path, json!({ "body": evening::text() })).await?;

    browser.open(&cloud.page(&format!("/admin/entries/{id}"))).await?;
    browser.wait_for("the field", evening::IN_FIELD, &[]).await?;
    let in_field = touched(&browser).await?;
    assert!(in_field <= MOST, "{KEYS} keys in the field changed {in_field} places of the page");

    write_richly(&browser).await?;
    browser.wait_for("the paragraphs", evening::IN_RICH_TEXT, &[]).await?;
    let in_rich_text = touched(&browser).await?;
    assert!(in_rich_text <= MOST, "{KEYS} keys in rich text changed {in_rich_text} places of the page");

    // What it remembers of many keys is what they changed, not each text that there was: a third of a million bytes.
    let before = browser.holds().await?;
    for _ in 0..20 {
        browser.type_in("ten keys, ").await?;
    }
    let grown = browser.holds().await? - before;
    assert!(grown < 200.0 * 10_000.0, "200 keys left {grown} bytes behind");
    Ok(())
}

/// How many keys are typed.
const KEYS: u64 = 60;
/// How many changes beside the text they may lead to: ProseMirror says its classes again at each key, and on a slow machine
/// each is followed by a preview and a save. The text has 2,625 paragraphs.
const MOST: u64 = KEYS * 8;

/// How many changes to the page's elements the keys led to, beyond the paragraph that they were typed into: what says
/// that there is something to save, and the preview after a pause, but nothing that grows with the text.
async fn touched(browser: &Browser) -> Result<u64, Failure> {
    browser.type_in("warm up ").await?;
    let watch = "const own = getSelection().anchorNode?.parentElement?.closest('p');
        window.touched = 0;
        new MutationObserver(changes => {
            window.touched += changes.filter(({ target }) => !own?.contains(target)).length;
        }).observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })";
    browser.run(watch, &[]).await?;
    for _ in 0..KEYS / 10 {
        browser.type_in("ten keys, ").await?;
    }
    let told = browser.run("return window.touched", &[]).await?;
    Ok(told.as_u64().ok_or_else(|| std::io::Error::other("the page does not tell what changed"))?)
}
