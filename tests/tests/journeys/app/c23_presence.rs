//! 23. Who opens an entry sees who else is there, and sees them leave.

use serde_json::json;
use tests::Journey;
use tests::browser::Browser;
use tests::hosted_ui::{ADMIN, EDITOR};

use super::stage::{ask, begin_entry, desk_of, shows, sit_down};

#[tokio::test(flavor = "multi_thread")]
async fn two_editors_see_each_other_and_one_sees_the_other_leave() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    begin_entry(&browser, "Together", "/news/", "text").await?;
    let address = browser.address().await?;
    let other = Browser::start().await?;
    sit_down(&cloud, &other, ADMIN).await?;
    other.open(address.as_str()).await?;
    let name = |me: serde_json::Value| me["name"].as_str().unwrap().to_owned();
    let (editor, admin) = (name(ask(&browser, "/api/v1/me").await?), name(ask(&other, "/api/v1/me").await?));
    shows(&other, "#presence[role=status]", &format!("Also here: {editor}")).await?;
    shows(&browser, "#presence[role=status]", &format!("Also here: {admin}")).await?;

    other.press("Media").await?;
    other.sees_heading("Media").await?;
    let alone = "return document.querySelector('#presence').innerText === arguments[0]";
    browser.wait_for("nobody else", alone, &[json!("")]).await?;
    Ok(())
}
