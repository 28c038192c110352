//! 1. The session ends while somebody writes: a dialog, a sign-in in a window of its own, and the same save goes through.

use tests::Journey;
use tests::hosted_ui::EDITOR;

use super::stage::{begin_entry, desk_of, is_saved, write};

#[tokio::test(flavor = "multi_thread")]
async fn scenario_14_a_save_that_finds_the_session_over_goes_through_after_signing_in() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    let id = begin_entry(&browser, "Session over", "/news/", "begun").await?;
    let desk = browser.window().await?;
    let address = browser.address().await?;
    browser.forget_cookies().await?;

    let text = "0123456789 ".repeat(20) + "ends here.";
    write(&browser, &text).await?;
    browser.press("Save").await?;
    browser.sees("Your session has ended").await?;
    browser.wait_for("the dialog", "return !!document.querySelector('dialog[open]')", &[]).await?;
    assert_eq!(browser.address().await?, address, "the page is not left");
    assert_eq!(browser.filled_in("Text").await?, text);

    let press = "[...document.querySelectorAll('dialog[open] a')][0].click(); return true";
    browser.run(press, &[]).await?;
    browser.look_at_new_window(&[&desk]).await?;
    cloud.sign_in(&browser, EDITOR).await?;
    browser.is_left_with(&desk).await?;
    is_saved(&browser, &id, &text).await?;
    browser.wait_for("no dialog", "return !document.querySelector('dialog[open]')", &[]).await?;
    assert_eq!(browser.filled_in("Text").await?, text);
    Ok(())
}
