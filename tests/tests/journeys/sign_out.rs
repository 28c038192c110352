//! Signing out, and what the Back button finds afterwards.

use tests::Journey;
use tests::browser::Browser;
use tests::cloud::Cloud;
use tests::hosted_ui::{EDITOR, READER};

use crate::stage::{REFRESH_TOKEN, signed_in};

#[tokio::test(flavor = "multi_thread")]
async fn after_signing_out_at_the_desk_back_shows_no_name() -> Journey {
    let (cloud, browser) = signed_in(EDITOR, "/admin/", "Your desk").await?;
    browser.fill_in("Your note", "nobody else should read this").await?;
    leave(&cloud, &browser).await?;
    browser.back().await?;
    holds_nothing(&browser).await?;
    is_out(&cloud, &browser, "/admin/").await
}

#[tokio::test(flavor = "multi_thread")]
async fn after_signing_out_on_a_page_the_desk_left_before_shows_no_name() -> Journey {
    let (cloud, browser) = signed_in(EDITOR, "/admin/", "Your desk").await?;
    browser.fill_in("Your note", "nobody else should read this").await?;
    browser.press("Read the site").await?;
    browser.sees_heading("You are inside").await?;
    leave(&cloud, &browser).await?;
    browser.back().await?;
    browser.sees_heading("Sign in").await?;
    browser.back().await?;
    holds_nothing(&browser).await?;
    is_out(&cloud, &browser, "/admin/").await
}

#[tokio::test(flavor = "multi_thread")]
async fn after_signing_out_on_a_page_back_does_not_bring_it_again() -> Journey {
    let (cloud, browser) = signed_in(READER, "/guide/sessions/", "How long you stay signed in").await?;
    leave(&cloud, &browser).await?;
    browser.back().await?;
    browser.sees_heading("Sign in").await?;
    is_out(&cloud, &browser, "/guide/sessions/").await
}

/// Signs out with the page's own link; the browser and the pool both forget the session.
async fn leave(cloud: &Cloud, browser: &Browser) -> Journey {
    let refresh_token = browser.cookie(REFRESH_TOKEN).await?.unwrap();
    browser.press("Sign out").await?;
    browser.arrives_at(&cloud.page("/auth/signed-out?cleared=1")).await?;
    browser.sees_heading("You are signed out").await?;
    assert_eq!(browser.cookies().await?, []);
    cloud.event("sign_out", "signed_out").await?;
    assert_eq!(cloud.pool().revoke_requests(), 1);
    let status = cloud.with_refresh_token("/oauth2/token", &refresh_token).await?;
    assert_eq!(status, 400, "the refresh token must be revoked");
    Ok(())
}

/// Opening a page asks for a password: the hosted UI's session has ended too.
async fn is_out(cloud: &Cloud, browser: &Browser, path: &str) -> Journey {
    browser.open(&cloud.page(path)).await?;
    browser.sees_heading("Sign in").await?;
    assert_eq!(browser.address().await?.path(), "/login");
    assert_eq!(cloud.events("sign_in").len(), 1);
    Ok(())
}

/// The page shows that nobody is signed in, and holds nothing that only the editor may see.
async fn holds_nothing(browser: &Browser) -> Journey {
    let script = "return document.readyState === 'complete'
        && [...document.querySelectorAll('h1')].find(heading => heading.checkVisibility())?.innerText";
    let heading = browser.wait_for("a page with a heading", script, &[]).await?;
    assert!(heading == "You are signed out" || heading == "Sign in", "Back shows {heading}");
    let script = "return [...document.querySelectorAll('*')].flatMap(element =>
        [element.value, ...element.childNodes].map(part => part?.data ?? part))
        .filter(part => typeof part === 'string').join('\\n')";
    let everything = browser.run(script, &[]).await?;
    for private in [EDITOR.email, "nobody else"] {
        assert!(!everything.as_str().unwrap().contains(private), "Back still holds {private:?}");
    }
    Ok(())
}
