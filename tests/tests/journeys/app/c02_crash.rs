//! 2. The tab is gone before anything was saved: the browser's copy is offered, and comes back exactly.

use serde_json::json;
use tests::Journey;
use tests::hosted_ui::EDITOR;

use super::stage::{begin_entry, desk_of, is_saved, write};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_typed_comes_back_after_a_crash() -> Journey {
    let (_cloud, browser) = desk_of(EDITOR).await?;
    let id = begin_entry(&browser, "Crash", "/news/", "begun").await?;
    let address = browser.address().await?;
    let first = browser.window().await?;
    let second = browser.open_tab().await?;
    browser.look_at(&first).await?;
    browser.be_offline(true).await?;
    let text = "Typed, and never saved: ß 🙂\n\n\tindented  \nlast line";
    write(&browser, text).await?;
    let kept = "return Object.values(localStorage).some(kept => kept.includes('never saved'))";
    browser.wait_for("the browser's copy", kept, &[]).await?;
    browser.close_and_look_at(&second).await?;

    browser.open(address.as_str()).await?;
    browser.sees("This browser kept text that was not saved").await?;
    browser.press("Take it back").await?;
    let back = "return document.querySelector('#text').value === arguments[0]";
    browser.wait_for("the text", back, &[json!(text)]).await?;
    is_saved(&browser, &id, text).await?;
    let gone = "return !Object.keys(localStorage).some(key => key.startsWith('parapet.backup.'))";
    browser.wait_for("no copy that is of no use any more", gone, &[]).await?;
    Ok(())
}
