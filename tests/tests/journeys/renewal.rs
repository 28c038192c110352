//! The tokens end; the session goes on, and nobody notices.

use serde_json::{Value, json};
use tests::browser::Browser;
use tests::hosted_ui::{EDITOR, READER};
use tests::{Failure, Journey, SignInAt};

use crate::stage::{ID_TOKEN, REFRESH_TOKEN, let_tokens_end, signed_in, wherever_people_sign_in};

wherever_people_sign_in!(
    a_note_sent_after_the_tokens_ended_arrives_once_and_whole,
    a_page_opened_after_the_tokens_ended_simply_opens,
    keys_that_rotated_meanwhile_are_not_noticed,
);

async fn a_note_sent_after_the_tokens_ended_arrives_once_and_whole(at: SignInAt) -> Journey {
    let (cloud, browser) = signed_in(at, EDITOR, "/admin/?draft=7", "Your desk").await?;
    let_tokens_end(&cloud, &browser, EDITOR).await?;
    let renewals = cloud.refresh_requests().await?;
    let note = "A first line, with \"quotes\" & <b>signs</b>,\n  two spaces and an ü.";
    browser.fill_in("Your note", note).await?;
    browser.press("Send").await?;
    browser.sees("The note arrived.").await?;
    let echo = browser.run("return document.querySelector('#note-echo').textContent", &[]).await?;
    assert_eq!(echo, note);

    let arrived = cloud.reached_api("/api/echo");
    assert_eq!(arrived.len(), 1, "the note reached the API other than once");
    assert_eq!(arrived[0].method, "POST");
    let body: Value = serde_json::from_str(arrived[0].body.as_deref().unwrap())?;
    assert_eq!(body, json!({ "note": note }));
    assert_eq!(arrived[0].unverified_claims.as_ref().unwrap()["username"], EDITOR.username);
    assert_eq!(arrived[0].cookie, None);

    let renewal = cloud.event("renewal", "renewed").await?;
    assert_eq!((&renewal["method"], &renewal["path"]), (&json!("POST"), &json!("/api/echo")));
    assert_eq!(renewal["status"], 307);
    assert_eq!(cloud.refresh_requests().await?, renewals + 1);
    assert_eq!(cloud.code_requests().await?, 1);
    Ok(())
}

async fn a_page_opened_after_the_tokens_ended_simply_opens(at: SignInAt) -> Journey {
    let (cloud, browser) = signed_in(at, READER, "/members/", "You are inside").await?;
    let_tokens_end(&cloud, &browser, READER).await?;
    let (ended, first) = (browser.cookie(ID_TOKEN).await?, browser.cookie(REFRESH_TOKEN).await?);
    let renewals = cloud.refresh_requests().await?;
    let page = cloud.page("/guide/sessions/?after=an%20hour");
    browser.open(&page).await?;
    browser.arrives_at(&page).await?;
    browser.sees_heading("How long you stay signed in").await?;

    assert_ne!(browser.cookie(ID_TOKEN).await?, ended, "the ID token must be a new one");
    assert_ne!(browser.cookie(REFRESH_TOKEN).await?, first, "the rotated refresh token must be kept");
    assert_eq!(cloud.refresh_requests().await?, renewals + 1);
    assert_eq!(cloud.events("sign_in_started").len(), 1, "nobody was sent to sign in again");
    browser.press("Home").await?;
    browser.sees_heading("You are inside").await?;
    assert_eq!(cloud.refresh_requests().await?, renewals + 1, "one renewal is enough");
    Ok(())
}

async fn keys_that_rotated_meanwhile_are_not_noticed(at: SignInAt) -> Journey {
    let (cloud, browser) = signed_in(at, EDITOR, "/admin/", "Your desk").await?;
    let before = key(&browser).await?;
    cloud.rotate_keys().await?;
    browser.press("Read the site").await?;
    browser.sees_heading("You are inside").await?;
    assert_eq!(key(&browser).await?, before, "a token of the old key goes on");
    let_tokens_end(&cloud, &browser, EDITOR).await?;
    browser.open(&cloud.page("/admin/")).await?;
    browser.sees_heading("Your desk").await?;
    assert_ne!(key(&browser).await?, before, "the renewed tokens are signed with the new key");
    browser.press("Ask the API").await?;
    browser.sees("none came, as it should be").await?;
    assert_eq!(cloud.events("sign_in_started").len(), 1, "nobody was sent to sign in again");
    Ok(())
}

/// The header of the ID token, which names its key.
async fn key(browser: &Browser) -> Result<String, Failure> {
    let token = browser.cookie(ID_TOKEN).await?.unwrap();
    Ok(token.split('.').next().unwrap().to_owned())
}
