//! Sections: a path prefix with an audience, a listing and perhaps a feed.

use serde::{Deserialize, Serialize};

use super::{Audience, SectionId};

/// The order of a section's listing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum SectionOrder {
    /// Newest first.
    #[default]
    Newest,
    /// By hand.
    Manual,
    /// By title.
    Title,
}

/// A section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Section {
    /// Its id.
    pub id: SectionId,
    /// Its path, which begins and ends with a slash.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// Whether its entries are listed on its front page.
    pub listed: bool,
    /// In which order.
    pub order: SectionOrder,
    /// Whether it has a feed.
    pub feed: bool,
    /// Entries on a list page.
    pub page_size: u32,
    /// Who may read it.
    pub audience: Audience,
    /// How many entries it has, but for the trash.
    pub entries: u64,
}

/// A new section, or all of a section's settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewSection {
    /// Its path.
    pub path: String,
    /// What it is called.
    pub title: String,
    /// Whether its entries are listed (true).
    #[serde(default = "yes")]
    pub listed: bool,
    /// In which order (newest first).
    #[serde(default)]
    pub order: SectionOrder,
    /// Whether it has a feed (false).
    #[serde(default)]
    pub feed: bool,
    /// Entries on a list page (20; 1 to 100).
    #[serde(default = "page_size")]
    pub page_size: u32,
}

fn yes() -> bool {
    true
}

fn page_size() -> u32 {
    20
}
