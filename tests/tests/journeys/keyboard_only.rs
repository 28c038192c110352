//! An editor without a mouse.

use tests::browser::{Browser, Focus, Key};
use tests::hosted_ui::EDITOR;
use tests::{Journey, SignInAt};

use crate::stage::cloud_and_browser;

#[tokio::test(flavor = "multi_thread")]
async fn an_editor_does_everything_with_tab_and_enter() -> Journey {
    let (cloud, browser) = cloud_and_browser(SignInAt::UserPool).await?;
    browser.open(&cloud.page("/admin/")).await?;
    browser.sees_heading("Sign in").await?;
    assert_eq!(browser.focus().await?.name, "User name or email address", "typing starts there");
    browser.type_in(EDITOR.email).await?;
    go_to(&browser, "Password").await?;
    browser.type_in(EDITOR.password).await?;
    go_to(&browser, "Sign in").await?;
    browser.press_key(Key::Enter).await?;

    browser.sees_heading("Your desk").await?;
    go_to(&browser, "Your note").await?;
    browser.type_in("written without a mouse").await?;
    go_to(&browser, "Send").await?;
    browser.press_key(Key::Enter).await?;
    browser.sees("The note arrived.").await?;
    assert_eq!(browser.focus().await?.name, "Send", "the focus stays where it was");
    go_to(&browser, "Ask the API").await?;
    browser.press_key(Key::Enter).await?;
    browser.sees("none came, as it should be").await?;

    go_to(&browser, "Sign out").await?;
    browser.press_key(Key::Enter).await?;
    browser.sees_heading("You are signed out").await?;
    go_to(&browser, "Sign in").await?;
    browser.press_key(Key::Enter).await?;
    browser.sees_heading("Sign in").await?;
    Ok(())
}

/// Presses Tab until there; every control on the way shows that it has the focus.
async fn go_to(browser: &Browser, name: &str) -> Journey {
    let way = browser.tab_to(name).await?;
    let hidden: Vec<&Focus> =
        way.iter().filter(|focus| !focus.is_visible && !focus.name.is_empty()).collect();
    assert!(hidden.is_empty(), "the eye cannot tell that these have the focus: {hidden:?}");
    Ok(())
}
