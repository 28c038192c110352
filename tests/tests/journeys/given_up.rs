//! Somebody who thinks better of it at the sign-in page. The user pool's hosted UI has no way to say so; others have.

use tests::hosted_ui::READER;
use tests::{Journey, SignInAt};

use crate::stage::{cloud_and_browser, status};

#[tokio::test(flavor = "multi_thread")]
async fn who_gives_a_sign_in_up_is_told_so_and_can_begin_again() -> Journey {
    let (cloud, browser) = cloud_and_browser(SignInAt::StrangersProvider).await?;
    let page = cloud.page("/guide/?for=another%20time");
    browser.open(&page).await?;
    cloud.asks_who_is_there(&browser).await?;
    browser.press("[ Cancel ]").await?;
    browser.sees_heading("You were not signed in").await?;
    assert_eq!(status(&browser).await?, 403);
    assert_eq!(browser.cookies().await?, [], "nothing is left of the attempt");
    cloud.event("refusal", "access_denied").await?;

    browser.press("Sign in").await?;
    cloud.sign_in(&browser, READER).await?;
    browser.arrives_at(&page).await?;
    browser.sees_heading("Guide").await?;
    Ok(())
}
