//! Where a journey through the editing app begins.

use serde_json::{Value, json};
use stack::local::CmsSettings;
use tests::Failure;
use tests::browser::Browser;
use tests::cloud::Cloud;
use tests::hosted_ui::{Person, sign_in};

/// A cloud with the CMS and some empty sections, and a browser in which somebody has opened the app.
pub(crate) async fn desk_of(person: Person) -> Result<(Cloud, Browser), Failure> {
    desk_with(person, |_| {}).await
}

/// The same, with what `adjust` changes about the CMS.
pub(crate) async fn desk_with(
    person: Person,
    adjust: impl FnOnce(&mut CmsSettings),
) -> Result<(Cloud, Browser), Failure> {
    let sections = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/sections");
    let cloud = Cloud::cms_with(|cms| {
        cms.first_site = Some(sections.into());
        adjust(cms);
    });
    let (cloud, browser) = tokio::join!(cloud, Browser::start());
    let (cloud, browser) = (cloud?, browser?);
    sit_down(&cloud, &browser, person).await?;
    Ok((cloud, browser))
}

/// Opens the app in a browser, as somebody.
pub(crate) async fn sit_down(cloud: &Cloud, browser: &Browser, person: Person) -> Result<(), Failure> {
    browser.resize(1280, 900).await?;
    // Most journeys write markdown, whose field a script can read.
    browser.at_each_start("localStorage.setItem('parapet.editor', 'markdown')").await?;
    browser.open(&cloud.page("/admin/")).await?;
    sign_in(browser, person).await?;
    Ok(browser.sees_heading("Entries").await?)
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

/// Has the API do something, as the app's requests do; returns its answer.
pub(crate) async fn act(browser: &Browser, method: &str, path: &str, body: Value) -> Result<Value, Failure> {
    let script = "const [method, path, body] = arguments;
        const act = async () => {
            const headers = body === null ? {} : { 'content-type': 'application/json' };
            // A change names the version that it changes.
            if (method === 'PUT') headers['if-match'] = (await fetch(path)).headers.get('etag');
            const answer = await fetch(path, { method, headers, body: body && JSON.stringify(body) });
            const text = await answer.text();
            if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
            return text ? JSON.parse(text) : null;
        };
        return act()";
    Ok(browser.run(script, &[json!(method), json!(path), body]).await?)
}

/// Waits until the entry's text, as the API has it, says yes to a script's question about `body`; returns the text.
pub(crate) async fn saved_text(browser: &Browser, id: &str, question: &str) -> Result<String, Failure> {
    let script = format!(
        "return fetch(`/api/v1/entries/${{arguments[0]}}`).then(answer => answer.json())
            .then(({{ body }}) => ({question}) ? body : false)"
    );
    let text = browser.wait_for(&format!("a saved text with {question}"), &script, &[json!(id)]).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

/// Opens the rich editor in the place of the field, and puts the focus into it.
pub(crate) async fn write_richly(browser: &Browser) -> Result<(), Failure> {
    browser.press("Rich text").await?;
    let focus = "const page = document.querySelector('#rich [contenteditable]');
        page?.focus();
        return page !== null && page.contains(document.activeElement)";
    browser.wait_for("the rich editor", focus, &[]).await?;
    Ok(())
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
