//! An entry: written in both ways, scheduled, fought over, published.

use serde_json::json;
use tests::Journey;
use tests::browser::Browser;
use tests::cloud::Cloud;

use crate::album::Album;

/// Writes into an entry as somebody else would, behind the app's back.
const SOMEBODY_ELSE: &str = "const path = `/api/v1/entries/${location.pathname.split('/').pop()}`;
    return fetch(path).then(async answer => {
        const { body, version } = await answer.json();
        const headers = { 'content-type': 'application/json', 'if-match': answer.headers.get('etag') ?? `\"${version}\"` };
        const text = body.split('\\n\\n');
        text[0] = arguments[0];
        const sent = JSON.stringify({ body: text.join('\\n\\n') });
        return (await fetch(path, { method: 'PUT', headers, body: sent })).ok;
    })";
const EDITOR: &str = "return !!document.querySelector('#rich [contenteditable]')";
const LONG_TITLE: &str =
    "A title that says in one long breath what a shorter one would have left for the text to tell";

/// Looks at an entry in all that it goes through.
pub(crate) async fn look(cloud: &Cloud, browser: &Browser, album: &Album) -> Journey {
    browser.open(&cloud.page("/admin/")).await?;
    browser.sees_heading("Entries").await?;
    browser.press("Nothing you typed is lost").await?;
    browser.wait_for("the text", EDITOR, &[]).await?;
    album.take(browser, "entry").await?;
    let at_end = "const page = document.querySelector('#rich [contenteditable]');
        page.focus();
        getSelection().selectAllChildren(page.querySelector('p'));
        getSelection().collapseToEnd();
        return true";
    browser.run(at_end, &[]).await?;
    browser.press_key(tests::browser::Key::Enter).await?;
    browser.type_in("/").await?;
    browser.wait_for("the slash menu", "return !!document.querySelector('[role=listbox]')", &[]).await?;
    album.take(browser, "entry-slash").await?;
    browser.fill_in("Title", LONG_TITLE).await?;
    browser.run("scrollTo(0, 0); return true", &[]).await?;
    album.take(browser, "entry-long-title").await?;

    browser.press("Markdown").await?;
    browser.wait_for("the field", "return !!document.querySelector('#text')", &[]).await?;
    let both =
        "[...document.querySelectorAll('.switch label')].find(label => label.innerText === 'Both').click();
        return true";
    browser.run(both, &[]).await?;
    browser.wait_for("the preview", "return !!document.querySelector('#preview p')", &[]).await?;
    album.take(browser, "entry-markdown").await?;

    browser.press("More").await?;
    album.take(browser, "entry-menu").await?;
    browser.press("Schedule").await?;
    browser.sees("Publish at").await?;
    album.take(browser, "schedule").await?;
    browser.press("Cancel").await?;

    browser.press("Publish changes").await?;
    browser.sees("Live: seen here after").await?;
    album.take(browser, "published").await?;

    let write = "const field = document.querySelector('#text');
        field.focus();
        field.setSelectionRange(0, field.value.indexOf('\\n\\n'));
        return document.execCommand('insertText', false, arguments[0])";
    browser
        .wait_for("somebody else's save", SOMEBODY_ELSE, &[json!("They began it in their own way.")])
        .await?;
    browser.wait_for("my own beginning", write, &[json!("I began it in mine.")]).await?;
    browser.press("Save").await?;
    let compare = "if (!document.querySelector('dialog[open]')) {
            [...document.querySelectorAll('button')].find(button => button.innerText === 'Compare and merge')?.click();
        }
        return !!document.querySelector('dialog[open] .clash')";
    browser.wait_for("the three versions", compare, &[]).await?;
    album.take(browser, "conflict").await?;
    browser.press("Keep mine").await?;
    browser.wait_for("no dialog", "return !document.querySelector('dialog[open]')", &[]).await?;
    browser.press("Save").await?;
    browser.press("History").await?;
    browser.wait_for("the difference", "return !!document.querySelector('.diff')", &[]).await?;
    album.take(browser, "history").await?;

    browser.run("document.querySelector('a.back').click(); return true", &[]).await?;
    browser.wait_for("the field", "return !!document.querySelector('#text')", &[]).await?;
    browser.forget_cookies().await?;
    browser.wait_for("a word", write, &[json!("A word that waits.")]).await?;
    browser.press("Save").await?;
    browser.sees("Sign in again in a window of its own.").await?;
    album.take(browser, "session-ended").await
}
