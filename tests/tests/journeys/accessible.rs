//! Everybody can use every page: no rule of WCAG 2.2 AA is broken, in light and in dark.

use std::path::Path;

use tests::accessibility::violations;
use tests::browser::Browser;
use tests::cloud::Cloud;
use tests::hosted_ui::{READER, sign_in};
use tests::{Journey, SignInAt};

use crate::stage::{cloud_and_browser, status};

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_use_the_pages_around_a_sign_in() -> Journey {
    let (cloud, browser) = cloud_and_browser(SignInAt::UserPool).await?;
    browser.open(&cloud.page("/about/")).await?;
    is_accessible(&browser, "About this site").await?;
    browser.open(&cloud.page("/admin/")).await?;
    is_accessible(&browser, "Sign in").await?;
    browser.press("Create an account").await?;
    is_accessible(&browser, "Create an account").await?;
    browser.open(&cloud.page("/admin/")).await?;
    sign_in(&browser, READER).await?;
    is_accessible(&browser, "You may not open this").await?;
    browser.press("Sign out").await?;
    is_accessible(&browser, "You are signed out").await
}

/// What the CMS publishes; the app's own pages are looked at in `app`.
#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_use_what_is_published() -> Journey {
    let first_site = Path::new(env!("CARGO_MANIFEST_DIR")).join("../stack/first-site");
    let cloud = Cloud::cms_with(|cms| cms.first_site = Some(first_site));
    let (cloud, browser) = tokio::join!(cloud, Browser::start());
    let (cloud, browser) = (cloud?, browser?);
    browser.open(&cloud.page("/members/")).await?;
    sign_in(&browser, READER).await?;
    browser.sees_heading("Members").await?;
    for path in ["/", "/news/", "/about/", "/guide/", "/guide/writing/", "/guide/pictures/", "/members/"] {
        browser.open(&cloud.page(path)).await?;
        let heading =
            browser.wait_for("a heading", "return document.querySelector('h1')?.innerText", &[]).await?;
        assert_eq!(status(&browser).await?, 200, "{path}");
        is_accessible(&browser, heading.as_str().unwrap_or_default()).await?;
    }
    browser.open(&cloud.page("/guide/no-such-page/")).await?;
    browser.wait_for("a heading", "return !!document.querySelector('h1')", &[]).await?;
    assert_eq!(status(&browser).await?, 404);
    let found = violations(&browser).await?;
    assert!(found.is_empty(), "{found:#?}");
    Ok(())
}

async fn is_accessible(browser: &Browser, heading: &str) -> Journey {
    browser.sees_heading(heading).await?;
    for dark in [false, true] {
        browser.prefer_dark(dark).await?;
        let found = violations(browser).await?;
        assert!(found.is_empty(), "{heading:?}, {}: {found:#?}", if dark { "dark" } else { "light" });
    }
    Ok(browser.prefer_dark(false).await?)
}
