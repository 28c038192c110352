//! Signing out, and what the Back button finds afterwards.

use tests::browser::Browser;
use tests::cloud::Cloud;
use tests::hosted_ui::{EDITOR, READER};
use tests::{Journey, SignInAt};

use crate::stage::{REFRESH_TOKEN, signed_in, wherever_people_sign_in};

wherever_people_sign_in!(
    after_signing_out_at_the_desk_back_shows_no_name,
    after_signing_out_on_a_page_the_desk_left_before_shows_no_name,
    after_signing_out_on_a_page_back_does_not_bring_it_again,
);

async fn after_signing_out_at_the_desk_back_shows_no_name(at: SignInAt) -> Journey {
    let (cloud, browser) = signed_in(at, EDITOR, "/admin/", "Your desk").await?;
    browser.fill_in("Your note", "nobody else should read this").await?;
    leave(&cloud, &browser).await?;
    go_back(at, &browser).await?;
    holds_nothing(&browser).await?;
    is_out(&cloud, &browser, "/admin/").await
}

async fn after_signing_out_on_a_page_the_desk_left_before_shows_no_name(at: SignInAt) -> Journey {
    let (cloud, browser) = signed_in(at, EDITOR, "/admin/", "Your desk").await?;
    browser.fill_in("Your note", "nobody else should read this").await?;
    browser.press("Read the site").await?;
    browser.sees_heading("You are inside").await?;
    leave(&cloud, &browser).await?;
    go_back(at, &browser).await?;
    cloud.asks_who_is_there(&browser).await?;
    browser.back().await?;
    holds_nothing(&browser).await?;
    is_out(&cloud, &browser, "/admin/").await
}

async fn after_signing_out_on_a_page_back_does_not_bring_it_again(at: SignInAt) -> Journey {
    let (cloud, browser) = signed_in(at, READER, "/guide/sessions/", "How long you stay signed in").await?;
    leave(&cloud, &browser).await?;
    go_back(at, &browser).await?;
    cloud.asks_who_is_there(&browser).await?;
    is_out(&cloud, &browser, "/guide/sessions/").await
}

/// Signs out with the page's own link; the browser and the pool both forget the session.
async fn leave(cloud: &Cloud, browser: &Browser) -> Journey {
    let refresh_token = browser.cookie(REFRESH_TOKEN).await?.unwrap();
    cloud.sign_out(browser).await?;
    browser.arrives_at(&cloud.page("/auth/signed-out?cleared=1")).await?;
    browser.sees_heading("You are signed out").await?;
    assert_eq!(browser.cookies().await?, []);
    cloud.event("sign_out", "signed_out").await?;
    assert_eq!(cloud.revoke_requests().await?, 1);
    let status = cloud.with_refresh_token("/oauth2/token", &refresh_token).await?;
    assert_eq!(status, 400, "the refresh token must be revoked");
    Ok(())
}

/// Goes back to the page that was signed out from, past the one on which a provider may ask whether that is meant.
async fn go_back(at: SignInAt, browser: &Browser) -> Journey {
    if at == SignInAt::StrangersProvider {
        browser.back().await?;
    }
    Ok(browser.back().await?)
}

/// Opening a page asks for a password: the hosted UI's session has ended too.
async fn is_out(cloud: &Cloud, browser: &Browser, path: &str) -> Journey {
    browser.open(&cloud.page(path)).await?;
    cloud.asks_who_is_there(browser).await?;
    assert!(browser.address().await?.as_str().starts_with(&cloud.hosted_ui("/")));
    assert_eq!(cloud.events("sign_in").len(), 1);
    Ok(())
}

/// The page shows that nobody is signed in, and holds nothing that only the editor may see.
async fn holds_nothing(browser: &Browser) -> Journey {
    let script = "return document.readyState === 'complete'
        && [...document.querySelectorAll('h1')].find(heading => heading.checkVisibility())?.innerText";
    let heading = browser.wait_for("a page with a heading", script, &[]).await?;
    let harmless = ["You are signed out", "Sign in", "Sign-in"];
    assert!(harmless.iter().any(|known| heading == *known), "Back shows {heading}");
    let script = "return [...document.querySelectorAll('*')].flatMap(element =>
        [element.value, ...element.childNodes].map(part => part?.data ?? part))
        .filter(part => typeof part === 'string').join('\\n')";
    let everything = browser.run(script, &[]).await?;
    for private in [EDITOR.email, "nobody else"] {
        assert!(!everything.as_str().unwrap().contains(private), "Back still holds {private:?}");
    }
    Ok(())
}
