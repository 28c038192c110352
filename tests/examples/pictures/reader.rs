//! What readers meet.

use stack::pool::Fault;
use tests::Journey;
use tests::browser::Browser;
use tests::cloud::Cloud;
use tests::hosted_ui::{READER, sign_in};

use crate::album::Album;

const HEADING: &str = "return !!document.querySelector('h1')";

/// Looks at the site and at the gate's pages.
pub(crate) async fn look(cloud: &Cloud, browser: &Browser, album: &Album) -> Journey {
    browser.open(&cloud.page("/admin/")).await?;
    browser.sees_heading("Sign in").await?;
    album.take(browser, "hosted-ui").await?;
    sign_in(browser, READER).await?;
    browser.sees_heading("You may not open this").await?;
    album.take(browser, "not-in-group").await?;
    for (path, name) in [
        ("/", "home"),
        ("/news/", "news"),
        ("/guide/writing/", "guide"),
        ("/members/", "members"),
        ("/no/such/page/", "not-found"),
    ] {
        browser.open(&cloud.page(path)).await?;
        browser.wait_for("a heading", HEADING, &[]).await?;
        album.take(browser, name).await?;
    }
    browser.open(&cloud.page("/search/?q=publish")).await?;
    browser.wait_for("results", "return !!document.querySelector('.results li')", &[]).await?;
    album.take(browser, "search").await?;

    let ended = cloud.ended_tokens(READER.username)?;
    browser.replace_cookie("__Host-id-token", ended.id_token.as_deref().unwrap_or_default()).await?;
    cloud.pool().set_fault(Some(Fault::Status(500)));
    browser.open(&cloud.page("/members/")).await?;
    browser.sees_heading("The sign-in service does not answer").await?;
    album.take(browser, "pool-down").await?;
    cloud.pool().set_fault(None);
    browser.open(&cloud.page("/auth/sign-out")).await?;
    browser.sees_heading("You are signed out").await?;
    album.take(browser, "signed-out").await
}
