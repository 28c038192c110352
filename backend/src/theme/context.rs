//! What a template is given: plain values that serialize as the document docs/theme.md says.
//!
//! Publishing and the preview fill the same structures, so that a preview is the page that will be published. Whoever
//! fills them decides what may stand on a page: a page that everyone may read names nothing that only some may read.

use std::collections::BTreeMap;

use content::wire::Audience;
use serde::Serialize;

pub use super::moment::Moment;
pub use super::picture::{Picture, PictureSource};

/// What every page has around its own content.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Frame {
    /// The site.
    pub site: SiteFacts,
    /// The links at the top of every page.
    pub navigation: Vec<NavigationLink>,
    /// The page's own path, such as `/news/first/`.
    pub path: String,
    /// Who may read the page: `"public"`, `"signed-in"` or `{"groups": [...]}`.
    pub audience: Audience,
    /// The language of the page's text (BCP 47).
    pub language: String,
    /// Scheme and host of the site, such as `https://example.com`; none where it is not known.
    pub origin: Option<String>,
    /// The page's absolute address, for search engines; none where the origin is not known.
    pub canonical_url: Option<String>,
    /// The feed that the page announces.
    pub feed: Option<Link>,
    /// Addresses of the theme's own files by their names.
    pub assets: AssetUrls,
}

/// What the site says of itself.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SiteFacts {
    /// Its name.
    pub title: String,
    /// What it is about, in a line.
    pub tagline: String,
    /// The language of pages that name none (BCP 47).
    pub language: String,
    /// The accent colour as it was chosen, `#rrggbb`. Colours that can be read come with the style sheet.
    pub accent: String,
    /// The line at the bottom of every page, safe HTML.
    pub footer_html: String,
    /// The logo.
    pub logo: Option<Picture>,
}

/// A link of the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NavigationLink {
    /// What it says.
    pub title: String,
    /// Where it leads.
    pub url: String,
    /// Whether the page lies under it.
    pub current: bool,
}

/// A link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Link {
    /// What it says.
    pub title: String,
    /// Where it leads: a path of the site.
    pub url: String,
}

/// Addresses of the theme's own files by their names in its folder `assets`, such as `site.css`. Each has a hash of its
/// content in its name. `Theme::asset_urls` makes them, once for a batch of pages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct AssetUrls(pub BTreeMap<String, String>);

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TagLink {
    /// Its name.
    pub name: String,
    /// The page that lists what has it.
    pub url: String,
}

/// The section that a page belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SectionFacts {
    /// Its path, such as `/news/`.
    pub path: String,
    /// Its title.
    pub title: String,
    /// How its entries are ordered: `newest`, `manual` or `title`.
    pub order: String,
    /// Whether it has a feed.
    pub feed: bool,
}

/// The author of an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Author {
    /// Their name.
    pub name: String,
}

/// A heading of an entry's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The `id` of its element.
    pub anchor: String,
    /// What it says.
    pub text: String,
}

/// An entry as lists show it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Item {
    /// Its title.
    pub title: String,
    /// Its path.
    pub url: String,
    /// A sentence or two; may be empty.
    pub summary: String,
    /// Its picture.
    pub cover: Option<Picture>,
    /// Its tags.
    pub tags: Vec<TagLink>,
    /// Who wrote it; none where no name is known.
    pub author: Option<Author>,
    /// When it was first published.
    pub published_at: Option<Moment>,
    /// Minutes that reading it takes.
    pub reading_minutes: usize,
    /// The language of its text (BCP 47).
    pub language: String,
}

/// Which of several pages of a list a page is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Paging {
    /// Its number. Pages are numbered from the oldest, so that a new entry changes few of them.
    pub number: usize,
    /// How many there are.
    pub total: usize,
    /// The page with newer entries.
    pub newer_url: Option<String>,
    /// The page with older entries.
    pub older_url: Option<String>,
}

