//! 16. Whoever leaves with unsaved text has it saved on the way; without a network they are asked, and only then.

use tests::Journey;
use tests::hosted_ui::EDITOR;

use super::stage::{begin_entry, desk_of, is_saved, write};

#[tokio::test(flavor = "multi_thread")]
async fn leaving_saves_first_and_asks_only_where_that_fails() -> Journey {
    let (_cloud, browser) = desk_of(EDITOR).await?;
    let id = begin_entry(&browser, "Leaving", "/news/", "begun").await?;
    write(&browser, "left at once").await?;
    browser.press("Media").await?;
    browser.sees_heading("Media").await?;
    is_saved(&browser, &id, "left at once").await?;

    browser.run("history.back(); return true", &[]).await?;
    browser.wait_for("the entry", "return !!document.querySelector('#text')", &[]).await?;
    browser.be_offline(true).await?;
    write(&browser, "cannot be saved").await?;
    browser.press("Media").await?;
    browser.sees("Leave without saving?").await?;
    browser.press("Stay").await?;
    assert_eq!(browser.filled_in("Text").await?, "cannot be saved");
    browser.be_offline(false).await?;
    is_saved(&browser, &id, "cannot be saved").await
}
