//! 6. A control can be pressed exactly when the API allows it; a refusal names the groups.

use serde_json::json;
use tests::Journey;
use tests::hosted_ui::{ADMIN, AUTHOR, EDITOR};

use super::stage::{begin_entry, desk_of};

/// Whether the button of this name says that it cannot be pressed, and why.
const REFUSAL: &str = "const button = [...document.querySelectorAll('button')]
    .find(button => button.innerText.trim() === arguments[0]);
    return button && [button.getAttribute('aria-disabled'), button.title]";

#[tokio::test(flavor = "multi_thread")]
async fn an_author_writes_and_does_not_publish() -> Journey {
    let (_cloud, browser) = desk_of(AUTHOR).await?;
    begin_entry(&browser, "By an author", "/news/", "text").await?;
    let publish = browser.run(REFUSAL, &[json!("Publish")]).await?;
    assert_eq!(publish[0], "true");
    assert!(publish[1].as_str().unwrap().contains("editors"), "{publish}");
    assert_eq!(browser.run(REFUSAL, &[json!("Save")]).await?[0], json!(null));
    let places = "return [...document.querySelectorAll('.bar nav a')].map(link => link.innerText)";
    assert_eq!(browser.run(places, &[]).await?, json!(["Entries", "Media", "Profile"]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_publishes_and_an_admin_looks_after_the_site() -> Journey {
    let places = "return [...document.querySelectorAll('.bar nav a')].map(link => link.innerText)";
    let (_cloud, browser) = desk_of(EDITOR).await?;
    begin_entry(&browser, "By an editor", "/news/", "text").await?;
    assert_eq!(browser.run(REFUSAL, &[json!("Publish")]).await?[0], json!(null));
    assert_eq!(browser.run(places, &[]).await?, json!(["Entries", "Media", "Profile"]));
    let (_cloud, browser) = desk_of(ADMIN).await?;
    assert_eq!(browser.run(places, &[]).await?, json!(["Entries", "Media", "Activity", "Site", "Profile"]));
    Ok(())
}
