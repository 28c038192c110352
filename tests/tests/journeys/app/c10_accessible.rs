//! 10. Everybody can use every page: no rule of WCAG 2.2 AA is broken, in light and in dark.

use tests::Journey;
use tests::accessibility::violations;
use tests::browser::Browser;
use tests::hosted_ui::ADMIN;

use super::stage::{begin_entry, desk_of, shows};

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_use_every_page_of_the_app() -> Journey {
    let (cloud, browser) = desk_of(ADMIN).await?;
    let text = "## A heading\n\ntext\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [ ] task\n\n```rust\nfn main() {}\n```\n";
    let id = begin_entry(&browser, "For everybody", "/guide/", text).await?;
    shows(&browser, "#preview", "A heading").await?;
    is_accessible(&browser, "an entry").await?;
    browser.press("More").await?;
    is_accessible(&browser, "an entry's menu").await?;
    browser.press("Schedule").await?;
    browser.sees("Publish at").await?;
    is_accessible(&browser, "the schedule").await?;
    for (path, heading) in [
        ("/admin/", "Entries"),
        ("/admin/?state=trashed", "Entries"),
        (&format!("/admin/entries/{id}/history"), "History of “For everybody”"),
        ("/admin/media", "Media"),
        ("/admin/activity", "Activity"),
        ("/admin/site", "Site"),
        ("/admin/profile", "Profile"),
    ] {
        browser.open(&cloud.page(path)).await?;
        browser.sees_heading(heading).await?;
        browser
            .wait_for("what it shows", "return !document.querySelector('[aria-busy]:not(#skeleton)')", &[])
            .await?;
        is_accessible(&browser, path).await?;
    }
    browser.press("Go anywhere").await?;
    browser.wait_for("the palette", "return !!document.querySelector('dialog[open] #palette')", &[]).await?;
    is_accessible(&browser, "the palette").await
}

async fn is_accessible(browser: &Browser, page: &str) -> Journey {
    for dark in [false, true] {
        browser.prefer_dark(dark).await?;
        let found = violations(browser).await?;
        assert!(found.is_empty(), "{page}, {}: {found:#?}", if dark { "dark" } else { "light" });
    }
    Ok(browser.prefer_dark(false).await?)
}
