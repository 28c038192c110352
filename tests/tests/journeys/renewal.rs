//! The tokens end; the session goes on, and nobody notices.

use serde_json::{Value, json};
use tests::Journey;
use tests::hosted_ui::{EDITOR, READER};

use crate::stage::{ID_TOKEN, REFRESH_TOKEN, let_tokens_end, signed_in};

#[tokio::test(flavor = "multi_thread")]
async fn a_note_sent_after_the_tokens_ended_arrives_once_and_whole() -> Journey {
    let (cloud, browser) = signed_in(EDITOR, "/admin/?draft=7", "Your desk").await?;
    let_tokens_end(&cloud, &browser, EDITOR).await?;
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
    assert_eq!(cloud.pool().token_requests().refresh_token, 1);
    assert_eq!(cloud.pool().token_requests().authorization_code, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_opened_after_the_tokens_ended_simply_opens() -> Journey {
    let (cloud, browser) = signed_in(READER, "/", "You are inside").await?;
    let_tokens_end(&cloud, &browser, READER).await?;
    let (ended, first) = (browser.cookie(ID_TOKEN).await?, browser.cookie(REFRESH_TOKEN).await?);
    let page = cloud.page("/guide/sessions/?after=an%20hour");
    browser.open(&page).await?;
    browser.arrives_at(&page).await?;
    browser.sees_heading("How long you stay signed in").await?;

    assert_ne!(browser.cookie(ID_TOKEN).await?, ended, "the ID token must be a new one");
    assert_ne!(browser.cookie(REFRESH_TOKEN).await?, first, "the rotated refresh token must be kept");
    assert_eq!(cloud.pool().token_requests().refresh_token, 1);
    assert_eq!(cloud.events("sign_in_started").len(), 1, "nobody was sent to sign in again");
    browser.press("Home").await?;
    browser.sees_heading("You are inside").await?;
    assert_eq!(cloud.pool().token_requests().refresh_token, 1, "one renewal is enough");
    Ok(())
}
