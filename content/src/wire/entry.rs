//! Entries: something with an address.

use serde::{Deserialize, Deserializer, Serialize};

use super::{Audience, EntryId, MediaId, PersonId, Release, Timestamp};

/// What an entry is, derived from its dates and versions and never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum EntryState {
    /// Never published.
    Draft,
    /// Published as it is.
    Published,
    /// Published, and the working copy is ahead.
    Changed,
    /// To be published at a time.
    Scheduled,
    /// Was published and no longer is.
    Archived,
    /// In the trash.
    Trashed,
}

/// Who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Author {
    /// The person.
    pub id: PersonId,
    /// What they call themselves.
    pub name: String,
}

/// An entry, whole: its working copy and what is known of its publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(from = "Flat")]
pub struct Entry {
    /// Everything but the text.
    #[serde(flatten)]
    pub summary: EntrySummary,
    /// The text, markdown.
    pub body: String,
}

/// An entry as it is read: flattening would have every member read into a buffer first, by code of its own.
#[derive(Deserialize)]
struct Flat {
    id: EntryId,
    section: String,
    slug: String,
    path: String,
    title: String,
    summary: String,
    tags: Vec<String>,
    cover: Option<MediaId>,
    author: Author,
    language: String,
    search_title: String,
    search_description: String,
    no_index: bool,
    order: i64,
    review: bool,
    state: EntryState,
    version: i64,
    created_at: Timestamp,
    updated_at: Timestamp,
    published_at: Option<Timestamp>,
    published_revision: Option<i64>,
    publish_at: Option<Timestamp>,
    unpublish_at: Option<Timestamp>,
    audience: Audience,
    release: Option<Release>,
    body: String,
}

impl From<Flat> for Entry {
    fn from(flat: Flat) -> Entry {
        Entry {
            summary: EntrySummary {
                id: flat.id,
                section: flat.section,
                slug: flat.slug,
                path: flat.path,
                title: flat.title,
                summary: flat.summary,
                tags: flat.tags,
                cover: flat.cover,
                author: flat.author,
                language: flat.language,
                search_title: flat.search_title,
                search_description: flat.search_description,
                no_index: flat.no_index,
                order: flat.order,
                review: flat.review,
                state: flat.state,
                version: flat.version,
                created_at: flat.created_at,
                updated_at: flat.updated_at,
                published_at: flat.published_at,
                published_revision: flat.published_revision,
                publish_at: flat.publish_at,
                unpublish_at: flat.unpublish_at,
                audience: flat.audience,
                release: flat.release,
            },
            body: flat.body,
        }
    }
}

/// An entry as lists show it: without its body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EntrySummary {
    /// Its id.
    pub id: EntryId,
    /// The path of its section, such as `/news/`.
    pub section: String,
    /// The last part of its address; empty for the section's own front page.
    pub slug: String,
    /// Its address: section, slug, and a slash.
    pub path: String,
    /// Its title.
    pub title: String,
    /// A sentence or two for lists and feeds.
    pub summary: String,
    /// Its tags, in the order in which they were given.
    pub tags: Vec<String>,
    /// Its picture.
    pub cover: Option<MediaId>,
    /// Who began it.
    pub author: Author,
    /// The language of its text (BCP 47); the site's where it is empty.
    pub language: String,
    /// The title for search engines; the title where it is empty.
    pub search_title: String,
    /// The description for search engines; the summary where it is empty.
    pub search_description: String,
    /// Whether search engines are asked to leave it out.
    pub no_index: bool,
    /// Its place in a section that is ordered by hand.
    pub order: i64,
    /// Whether it waits for review.
    pub review: bool,
    /// What it is.
    pub state: EntryState,
    /// Counts every write; the value of `ETag` and `If-Match`.
    pub version: i64,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When its working copy was last written.
    pub updated_at: Timestamp,
    /// When it was first published.
    pub published_at: Option<Timestamp>,
    /// The revision that is published.
    pub published_revision: Option<i64>,
    /// When it is to be published.
    pub publish_at: Option<Timestamp>,
    /// When it is to be taken off the site.
    pub unpublish_at: Option<Timestamp>,
    /// Who may read it once it is published.
    pub audience: Audience,
    /// Its latest release.
    pub release: Option<Release>,
}

/// A new entry. Only the title is needed; without a section it goes into the first that is listed, without a slug it gets
/// one from its title.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct NewEntry {
    /// Its title.
    pub title: String,
    /// The path of its section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The last part of its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// A sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The text, markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Its tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Its picture; null takes it away.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    pub cover: Option<Option<MediaId>>,
    /// The language of its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The title for search engines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_title: Option<String>,
    /// The description for search engines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_description: Option<String>,
    /// Whether search engines are asked to leave it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_index: Option<bool>,
    /// Its place in a section that is ordered by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<i64>,
    /// Whether it waits for review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<bool>,
}

/// What changes of an entry. What is left out keeps its value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ChangedEntry {
    /// The path of its section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// The last part of its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slug: Option<String>,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A sentence or two.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// The text, markdown.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// Its tags.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<String>>,
    /// Its picture; null takes it away.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "said")]
    pub cover: Option<Option<MediaId>>,
    /// The language of its text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// The title for search engines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_title: Option<String>,
    /// The description for search engines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub search_description: Option<String>,
    /// Whether search engines are asked to leave it out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_index: Option<bool>,
    /// Its place in a section that is ordered by hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<i64>,
    /// Whether it waits for review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review: Option<bool>,
}

/// Tells a member that is null from one that is left out.
fn said<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}

/// What may be said when publishing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Publish {
    /// Warnings that are known and accepted, such as `wider-audience`.
    pub accept: Vec<String>,
}

/// When an entry is to be published and taken off the site; either may be null.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// When it is to be published.
    pub publish_at: Option<Timestamp>,
    /// When it is to be taken off the site.
    pub unpublish_at: Option<Timestamp>,
}
