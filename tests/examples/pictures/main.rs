//! Pictures of the pages that a person meets, wide and narrow, light and dark, for somebody to look at:
//! `cargo run -p tests --example pictures -- <folder>`.

use std::path::{Path, PathBuf};

use stack::pool::Fault;
use tests::browser::{Browser, BrowserError, BrowserSettings};
use tests::cloud::Cloud;
use tests::hosted_ui::{EDITOR, READER, sign_in};
use tests::{Failure, Journey};

#[tokio::main]
async fn main() -> Journey {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "target/pictures".to_owned()));
    tokio::fs::create_dir_all(&folder).await?;
    let first_site = Path::new(env!("CARGO_MANIFEST_DIR")).join("../stack/first-site");
    let cloud = Cloud::cms_with(|cms| cms.first_site = Some(first_site)).await?;
    let browser = Browser::start().await?;
    reader(&cloud, &browser, &folder).await?;
    editor(&cloud, &browser, &folder).await?;
    without_cookies(&cloud, &folder).await
}

async fn reader(cloud: &Cloud, browser: &Browser, folder: &Path) -> Journey {
    browser.open(&cloud.page("/admin/")).await?;
    browser.sees_heading("Sign in").await?;
    take(browser, folder, "hosted-ui").await?;
    sign_in(browser, READER).await?;
    browser.sees_heading("You may not open this").await?;
    take(browser, folder, "not-in-group").await?;
    for (path, name) in
        [("/", "home"), ("/news/", "news"), ("/guide/writing/", "guide"), ("/members/", "members")]
    {
        browser.open(&cloud.page(path)).await?;
        browser.wait_for("a heading", "return !!document.querySelector('h1')", &[]).await?;
        take(browser, folder, name).await?;
    }
    let ended = cloud.ended_tokens(READER.username)?;
    browser.replace_cookie("__Host-id-token", ended.id_token.as_deref().unwrap_or_default()).await?;
    cloud.pool().set_fault(Some(Fault::Status(500)));
    browser.open(&cloud.page("/members/")).await?;
    browser.sees_heading("The sign-in service does not answer").await?;
    take(browser, folder, "pool-down").await?;
    cloud.pool().set_fault(None);
    browser.open(&cloud.page("/auth/sign-out")).await?;
    browser.sees_heading("You are signed out").await?;
    Ok(take(browser, folder, "signed-out").await?)
}

async fn editor(cloud: &Cloud, browser: &Browser, folder: &Path) -> Journey {
    browser.open(&cloud.page("/admin/")).await?;
    sign_in(browser, EDITOR).await?;
    browser.sees_heading("Entries").await?;
    take(browser, folder, "entries").await?;
    browser.open(&cloud.page("/admin/media")).await?;
    browser.sees_heading("Media").await?;
    take(browser, folder, "media").await?;
    browser.open(&cloud.page("/admin/")).await?;
    browser.sees_heading("Entries").await?;
    browser.press("Nothing you typed is lost").await?;
    browser.wait_for("the text", "return !!document.querySelector('#rich [contenteditable]')", &[]).await?;
    take(browser, folder, "entry").await?;
    browser.forget_cookies().await?;
    browser.run("document.querySelector('#rich [contenteditable]').focus(); return true", &[]).await?;
    browser.type_in("A word that waits. ").await?;
    browser.sees("Sign in again in a window of its own.").await?;
    Ok(take(browser, folder, "session-ended").await?)
}

async fn without_cookies(cloud: &Cloud, folder: &Path) -> Journey {
    let no_cookies_for = Some(cloud.site().to_owned());
    let browser = Browser::with(BrowserSettings { no_cookies_for, ..BrowserSettings::default() }).await?;
    browser.open(&cloud.page("/members/")).await?;
    sign_in(&browser, READER).await?;
    browser.sees_heading("Cookies are switched off").await?;
    take(&browser, folder, "cookies-off").await?;
    Ok::<(), Failure>(())
}

async fn take(browser: &Browser, folder: &Path, name: &str) -> Result<(), BrowserError> {
    for (width, height) in [(1280, 900), (390, 844)] {
        browser.resize(width, height).await?;
        for (dark, scheme) in [(false, "light"), (true, "dark")] {
            browser.prefer_dark(dark).await?;
            let path = folder.join(format!("{name}-{width}-{scheme}.png"));
            let picture = browser.picture().await?;
            let failed = |error| BrowserError::File(format!("the picture {}", path.display()), error);
            tokio::fs::write(&path, picture).await.map_err(failed)?;
        }
    }
    browser.resize(1280, 900).await?;
    browser.prefer_dark(false).await
}
