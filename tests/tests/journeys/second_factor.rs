//! A reader who also asks their authenticator app.

use std::time::UNIX_EPOCH;

use stack::clock::Clock;
use tests::hosted_ui::{READER, sign_in};
use tests::{Journey, SignInAt};
use totp_rs::{Builder, Secret};

use crate::stage::cloud_and_browser;

/// The seconds for which a code counts.
const STEP: u64 = 30;

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_sets_up_a_second_factor_and_signs_in_with_it() -> Journey {
    let (cloud, browser) = cloud_and_browser(SignInAt::UserPool).await?;
    browser.open(&cloud.hosted_ui("/login")).await?;
    sign_in(&browser, READER).await?;
    browser.sees_heading("Your account").await?;
    browser.press("Set up two-step sign-in").await?;
    browser.sees_heading("Set up two-step sign-in").await?;
    let secret = browser.run("return document.querySelector('.secret').innerText", &[]).await?;
    let secret = secret.as_str().unwrap().replace(' ', "");
    let now = Clock::system().now().duration_since(UNIX_EPOCH)?.as_secs();
    browser.fill_in("Code from your authenticator app", &code(&secret, now)).await?;
    browser.press("Turn on").await?;
    browser.sees_heading("Your account").await?;
    browser.press("Sign out").await?;

    browser.sees_heading("Sign in").await?;
    let page = cloud.page("/guide/sessions/?twice=as%20safe");
    browser.open(&page).await?;
    sign_in(&browser, READER).await?;
    browser.sees_heading("Two-step sign-in").await?;
    browser.fill_in("Code from your authenticator app", &code(&secret, now)).await?;
    browser.press("Sign in").await?;
    browser.sees("The code is not right, or was used before").await?;
    browser.fill_in("Code from your authenticator app", &code(&secret, now + STEP)).await?;
    browser.press("Sign in").await?;
    browser.arrives_at(&page).await?;
    browser.sees_heading("How long you stay signed in").await?;
    Ok(())
}

fn code(secret: &str, at: u64) -> String {
    let secret = Secret::try_from_base32(secret).unwrap();
    let app = Builder::new().with_secret(secret).with_account_name("reader").build().unwrap();
    app.generate(at).to_string()
}
