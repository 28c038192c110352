//! Where a journey through the editing app begins.

use serde_json::{Value, json};
use tests::Failure;
use tests::browser::Browser;
use tests::cloud::Cloud;
use tests::hosted_ui::{Person, sign_in};

/// A cloud with the CMS and some empty sections, and a browser in which somebody has opened the app.
pub(crate) async fn desk_of(person: Person) -> Result<(Cloud, Browser), Failure> {
    let sections = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/sections");
    let cloud = Cloud::cms_with(|cms| cms.first_site = Some(sections.into()));
    let (cloud, browser) = tokio::join!(cloud, Browser::start());
    let (cloud, browser) = (cloud?, browser?);
    browser.resize(1280, 900).await?;
    // Most journeys write markdown, whose field a script can read.
    browser.at_each_start("localStorage.setItem('parapet.editor', 'markdown')").await?;
    browser.open(&cloud.page("/admin/")).await?;
    sign_in(&browser, person).await?;
    browser.sees_heading("Entries").await?;
    Ok((cloud, browser))
}

/// Begins an entry in a section, writes its text, and waits until it is saved; returns its id.
pub(crate) async fn begin_entry(
    browser: &Browser,
    title: &str,
    section: &str,
    text: &str,
) -> Result<String, Failure> {
    browser.press("New entry").await?;
    browser.fill_in("Title", title).await?;
    let choose = "const select = document.querySelector('dialog[open] select');
        if (![...select.options].some(option => option.value === arguments[0])) return false;
        select.value = arguments[0];
        select.dispatchEvent(new Event('change', { bubbles: true }));
        return true";
    browser.wait_for("the section", choose, &[json!(section)]).await?;
    browser.press("Begin").await?;
    let id = browser
        .wait_for(
            "the entry's page",
            "return document.querySelector('#text') && location.pathname.match(/entries\\/([^/]+)$/)?.[1]",
            &[],
        )
        .await?;
    write(browser, text).await?;
    is_saved(browser, id.as_str().unwrap_or_default(), text).await?;
    Ok(id.as_str().unwrap_or_default().to_owned())
}

/// Puts a text in the place of what the field holds, as a paste would.
pub(crate) async fn write(browser: &Browser, text: &str) -> Result<(), Failure> {
    let script = "const field = document.querySelector('#text');
        field.focus();
        field.select();
        document.execCommand('insertText', false, arguments[0]);
        return field.value === arguments[0]";
    browser.wait_for("the text in its field", script, &[json!(text)]).await?;
    Ok(())
}

/// Waits until the API has this text.
pub(crate) async fn is_saved(browser: &Browser, id: &str, text: &str) -> Result<(), Failure> {
    let script = "return fetch(`/api/v1/entries/${arguments[0]}`).then(answer => answer.json())
        .then(entry => entry.body === arguments[1])";
    browser.wait_for("the saved text", script, &[json!(id), json!(text)]).await?;
    Ok(())
}

/// What the API answers to a question.
pub(crate) async fn ask(browser: &Browser, path: &str) -> Result<Value, Failure> {
    let script = "return fetch(arguments[0]).then(answer => answer.json())";
    Ok(browser.run(script, &[json!(path)]).await?)
}

/// Waits until an element's text holds this.
pub(crate) async fn shows(browser: &Browser, element: &str, text: &str) -> Result<(), Failure> {
    let script = "return document.querySelector(arguments[0])?.innerText.includes(arguments[1])";
    browser.wait_for(&format!("{text:?} in {element}"), script, &[json!(element), json!(text)]).await?;
    Ok(())
}

/// Sets a choice by its label.
pub(crate) async fn choose(browser: &Browser, label: &str, value: &str) -> Result<(), Failure> {
    let script = "const label = [...document.querySelectorAll('label')]
            .find(label => label.innerText.trim() === arguments[0] && label.checkVisibility());
        const select = label && document.getElementById(label.htmlFor);
        if (!select || ![...select.options].some(option => option.value === arguments[1])) return false;
        select.value = arguments[1];
        select.dispatchEvent(new Event('change', { bubbles: true }));
        return true";
    browser.wait_for(&format!("the choice {label:?}"), script, &[json!(label), json!(value)]).await?;
    Ok(())
}

/// The page's clock, in milliseconds.
pub(crate) async fn now(browser: &Browser) -> Result<f64, Failure> {
    let now = browser.run("return performance.now()", &[]).await?;
    Ok(now.as_f64().unwrap_or_default())
}
