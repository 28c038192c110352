//! The content security policy holds, and nothing runs into it.

use tests::hosted_ui::{EDITOR, sign_in};
use tests::{Journey, SignInAt};

use crate::stage::cloud_and_browser;

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_visit_breaks_no_policy() -> Journey {
    let (cloud, browser) = cloud_and_browser(SignInAt::UserPool).await?;
    browser.open(&cloud.page("/about/")).await?;
    browser.sees_heading("About this site").await?;
    browser.press("Sign in").await?;
    sign_in(&browser, EDITOR).await?;
    browser.sees_heading("You are inside").await?;
    browser.press("Editors’ desk").await?;
    browser.sees_heading("Your desk").await?;
    browser.fill_in("Your note", "within the policy").await?;
    browser.press("Send").await?;
    browser.sees("The note arrived.").await?;
    browser.press("Ask the API").await?;
    browser.sees("none came, as it should be").await?;
    browser.press("Sign out").await?;
    browser.sees_heading("You are signed out").await?;
    let complaints: Vec<_> =
        browser.console().await?.into_iter().filter(|line| line.level != "INFO").collect();
    assert_eq!(complaints, [], "the console complains");

    // It is the policy that is silent, not the console: a script of a stranger does run into it.
    browser.open(&cloud.page("/about/")).await?;
    let script = "const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.body.append(script);
        return window.ran === undefined";
    assert_eq!(browser.run(script, &[]).await?, true, "an inline script ran");
    let console = browser.console().await?;
    assert!(console.iter().any(|line| line.message.contains("Content Security Policy")), "{console:?}");
    Ok(())
}