/// A page of an entry: `layouts/entry.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EntryPage {
    /// What is around it.
    pub frame: Frame,
    /// Its section.
    pub section: SectionFacts,
    /// Its title.
    pub title: String,
    /// A sentence or two; may be empty.
    pub summary: String,
    /// Its text, safe HTML.
    pub body_html: String,
    /// The headings of its text.
    pub headings: Vec<Heading>,
    /// Its tags.
    pub tags: Vec<TagLink>,
    /// Its picture.
    pub cover: Option<Picture>,
    /// Who wrote it; none where no name is known.
    pub author: Option<Author>,
    /// When it was first published.
    pub published_at: Option<Moment>,
    /// When it was last changed, if later than it was published.
    pub updated_at: Option<Moment>,
    /// Minutes that reading takes.
    pub reading_minutes: usize,
    /// The pages above it, the site's home first, its section last.
    pub breadcrumbs: Vec<Link>,
    /// The entry before it in its section's order (the older one, where the newest come first); none where it is the first,
    /// or its readers may not read that one.
    pub previous: Option<Link>,
    /// The entry after it in its section's order; none where it is the last, or its readers may not read that one.
    pub next: Option<Link>,
    /// The title for search engines; empty where it is the title.
    pub search_title: String,
    /// The description for search engines; empty where it is the summary.
    pub search_description: String,
    /// Whether search engines are asked to leave it out.
    pub no_index: bool,
}

/// A page of a section's list: `layouts/section.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ListPage {
    /// What is around it.
    pub frame: Frame,
    /// The section.
    pub section: SectionFacts,
    /// The summary of the section's front page; may be empty.
    pub summary: String,
    /// The text of the section's front page, safe HTML; empty on all pages but the first that is shown.
    pub body_html: String,
    /// The entries.
    pub items: Vec<Item>,
    /// Which of the list's pages this is.
    pub paging: Paging,
    /// Tags of the section's entries.
    pub tags: Vec<TagLink>,
    /// The pages above it; on a numbered page the section's front page comes last.
    pub breadcrumbs: Vec<Link>,
}

/// A page of what has a tag: `layouts/tag.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TagPage {
    /// What is around it.
    pub frame: Frame,
    /// The section.
    pub section: SectionFacts,
    /// The tag.
    pub tag: TagLink,
    /// The entries.
    pub items: Vec<Item>,
    /// Which of the list's pages this is.
    pub paging: Paging,
    /// The pages above it, the section last.
    pub breadcrumbs: Vec<Link>,
}

/// A section as the home page shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomeSection {
    /// The section.
    pub section: SectionFacts,
    /// The summary of the section's front page; may be empty.
    pub summary: String,
    /// Its first entries.
    pub items: Vec<Item>,
    /// Where this page stands among the pages of the section's list: of the section `/` alone, whose front page this is.
    pub paging: Option<Paging>,
}

/// The site's front page: `layouts/home.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct HomePage {
    /// What is around it.
    pub frame: Frame,
    /// The title of the entry at `/`; the site's title where there is none.
    pub title: String,
    /// Its summary; the site's tagline where there is none.
    pub summary: String,
    /// Its text, safe HTML; may be empty.
    pub body_html: String,
    /// Its picture.
    pub cover: Option<Picture>,
    /// Listed sections that everyone who may read this page may read.
    pub sections: Vec<HomeSection>,
    /// The title for search engines; empty where it is the title.
    pub search_title: String,
    /// The description for search engines; empty where it is the summary.
    pub search_description: String,
    /// Whether search engines are asked to leave it out.
    pub no_index: bool,
}

/// The search page, which the theme's script fills: `layouts/search.html`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SearchPage {
    /// What is around it.
    pub frame: Frame,
}

/// The pages for what is not there (`layouts/404.html`) and for what somebody may not read (`layouts/403.html`).
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ErrorPage {
    /// What is around it.
    pub frame: Frame,
}
