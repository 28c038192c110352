//! Where an entry stands on the site: what decides which pages show it.

use content::wire::{EntryId, SectionOrder, Timestamp};
use serde::{Deserialize, Serialize};

/// Where a published entry stands: before a release, or after it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The entry.
    pub id: EntryId,
    /// The path of its section.
    pub section: String,
    /// Its address.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its place in a section that is ordered by hand.
    pub order: i64,
    /// When it was first published.
    pub published_at: Timestamp,
    /// Whether search engines are asked to leave it out.
    pub no_index: bool,
}

/// By what a list is in order, ascending; entries with the same are in order of their ids.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SortKey {
    /// By the time of first publication.
    Published(Timestamp, EntryId),
    /// By hand.
    Order(i64, EntryId),
    /// By title.
    Title(String, EntryId),
}

impl Standing {
    /// Whether it is its section's front page, which lists do not show.
    #[must_use]
    pub fn is_front(&self) -> bool {
        self.path == self.section
    }

    /// Its place in a list of this order.
    #[must_use]
    pub fn sort_key(&self, order: SectionOrder) -> SortKey {
        match order {
            SectionOrder::Newest => SortKey::Published(self.published_at.clone(), self.id.clone()),
            SectionOrder::Manual => SortKey::Order(self.order, self.id.clone()),
            SectionOrder::Title => SortKey::Title(self.title.clone(), self.id.clone()),
        }
    }
}
