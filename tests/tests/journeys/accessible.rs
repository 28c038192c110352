//! Everybody can use every page: no rule of WCAG 2.2 AA is broken, in light and in dark.

use tests::accessibility::violations;
use tests::browser::Browser;
use tests::hosted_ui::{EDITOR, READER, sign_in};
use tests::{Journey, SignInAt};

use crate::stage::cloud_and_browser;

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_use_the_pages_around_a_sign_in() -> Journey {
    let (cloud, browser) = cloud_and_browser(SignInAt::UserPool).await?;
    browser.open(&cloud.page("/public/about/")).await?;
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

#[tokio::test(flavor = "multi_thread")]
async fn everybody_can_use_the_pages_inside() -> Journey {
    let (cloud, browser) = cloud_and_browser(SignInAt::UserPool).await?;
    browser.open(&cloud.page("/")).await?;
    sign_in(&browser, EDITOR).await?;
    is_accessible(&browser, "You are inside").await?;
    browser.open(&cloud.page("/guide/sessions/")).await?;
    is_accessible(&browser, "How long you stay signed in").await?;
    browser.open(&cloud.page("/admin/")).await?;
    is_accessible(&browser, "Your desk").await?;
    browser.fill_in("Your note", "for everybody").await?;
    browser.press("Send").await?;
    browser.sees("The note arrived.").await?;
    browser.press("Ask the API").await?;
    browser.sees("none came, as it should be").await?;
    is_accessible(&browser, "Your desk").await?;
    browser.open(&cloud.page("/admin/signed-in")).await?;
    is_accessible(&browser, "You are signed in").await
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
