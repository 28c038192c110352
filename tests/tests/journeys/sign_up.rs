//! Somebody who has no account yet.

use tests::hosted_ui::read_code;
use tests::{Journey, SignInAt};

use crate::stage::cloud_and_browser;

#[tokio::test(flavor = "multi_thread")]
async fn somebody_new_signs_up_and_comes_to_the_page_first_asked_for() -> Journey {
    let (cloud, browser) = cloud_and_browser(SignInAt::UserPool).await?;
    let page = cloud.page("/guide/first-steps/?from=a%20friend&topic=%C3%A9t%C3%A9&empty=");
    browser.open(&page).await?;
    browser.sees_heading("Sign in").await?;
    browser.press("Create an account").await?;
    browser.sees_heading("Create an account").await?;
    browser.fill_in("Email address", "nina@example.com").await?;
    browser.fill_in("Password", "Newcomer-1234").await?;
    browser.press("Create an account").await?;

    browser.sees_heading("Confirm your email address").await?;
    let code = read_code(&browser).await?;
    assert_eq!(cloud.pool().latest_code_for("nina@example.com"), Some(code.clone()));
    browser.fill_in("Six-digit code", &code).await?;
    browser.press("Confirm").await?;

    browser.arrives_at(&page).await?;
    browser.sees_heading("First steps").await?;
    let sign_in = cloud.event("sign_in", "signed_in").await?;
    assert_eq!(sign_in["path"], "/auth/callback");
    assert_eq!(cloud.pool().token_requests().authorization_code, 1);
    Ok(())
}
