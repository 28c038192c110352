//! The session ends for good while an editor writes.

use tests::hosted_ui::EDITOR;
use tests::{Journey, SignInAt};

use crate::stage::{REFRESH_TOKEN, let_tokens_end, signed_in, wherever_people_sign_in};

wherever_people_sign_in!(an_editor_whose_session_ended_signs_in_elsewhere_and_loses_no_word,);

async fn an_editor_whose_session_ended_signs_in_elsewhere_and_loses_no_word(at: SignInAt) -> Journey {
    let (cloud, browser) = signed_in(at, EDITOR, "/admin/", "Your desk").await?;
    let desk = browser.window().await?;
    let_tokens_end(&cloud, &browser, EDITOR).await?;
    let refresh_token = browser.cookie(REFRESH_TOKEN).await?.unwrap();
    assert_eq!(cloud.with_refresh_token("/oauth2/revoke", &refresh_token).await?, 200);
    // The provider forgets who is there as well; what the gate finds is of no use any more.
    let cookies = browser.cookies().await?;
    browser.forget_cookies().await?;
    for cookie in cookies {
        browser.replace_cookie(&cookie.name, &cookie.value).await?;
    }

    let note = "0123456789 ".repeat(20) + "ends here.";
    browser.fill_in("Your note", &note).await?;
    browser.press("Send").await?;
    browser.wait_for("the dialog", "return document.querySelector('dialog').open", &[]).await?;
    browser.sees("Your session has ended").await?;
    assert_eq!(browser.address().await?.as_str(), cloud.page("/admin/"), "the page is not left");
    assert_eq!(browser.filled_in("Your note").await?, note);
    assert!(cloud.reached_api("/api/echo").is_empty());

    browser.press("Sign in").await?;
    browser.look_at_new_window(&[&desk]).await?;
    cloud.sign_in(&browser, EDITOR).await?;
    browser.is_left_with(&desk).await?;
    browser.sees("The note arrived.").await?;
    let echo = browser.run("return document.querySelector('#note-echo').textContent", &[]).await?;
    assert_eq!(echo, note.as_str());
    assert_eq!(browser.run("return document.querySelector('dialog').open", &[]).await?, false);
    assert_eq!(cloud.reached_api("/api/echo").len(), 1);
    Ok(())
}
