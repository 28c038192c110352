//! Where pictures are put.

use std::path::PathBuf;

use tests::browser::{Browser, BrowserError};
use tests::{Failure, Journey};

/// A folder of pictures.
pub(crate) struct Album {
    folder: PathBuf,
    /// Which are wanted: those with this in their name.
    wanted: Option<String>,
}

impl Album {
    /// A folder, which is made.
    pub(crate) async fn at(folder: PathBuf, wanted: Option<String>) -> Result<Album, Failure> {
        tokio::fs::create_dir_all(&folder).await?;
        Ok(Album { folder, wanted })
    }

    /// Takes pictures of what the browser shows.
    pub(crate) async fn take(&self, browser: &Browser, name: &str) -> Journey {
        if self.wanted.as_ref().is_some_and(|wanted| !name.contains(wanted.as_str())) {
            return Ok(());
        }
        let loaded = "return [...document.images].every(image => image.complete || image.loading === 'lazy')
            && !document.querySelector('[aria-busy]:not(#skeleton)')";
        for (width, height) in [(1280, 900), (390, 844)] {
            browser.resize(width, height).await?;
            for (dark, scheme) in [(false, "light"), (true, "dark")] {
                browser.prefer_dark(dark).await?;
                browser.wait_for("what the page shows", loaded, &[]).await?;
                let path = self.folder.join(format!("{name}-{width}-{scheme}.png"));
                let picture = browser.picture().await?;
                let failed = |error| BrowserError::File(format!("the picture {}", path.display()), error);
                tokio::fs::write(&path, picture).await.map_err(failed)?;
            }
        }
        browser.resize(1280, 900).await?;
        Ok(browser.prefer_dark(false).await?)
    }
}
