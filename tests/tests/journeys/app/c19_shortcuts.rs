//! 19. Shortcuts save, go anywhere and tell of themselves; they can be switched off.

use serde_json::json;
use tests::Journey;
use tests::hosted_ui::EDITOR;

use super::stage::{begin_entry, desk_of, shows};

const PRESS: &str = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown',
    { key: arguments[0], ctrlKey: arguments[1], bubbles: true, cancelable: true })); return true";

#[tokio::test(flavor = "multi_thread")]
async fn shortcuts_save_and_lead_anywhere() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    begin_entry(&browser, "By keyboard", "/news/", "text").await?;
    browser.run(PRESS, &[json!("s"), json!(true)]).await?;
    shows(&browser, "#save-state", "Saved").await?;
    browser.run(PRESS, &[json!("k"), json!(true)]).await?;
    browser.wait_for("the palette", "return document.activeElement.id === 'palette'", &[]).await?;
    browser.type_in("by keyb").await?;
    shows(&browser, "#ways", "By keyboard").await?;
    browser.press_key(tests::browser::Key::Enter).await?;
    browser.wait_for("the entry", "return !!document.querySelector('#text')", &[]).await?;

    browser.open(&cloud.page("/admin/profile")).await?;
    browser.sees_heading("Profile").await?;
    browser.run("document.activeElement.blur(); return true", &[]).await?;
    browser.run(PRESS, &[json!("?"), json!(false)]).await?;
    browser.sees("Keyboard shortcuts").await?;
    browser.press("Close").await?;
    let off = "[...document.querySelectorAll('.toggle')].find(toggle => toggle.innerText === 'Use keyboard shortcuts')
        .querySelector('input').click(); return true";
    browser.run(off, &[]).await?;
    browser.run(PRESS, &[json!("k"), json!(true)]).await?;
    assert_eq!(browser.run("return !!document.querySelector('dialog[open]')", &[]).await?, false);
    Ok(())
}
