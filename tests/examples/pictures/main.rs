//! Pictures of the pages that a person meets, wide and narrow, light and dark, for somebody to look at:
//! `cargo run -p tests --example pictures -- <folder> [<part of a name>]`.

mod album;
mod desk;
mod entry;
mod reader;

use std::path::{Path, PathBuf};

use tests::Journey;
use tests::browser::{Browser, BrowserSettings};
use tests::cloud::Cloud;
use tests::hosted_ui::{READER, sign_in};

use album::Album;

#[tokio::main]
async fn main() -> Journey {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().unwrap_or_else(|| "target/pictures".to_owned()));
    let album = Album::at(folder, arguments.next()).await?;
    let first_site = Path::new(env!("CARGO_MANIFEST_DIR")).join("../stack/first-site");
    let cloud = Cloud::cms_with(|cms| cms.first_site = Some(first_site)).await?;
    let browser = Browser::start().await?;
    reader::look(&cloud, &browser, &album).await?;
    desk::look(&cloud, &browser, &album).await?;
    entry::look(&cloud, &browser, &album).await?;
    without_cookies(&cloud, &album).await
}

async fn without_cookies(cloud: &Cloud, album: &Album) -> Journey {
    let no_cookies_for = Some(cloud.site().to_owned());
    let browser = Browser::with(BrowserSettings { no_cookies_for, ..BrowserSettings::default() }).await?;
    browser.open(&cloud.page("/members/")).await?;
    sign_in(&browser, READER).await?;
    browser.sees_heading("Cookies are switched off").await?;
    album.take(&browser, "cookies-off").await
}
