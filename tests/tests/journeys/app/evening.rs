//! An evening's writing: 50,000 words, and the next key costs at most twice what it does in a bare field of the browser's own,
//! and leaves nothing behind in memory.

use serde_json::json;
use tests::Journey;
use tests::browser::Browser;
use tests::hosted_ui::EDITOR;

use super::stage::{act, begin_entry, desk_of, write_richly};

#[tokio::test(flavor = "multi_thread")]
async fn a_key_after_50_000_words_costs_what_the_browser_takes_for_it() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    let id = begin_entry(&browser, "An evening", "/news/", "begun").await?;
    let paragraph = "Somebody wrote these *twenty* words on an evening that went on for a very long time, and saved \
                     [all](https://example.com/) of them.\n\n";
    let chapter = format!("## A chapter\n\n{}", paragraph.repeat(20));
    let text = chapter.repeat(125);
    assert!(text.split_whitespace().count() >= 50_000);
    let path = format!("/api/v1/entries/{id}");
    browser.open(&cloud.page("/admin/profile")).await?;
    act(&browser, "PUT", &path, json!({ "body": text })).await?;

    // What the browser itself takes, with nobody listening: a longer text in a field is slower.
    let bare = "document.body.innerHTML = '<textarea rows=40 cols=70></textarea>';
        const field = document.body.firstChild;
        field.value = arguments[0];
        field.focus();
        field.setSelectionRange(150_000, 150_000);
        return true";
    browser.run(bare, &[json!(text)]).await?;
    let bare = keys(&browser).await?;

    browser.open(&cloud.page(&format!("/admin/entries/{id}"))).await?;
    let placed = "const field = document.querySelector('#text');
        if (!field?.value) return false;
        field.focus();
        field.setSelectionRange(150_000, 150_000);
        return true";
    browser.wait_for("the field", placed, &[]).await?;
    let in_field = keys(&browser).await?;
    assert!(in_field <= bare * 2.0, "a key in the field takes {in_field} ms, in a bare one {bare} ms");

    assert!(bare > 0.1, "a key costs something");

    write_richly(&browser).await?;
    let placed = "const blocks = document.querySelectorAll('#rich [contenteditable] > p');
        if (blocks.length < 2_000) return false;
        getSelection().setPosition(blocks[1_200].firstChild, 5);
        return true";
    browser.wait_for("the paragraphs", placed, &[]).await?;
    let in_rich_text = keys(&browser).await?;
    assert!(
        in_rich_text <= bare * 2.0 + 5.0,
        "a key in rich text takes {in_rich_text} ms, in a bare field {bare} ms"
    );

    // What it remembers of many keys is what they changed, not each text that there was: a third of a million bytes.
    let before = browser.holds().await?;
    for _ in 0..20 {
        browser.type_in("ten keys, ").await?;
    }
    let grown = browser.holds().await? - before;
    assert!(grown < 200.0 * 10_000.0, "200 keys left {grown} bytes behind");
    Ok(())
}

/// What a key costs, in milliseconds: all that the page's main thread does for it.
async fn keys(browser: &Browser) -> Result<f64, tests::Failure> {
    browser.type_in("warm up ").await?;
    let before = browser.has_worked().await?;
    for _ in 0..6 {
        browser.type_in("ten keys, ").await?;
    }
    Ok((browser.has_worked().await? - before) / 60.0)
}
