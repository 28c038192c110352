//! 3. Typing that pauses is saved within two seconds, into one revision.

use tests::Journey;
use tests::hosted_ui::EDITOR;

use super::stage::{ask, begin_entry, desk_of, is_saved, now, shows, write};

#[tokio::test(flavor = "multi_thread")]
async fn pauses_leave_one_autosave() -> Journey {
    let (_cloud, browser) = desk_of(EDITOR).await?;
    let id = begin_entry(&browser, "Autosave", "/news/", "begun").await?;
    browser.press("Save").await?;
    shows(&browser, "#save-state[role=status]", "Saved").await?;
    for number in 0..5 {
        let text = format!("pause {number}");
        let begun = now(&browser).await?;
        write(&browser, &text).await?;
        is_saved(&browser, &id, &text).await?;
        let took = now(&browser).await? - begun;
        assert!(took < 2_500.0, "saved after {took} ms");
    }
    let revisions = ask(&browser, &format!("/api/v1/entries/{id}/revisions")).await?;
    let kinds: Vec<_> =
        revisions["items"].as_array().unwrap().iter().map(|one| one["kind"].clone()).collect();
    assert_eq!(kinds.iter().filter(|kind| **kind == "autosave").count(), 1, "{kinds:?}");
    Ok(())
}
