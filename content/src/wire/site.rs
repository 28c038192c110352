//! The site's own settings.

use serde::{Deserialize, Serialize};

use super::MediaId;

/// A link of the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NavigationItem {
    /// What it says.
    pub title: String,
    /// Where it leads: a path of the site, or an `https` address.
    pub url: String,
}

/// What every page of the site shares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Its name.
    pub title: String,
    /// What it is about, in a line.
    pub tagline: String,
    /// The language of pages that name none (BCP 47).
    pub language: String,
    /// The links at the top of every page.
    pub navigation: Vec<NavigationItem>,
    /// Its logo.
    pub logo: Option<MediaId>,
    /// The accent colour, `#rrggbb`.
    pub accent: String,
    /// The line at the bottom of every page, markdown.
    pub footer: String,
    /// Counts every write.
    #[serde(default)]
    pub version: i64,
}
