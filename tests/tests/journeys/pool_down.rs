//! The user pool does not answer when a session is to be renewed.

use tests::hosted_ui::READER;
use tests::{Journey, SignInAt};

use crate::stage::{REFRESH_TOKEN, let_tokens_end, signed_in, status, wherever_people_sign_in};

wherever_people_sign_in!(a_reader_keeps_the_session_while_the_user_pool_is_down,);

async fn a_reader_keeps_the_session_while_the_user_pool_is_down(at: SignInAt) -> Journey {
    let (cloud, browser) = signed_in(at, READER, "/members/", "You are inside").await?;
    let_tokens_end(&cloud, &browser, READER).await?;
    let refresh_token = browser.cookie(REFRESH_TOKEN).await?;
    cloud.set_down(true).await?;
    browser.open(&cloud.page("/guide/?page=2")).await?;
    browser.sees_heading("The sign-in service does not answer").await?;
    assert_eq!(status(&browser).await?, 503);
    assert_eq!(browser.cookie(REFRESH_TOKEN).await?, refresh_token);

    cloud.set_down(false).await?;
    browser.press("Try again").await?;
    browser.arrives_at(&cloud.page("/guide/?page=2")).await?;
    browser.sees_heading("Guide").await?;
    assert_eq!(cloud.events("sign_in_started").len(), 1, "nobody had to sign in again");
    Ok(())
}
