//! A reader who has forgotten their password.

use tests::hosted_ui::{READER, read_code, sign_in, sign_in_with};
use tests::{Journey, SignInAt};

use crate::stage::cloud_and_browser;

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_chooses_a_new_password_and_comes_to_the_page_first_asked_for() -> Journey {
    let (cloud, browser) = cloud_and_browser(SignInAt::UserPool).await?;
    let page = cloud.page("/guide/?after=a%20long%20time");
    browser.open(&page).await?;
    browser.press("Forgot your password?").await?;
    browser.sees_heading("Reset your password").await?;
    browser.fill_in("User name or email address", READER.email).await?;
    browser.press("Send code").await?;
    browser.sees("we have sent a code").await?;
    let code = read_code(&browser).await?;
    browser.fill_in("Six-digit code", &code).await?;
    browser.fill_in("New password", "Remembered-5678").await?;
    browser.press("Change password").await?;
    browser.sees("Your password has been changed.").await?;

    sign_in(&browser, READER).await?;
    browser.sees("User name or password is not right").await?;
    sign_in_with(&browser, READER.email, "Remembered-5678").await?;
    browser.arrives_at(&page).await?;
    browser.sees_heading("Guide").await?;
    Ok(())
}
