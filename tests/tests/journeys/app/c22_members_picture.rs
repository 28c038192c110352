//! 22. A picture that only members may see is not shown to everybody without a question.

use serde_json::json;
use tests::Journey;
use tests::hosted_ui::EDITOR;

use super::pictures::drop_pictures;
use super::stage::{ask, begin_entry, choose, desk_of, shows};

#[tokio::test(flavor = "multi_thread")]
async fn a_members_picture_on_a_public_page_is_asked_about() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    browser.open(&cloud.page("/admin/media")).await?;
    browser.sees_heading("Media").await?;
    choose(&browser, "Section", "/members/").await?;
    drop_pictures(&browser, ".drop", &["members-only.png"], 64).await?;
    shows(&browser, ".pictures", "Signed in").await?;
    let picture = ask(&browser, "/api/v1/media").await?["items"][0]["id"].as_str().unwrap().to_owned();
    browser.open(&cloud.page("/admin/")).await?;
    let text = format!("![Something for members](media:{picture})\n");
    let id = begin_entry(&browser, "For everyone", "/news/", &text).await?;
    let path = format!("/api/v1/entries/{id}");
    let page = cloud.page(ask(&browser, &path).await?["path"].as_str().unwrap());

    browser.press("Publish").await?;
    browser.sees("Some of it is not for everyone who may read the page").await?;
    shows(&browser, "dialog[open]", "members-only.png").await?;
    shows(&browser, "dialog[open]", "Everyone").await?;
    browser.press("Cancel").await?;
    browser.wait_for("no dialog", "return !document.querySelector('dialog[open]')", &[]).await?;
    assert_eq!(ask(&browser, &path).await?["state"], "draft");
    assert_eq!(browser.fetch(&page, json!({ "cache": "no-store" })).await?.status, 404);

    browser.press("Publish").await?;
    browser.press("Copy them for this page").await?;
    shows(&browser, "#publication", "Live: seen here after").await?;
    let entry = ask(&browser, &path).await?;
    let body = entry["body"].as_str().unwrap();
    assert!(body.contains("media:") && !body.contains(&picture), "a copy stands there: {body}");
    let published = browser.fetch(&page, json!({ "cache": "no-store" })).await?.body;
    assert!(!published.contains(&picture), "{published}");
    // Everybody gets the copy; the members' own stays theirs.
    browser.forget_cookies().await?;
    browser.open(&page).await?;
    let shown = "const picture = document.querySelector('article .text img');
        return picture?.complete && picture.naturalWidth > 0 && new URL(picture.currentSrc).pathname";
    let address = browser.wait_for("the picture", shown, &[]).await?;
    assert!(address.as_str().unwrap().contains("/news/"), "{address}");
    Ok(())
}
