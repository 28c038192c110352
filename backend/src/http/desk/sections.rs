//! What is done with sections and the site's settings.

use content::wire::{NewSection, Section, SectionId, Site};

use super::Desk;
use crate::http::caller::Caller;
use crate::http::failure::Answer;
use crate::http::precondition::IfMatch;

impl Desk<'_> {
    /// Makes a section.
    pub(crate) async fn create_section(&self, caller: &Caller, new: NewSection) -> Answer<Section> {
        let made = self.done(self.api.store.create_section(&caller.actor(), &new).await)?;
        Ok(self.api.with_audience(made))
    }

    /// Changes a section, whole.
    pub(crate) async fn save_section(
        &self,
        caller: &Caller,
        id: &SectionId,
        section: NewSection,
    ) -> Answer<Section> {
        let saved = self.done(self.api.store.save_section(&caller.actor(), id, &section).await)?;
        Ok(self.api.with_audience(saved))
    }

    /// Deletes a section.
    pub(crate) async fn delete_section(&self, caller: &Caller, id: &SectionId) -> Answer<()> {
        self.done(self.api.store.delete_section(&caller.actor(), id).await)
    }

    /// Changes the site's settings, whole.
    pub(crate) async fn save_site(&self, caller: &Caller, site: Site, if_match: &IfMatch) -> Answer<Site> {
        self.done(self.api.store.save_site(&caller.actor(), &site, &if_match.expected()).await)
    }
}
