//! 20. The app speaks German, and is dark where somebody wants it.

use tests::Journey;
use tests::hosted_ui::EDITOR;

use super::stage::{choose, desk_of, shows};

#[tokio::test(flavor = "multi_thread")]
async fn language_and_theme_are_chosen_and_kept() -> Journey {
    let (cloud, browser) = desk_of(EDITOR).await?;
    browser.press("Profile").await?;
    browser.sees_heading("Profile").await?;
    choose(&browser, "Theme", "dark").await?;
    let dark = "return getComputedStyle(document.documentElement).colorScheme";
    assert_eq!(browser.run(dark, &[]).await?, "dark");
    choose(&browser, "Language of the desk", "de").await?;
    browser.sees_heading("Profil").await?;
    assert_eq!(browser.run("return document.documentElement.lang", &[]).await?, "de");
    browser.open(&cloud.page("/admin/")).await?;
    browser.sees_heading("Einträge").await?;
    shows(&browser, ".bar", "Abmelden").await?;
    assert_eq!(browser.run(dark, &[]).await?, "dark");
    Ok(())
}
