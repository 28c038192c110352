//! A browser that keeps no cookies for the site.

use tests::Journey;
use tests::browser::{Browser, BrowserSettings};
use tests::cloud::Cloud;
use tests::hosted_ui::{READER, sign_in};

use crate::stage::status;

#[tokio::test(flavor = "multi_thread")]
async fn without_cookies_a_page_says_so_and_nothing_goes_in_circles() -> Journey {
    let cloud = Cloud::start().await?;
    let no_cookies_for = Some(cloud.site().to_owned());
    let browser = Browser::with(BrowserSettings { no_cookies_for, ..BrowserSettings::default() }).await?;
    browser.open(&cloud.page("/guide/")).await?;
    sign_in(&browser, READER).await?;
    browser.sees_heading("Cookies are switched off").await?;
    assert_eq!(status(&browser).await?, 400);
    browser.sees("Please allow cookies for this site").await?;
    cloud.event("refusal", "cookies_off").await?;

    // The page stays: it has no way to go on by itself. It took two sign-ins to get there: the first may have been begun
    // elsewhere.
    assert_eq!(browser.run("return !!document.querySelector('meta[http-equiv=refresh]')", &[]).await?, false);
    assert_eq!(cloud.events("sign_in_started").len(), 2);
    assert_eq!(cloud.pool().token_requests().authorization_code, 0);
    // The page itself, the callbacks, what leads from one to the other, and an icon at the most.
    assert!(cloud.requests() <= 5, "{} requests", cloud.requests());

    // Trying again leads to the same page, after as many steps; the hosted UI still knows the person.
    browser.press("Sign in").await?;
    browser.sees_heading("Cookies are switched off").await?;
    assert!(cloud.events("sign_in_started").len() <= 4);
    Ok(())
}
