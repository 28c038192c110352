//! The desk: lists, media, activity, site and profile.

use tests::Journey;
use tests::browser::Browser;
use tests::cloud::Cloud;
use tests::hosted_ui::{ADMIN, sign_in};

use crate::album::Album;

const DIALOG: &str = "return !!document.querySelector('dialog[open] :is(form, input, dl)')";

/// Looks at every page of the app but an entry's, as an admin.
pub(crate) async fn look(cloud: &Cloud, browser: &Browser, album: &Album) -> Journey {
    browser.open(&cloud.page("/admin/")).await?;
    sign_in(browser, ADMIN).await?;
    browser.sees_heading("Entries").await?;
    browser.wait_for("entries", "return !!document.querySelector('#entries li')", &[]).await?;
    album.take(browser, "entries").await?;
    browser.run("document.querySelector('.bulk input').click(); return true", &[]).await?;
    browser.sees("selected").await?;
    album.take(browser, "entries-selected").await?;
    browser.open(&cloud.page("/admin/?q=zebra")).await?;
    browser.sees("Nothing matches").await?;
    album.take(browser, "entries-none").await?;
    let trash = "return fetch('/api/v1/entries?q=imprint').then(answer => answer.json())
        .then(({ items }) => fetch(`/api/v1/entries/${items[0].id}`, { method: 'DELETE' }))
        .then(answer => answer.ok)";
    browser.wait_for("something in the trash", trash, &[]).await?;
    browser.open(&cloud.page("/admin/?state=trashed")).await?;
    browser.sees("Imprint").await?;
    album.take(browser, "trash").await?;
    browser.press("New entry").await?;
    browser.wait_for("the dialog", DIALOG, &[]).await?;
    album.take(browser, "new-entry").await?;
    browser.press("Cancel").await?;

    browser.open(&cloud.page("/admin/media")).await?;
    browser.wait_for("pictures", "return !!document.querySelector('.pictures li')", &[]).await?;
    album.take(browser, "media").await?;
    browser.run("document.querySelector('.pictures .tile').click(); return true", &[]).await?;
    browser.wait_for("the dialog", DIALOG, &[]).await?;
    album.take(browser, "media-item").await?;
    browser.press("Cancel").await?;

    for (path, heading, name) in [
        ("/admin/activity", "Activity", "activity"),
        ("/admin/activity?show=sign-ins", "Activity", "sign-ins"),
        ("/admin/site", "Site", "site"),
        ("/admin/profile", "Profile", "profile"),
        ("/admin/nowhere", "No such page", "no-such-page"),
    ] {
        browser.open(&cloud.page(path)).await?;
        browser.sees_heading(heading).await?;
        album.take(browser, name).await?;
    }
    browser.press("Go anywhere").await?;
    browser.wait_for("the palette", DIALOG, &[]).await?;
    browser.type_in("pi").await?;
    browser.wait_for("ways", "return document.querySelectorAll('#ways li').length > 1", &[]).await?;
    album.take(browser, "palette").await?;
    browser.open(&cloud.page("/admin/profile")).await?;
    browser.sees_heading("Profile").await?;
    let help = "document.activeElement.blur();
        document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '?', bubbles: true })); return true";
    browser.run(help, &[]).await?;
    browser.wait_for("the shortcuts", DIALOG, &[]).await?;
    album.take(browser, "shortcuts").await
}
