//! 18. Everything that is done is a row, to be looked through; who signed in stands beside it.

use serde_json::{Value, json};
use tests::Journey;
use tests::browser::Browser;
use tests::hosted_ui::{ADMIN, EDITOR};

use super::stage::{act, begin_entry, choose, desk_of, shows, sit_down};

/// What the rows say was done.
const DONE: &str =
    "const rows = [...document.querySelectorAll('.list tbody tr')].map(row => row.cells[2].innerText);
    return JSON.stringify(rows) === JSON.stringify(arguments[0]) || (window.found = rows, false)";

#[tokio::test(flavor = "multi_thread")]
async fn what_was_done_is_told_and_looked_through() -> Journey {
    let (cloud, browser) = desk_of(ADMIN).await?;
    let id = begin_entry(&browser, "Watched", "/news/", "text").await?;
    let entry = format!("/api/v1/entries/{id}");
    act(&browser, "PUT", &entry, json!({ "summary": "An entry that is watched." })).await?;
    browser.press("Publish").await?;
    shows(&browser, "#publication", "Live: seen here after").await?;
    let later = json!({ "publish_at": null, "unpublish_at": "2099-01-01T00:00:00Z" });
    act(&browser, "POST", &format!("{entry}/schedule"), later).await?;
    act(&browser, "DELETE", &format!("{entry}/schedule"), Value::Null).await?;
    act(&browser, "POST", &format!("{entry}/unpublish"), Value::Null).await?;
    act(&browser, "DELETE", &entry, Value::Null).await?;
    act(&browser, "POST", &format!("{entry}/restore"), Value::Null).await?;
    let section = json!({ "path": "/notes/", "title": "Notes", "listed": true, "order": "newest", "feed": false,
        "page_size": 10 });
    act(&browser, "POST", "/api/v1/sections", section).await?;
    act(&browser, "POST", "/api/v1/entries", json!({ "title": "Another" })).await?;

    browser.open(&cloud.page("/admin/activity")).await?;
    shows(&browser, ".list tbody tr:first-child", "Began an entry").await?;
    shows(&browser, ".list tbody tr:nth-child(2)", "Made a section").await?;
    let only = "const link = document.querySelector('.list [aria-label=\"All activity: Watched\"]');
        link?.click(); return link !== null";
    browser.wait_for("the entry's own activity", only, &[]).await?;
    let all = [
        "Took out of the trash",
        "Moved to the trash",
        "Unpublished",
        "Took back a schedule",
        "Scheduled",
        "Published",
        "Saved an entry",
        "Began an entry",
    ];
    done(&browser, &all).await?;
    shows(&browser, ".filters", "Watched").await?;
    choose(&browser, "Action", "entry.publish").await?;
    done(&browser, &["Published"]).await?;
    let address =
        "return location.search.includes('action=entry.publish') && location.search.includes(arguments[0])";
    browser.wait_for("the question in the address", address, &[json!(id)]).await?;
    browser.run("history.back(); return true", &[]).await?;
    done(&browser, &all).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_picked_out_and_who_signed_in_is_listed() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    begin_entry(&browser, "By the editor", "/news/", "text").await?;
    let admin = Browser::start().await?;
    sit_down(&cloud, &admin, ADMIN).await?;
    act(&admin, "POST", "/api/v1/entries", json!({ "title": "By the admin" })).await?;
    admin.press("Activity").await?;
    shows(&admin, ".list", "By the editor").await?;
    let of_editor = "const row = [...document.querySelectorAll('.list tbody tr')]
            .find(row => row.innerText.includes('By the editor'));
        row.cells[1].querySelector('a').click();
        return true";
    admin.run(of_editor, &[]).await?;
    done(&admin, &["Began an entry"]).await?;
    let chip = "const chip = document.querySelector('.filters .chip'); chip?.click(); return chip !== null";
    admin.wait_for("the person among the filters", chip, &[]).await?;
    shows(&admin, ".list", "By the admin").await?;

    admin.press("Sign-ins").await?;
    shows(&admin, ".list", EDITOR.email).await?;
    shows(&admin, ".list", ADMIN.email).await
}

async fn done(browser: &Browser, expected: &[&str]) -> Journey {
    browser.wait_for(&format!("the rows {expected:?}"), DONE, &[json!(expected)]).await?;
    Ok(())
}
