//! 24. Without a network one goes on writing; when it is back, everything is saved.

use tests::Journey;
use tests::hosted_ui::EDITOR;

use super::stage::{begin_entry, desk_of, is_saved, shows, write};

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_offline_is_saved_when_the_network_is_back() -> Journey {
    let (_cloud, browser) = desk_of(EDITOR).await?;
    let id = begin_entry(&browser, "Offline", "/news/", "begun").await?;
    browser.be_offline(true).await?;
    browser.sees("You are offline.").await?;
    for hour in 0..5 {
        write(&browser, &format!("written in hour {hour}")).await?;
    }
    shows(&browser, "#save-state", "Kept in this browser").await?;
    browser.be_offline(false).await?;
    is_saved(&browser, &id, "written in hour 4").await?;
    shows(&browser, "#save-state", "Saved").await
}
