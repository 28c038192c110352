//! 4. Two tabs save: three versions are shown, and changes that do not touch each other are merged in one click.

use tests::Journey;
use tests::hosted_ui::EDITOR;

use super::stage::{begin_entry, desk_of, is_saved, shows, write};

const BASE: &str = "one\n\ntwo\n\nthree\n";

#[tokio::test(flavor = "multi_thread")]
async fn changes_that_do_not_touch_are_merged_in_one_click() -> Journey {
    let (_cloud, browser) = desk_of(EDITOR).await?;
    let id = begin_entry(&browser, "Conflict", "/news/", BASE).await?;
    let (address, first) = (browser.address().await?, browser.window().await?);
    let second = browser.open_tab().await?;
    browser.open(address.as_str()).await?;
    shows(&browser, "#preview", "three").await?;
    write(&browser, "one\n\ntwo\n\nthree, by the other\n").await?;
    is_saved(&browser, &id, "one\n\ntwo\n\nthree, by the other\n").await?;

    browser.look_at(&first).await?;
    write(&browser, "one, by me\n\ntwo\n\nthree\n").await?;
    browser.press("Save").await?;
    browser.sees("Somebody else saved this entry meanwhile").await?;
    let open = "return document.querySelector('dialog[open] .clash') !== null";
    if browser.run(open, &[]).await? == false {
        browser.press("Compare and merge").await?;
    }
    browser.wait_for("the three versions", open, &[]).await?;
    for version in ["Before", "Yours", "Theirs"] {
        shows(&browser, "dialog[open]", version).await?;
    }
    browser.press("Merge both").await?;
    is_saved(&browser, &id, "one, by me\n\ntwo\n\nthree, by the other\n").await?;
    browser.look_at(&second).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_both_changed_is_decided_by_a_person() -> Journey {
    let (_cloud, browser) = desk_of(EDITOR).await?;
    let id = begin_entry(&browser, "Clash", "/news/", BASE).await?;
    let (address, first) = (browser.address().await?, browser.window().await?);
    browser.open_tab().await?;
    browser.open(address.as_str()).await?;
    shows(&browser, "#preview", "three").await?;
    write(&browser, "ONE theirs\n\ntwo\n\nthree\n").await?;
    is_saved(&browser, &id, "ONE theirs\n\ntwo\n\nthree\n").await?;

    browser.look_at(&first).await?;
    write(&browser, "one mine\n\ntwo\n\nthree\n").await?;
    browser.press("Save").await?;
    let clash = "if (!document.querySelector('dialog[open]')) {
            [...document.querySelectorAll('button')].find(b => b.innerText === 'Compare and merge')?.click();
        }
        return document.querySelectorAll('dialog[open] .clash input[type=radio]').length";
    browser.wait_for("the choices", clash, &[]).await?;
    let merge = "return [...document.querySelectorAll('dialog[open] button')]
        .find(button => button.innerText === 'Merge both').getAttribute('aria-disabled')";
    assert_eq!(browser.run(merge, &[]).await?, "true", "undecided");
    let theirs = "[...document.querySelectorAll('dialog[open] .version')]
        .find(version => version.innerText.includes('Theirs')).querySelector('input').click(); return true";
    browser.run(theirs, &[]).await?;
    browser.press("Merge both").await?;
    is_saved(&browser, &id, "ONE theirs\n\ntwo\n\nthree\n").await
}
