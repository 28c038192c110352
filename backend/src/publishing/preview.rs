//! Previews: the page that will be published, told by what publishes it.

use content::wire::EntryId;

use super::published::Published;
use super::publisher::Publisher;
use super::render::{RenderError, Renderer};

impl Publisher {
    /// The page that an entry would be if `draft` were published of it; the page that it is where there is no draft.
    ///
    /// # Errors
    /// When the store does not answer, or the theme does what it may not.
    pub async fn preview(&self, id: &EntryId, draft: Option<Published>) -> Result<String, RenderError> {
        let catalogue = self.catalogue.as_ref();
        let renderer =
            Renderer::new(catalogue, &self.theme, self.audience.clone(), self.origin.clone()).await?;
        let entry = match draft {
            Some(draft) => Some(draft),
            None => catalogue.published(std::slice::from_ref(id)).await?.into_iter().next(),
        };
        match entry {
            Some(entry) => renderer.page_of(&entry).await,
            None => Ok(String::new()),
        }
    }
}
