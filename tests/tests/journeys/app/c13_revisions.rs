//! 13. Revisions stand side by side, and restoring one makes a new one.

use tests::Journey;
use tests::hosted_ui::EDITOR;

use super::stage::{ask, begin_entry, desk_of, is_saved, shows, write};

#[tokio::test(flavor = "multi_thread")]
async fn an_old_revision_is_compared_and_restored() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    let id = begin_entry(&browser, "Revised", "/news/", "the quick fox").await?;
    browser.press("Save").await?;
    shows(&browser, "#save-state", "Saved").await?;
    write(&browser, "the slow fox").await?;
    browser.press("Save").await?;
    is_saved(&browser, &id, "the slow fox").await?;
    let path = format!("/api/v1/entries/{id}/revisions");
    let before = ask(&browser, &path).await?["items"].as_array().unwrap().len();

    let quick = ask(&browser, &path).await?["items"][1]["number"].clone();
    browser.open(&cloud.page(&format!("/admin/entries/{id}/history?left={quick}"))).await?;
    shows(&browser, ".diff del", "quick").await?;
    shows(&browser, ".diff ins", "slow").await?;
    let restore =
        format!("document.querySelector('[aria-label=\"Restore this one: {quick}\"]').click(); return true");
    browser.run(&restore, &[]).await?;
    is_saved(&browser, &id, "the quick fox").await?;
    let after = ask(&browser, &path).await?["items"].as_array().unwrap().len();
    assert_eq!(after, before + 1);
    Ok(())
}
