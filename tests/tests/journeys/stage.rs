//! Where a journey begins.

use tests::Failure;
use tests::browser::{Browser, BrowserSettings};
use tests::cloud::Cloud;
use tests::hosted_ui::{Person, sign_in};

/// The names of the gate's cookies.
pub(crate) const ID_TOKEN: &str = "__Host-id-token";
pub(crate) const ACCESS_TOKEN: &str = "__Host-access-token";
pub(crate) const REFRESH_TOKEN: &str = "__Host-refresh-token";

/// A cloud, and a browser that has never been there.
pub(crate) async fn cloud_and_browser() -> Result<(Cloud, Browser), Failure> {
    cloud_and(BrowserSettings::default()).await
}

/// A cloud, and a browser that is set up otherwise.
pub(crate) async fn cloud_and(settings: BrowserSettings) -> Result<(Cloud, Browser), Failure> {
    let (cloud, browser) = tokio::join!(Cloud::start(), Browser::with(settings));
    Ok((cloud?, browser?))
}

/// A browser in which somebody has signed in to a page and sees its heading.
pub(crate) async fn signed_in(
    person: Person,
    path: &str,
    heading: &str,
) -> Result<(Cloud, Browser), Failure> {
    let (cloud, browser) = cloud_and_browser().await?;
    browser.open(&cloud.page(path)).await?;
    sign_in(&browser, person).await?;
    browser.arrives_at(&cloud.page(path)).await?;
    browser.sees_heading(heading).await?;
    Ok((cloud, browser))
}

/// Lets the time of the session's tokens run out, as an hour would.
pub(crate) async fn let_tokens_end(cloud: &Cloud, browser: &Browser, person: Person) -> Result<(), Failure> {
    let ended = cloud.ended_tokens(person.username)?;
    browser.replace_cookie(ID_TOKEN, &ended.id_token.unwrap()).await?;
    browser.replace_cookie(ACCESS_TOKEN, &ended.access_token).await?;
    Ok(())
}

/// The status of the page that the browser shows.
pub(crate) async fn status(browser: &Browser) -> Result<u64, Failure> {
    let script = "return performance.getEntriesByType('navigation')[0].responseStatus";
    Ok(browser.run(script, &[]).await?.as_u64().unwrap())
}
