//! Signed in, but not for everything.

use serde_json::{Value, json};
use tests::browser::BrowserSettings;
use tests::hosted_ui::{EDITOR, READER};
use tests::{Journey, SignInAt};

use crate::stage::{cloud_and, cloud_and_browser, signed_in, status, wherever_people_sign_in};

wherever_people_sign_in!(
    a_reader_is_told_why_the_desk_stays_shut_and_how_to_go_on,
    an_editor_sees_their_name_and_groups,
);

async fn a_reader_is_told_why_the_desk_stays_shut_and_how_to_go_on(at: SignInAt) -> Journey {
    let (cloud, browser) = cloud_and_browser(at).await?;
    browser.open(&cloud.page("/admin/")).await?;
    cloud.sign_in(&browser, READER).await?;
    browser.sees_heading("You may not open this").await?;
    assert_eq!(browser.address().await?.as_str(), cloud.page("/admin/"));
    assert_eq!(status(&browser).await?, 403);
    browser.sees("your account is not in a group").await?;
    let refusal = cloud.event("refusal", "not_in_group").await?;
    assert_eq!(refusal["who"]["username"], READER.username);
    browser.sees(refusal["request_id"].as_str().unwrap()).await?;
    browser.press("Start page").await?;
    browser.sees_heading("Welcome").await?;

    // Somebody else takes over at the same browser.
    browser.open(&cloud.page("/admin/")).await?;
    cloud.sign_out(&browser).await?;
    browser.sees_heading("You are signed out").await?;
    browser.open(&cloud.page("/admin/")).await?;
    cloud.sign_in(&browser, EDITOR).await?;
    browser.sees_heading("Your desk").await?;
    Ok(())
}

async fn an_editor_sees_their_name_and_groups(at: SignInAt) -> Journey {
    let (_cloud, browser) = signed_in(at, EDITOR, "/admin/", "Your desk").await?;
    let script = "return Object.fromEntries([...document.querySelectorAll('dl.facts div')].map(fact =>
        [fact.querySelector('dt').innerText, fact.querySelector('dd').innerText]))";
    let facts = browser.run(script, &[]).await?;
    assert_eq!(facts["Name"], "editor");
    assert_eq!(facts["Email"], "editor@example.com");
    assert_eq!(facts["Groups"], "editors");
    let session = browser.fetch("/auth/session", json!({})).await?;
    let session: Value = serde_json::from_str(&session.body)?;
    assert_eq!(session["user"]["username"], "editor");
    assert_eq!(session["user"]["email"], "editor@example.com");
    assert_eq!(session["groups"], json!(["editors"]));
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_german_reader_is_refused_in_german() -> Journey {
    let settings = BrowserSettings { languages: "de-AT,de,en".to_owned(), ..BrowserSettings::default() };
    let (cloud, browser) = cloud_and(SignInAt::UserPool, settings).await?;
    browser.open(&cloud.page("/admin/")).await?;
    browser.sees_heading("Anmelden").await?;
    browser.fill_in("Benutzername oder E-Mail-Adresse", READER.email).await?;
    browser.fill_in("Passwort", READER.password).await?;
    browser.press("Anmelden").await?;
    browser.sees_heading("Sie dürfen dies nicht öffnen").await?;
    assert_eq!(browser.run("return document.documentElement.lang", &[]).await?, "de");
    browser.press("Startseite").await?;
    browser.sees_heading("Welcome").await?;
    Ok(())
}
