//! More than one tab.

use fantoccini::wd::WindowHandle;

use super::patience::{LOOK_AGAIN, PATIENCE};
use super::{Browser, BrowserError};

/// A tab or window.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window(WindowHandle);

impl Browser {
    /// The tab that is looked at.
    ///
    /// # Errors
    /// If it was closed.
    pub async fn window(&self) -> Result<Window, BrowserError> {
        Ok(Window(self.client.window().await?))
    }

    /// Opens another tab and looks at it.
    ///
    /// # Errors
    /// If the browser cannot.
    pub async fn open_tab(&self) -> Result<Window, BrowserError> {
        let handle = self.client.new_window(true).await?.handle;
        self.client.switch_to_window(handle.clone()).await?;
        Ok(Window(handle))
    }

    /// Looks at a tab.
    ///
    /// # Errors
    /// If it was closed.
    pub async fn look_at(&self, window: &Window) -> Result<(), BrowserError> {
        Ok(self.client.switch_to_window(window.0.clone()).await?)
    }

    /// Closes the tab that is looked at, unasked, and looks at another.
    ///
    /// # Errors
    /// If it was closed before.
    pub async fn close_and_look_at(&self, window: &Window) -> Result<(), BrowserError> {
        self.client.close_window().await?;
        self.look_at(window).await
    }

    /// Waits for a window that is none of these, and looks at it.
    ///
    /// # Errors
    /// If none opens.
    pub async fn look_at_new_window(&self, known: &[&Window]) -> Result<Window, BrowserError> {
        let opened = tokio::time::timeout(PATIENCE, async {
            loop {
                let handles = self.client.windows().await?;
                let new = handles.into_iter().find(|handle| known.iter().all(|known| known.0 != *handle));
                if let Some(new) = new {
                    return Ok::<_, BrowserError>(new);
                }
                tokio::time::sleep(LOOK_AGAIN).await;
            }
        });
        match opened.await {
            Ok(handle) => {
                let window = Window(handle?);
                self.look_at(&window).await?;
                Ok(window)
            }
            Err(_) => Err(self.unexpected("a new window").await?),
        }
    }

    /// Looks at a tab, and waits until every other one has closed itself.
    ///
    /// # Errors
    /// If one stays.
    pub async fn is_left_with(&self, window: &Window) -> Result<(), BrowserError> {
        self.look_at(window).await?;
        let closed = tokio::time::timeout(PATIENCE, async {
            while self.client.windows().await?.len() > 1 {
                tokio::time::sleep(LOOK_AGAIN).await;
            }
            Ok::<_, BrowserError>(())
        });
        match closed.await {
            Ok(closed) => closed,
            Err(_) => Err(self.unexpected("the other windows to close").await?),
        }
    }
}
