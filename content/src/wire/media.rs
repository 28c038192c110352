//! Media items and their renditions.

use serde::{Deserialize, Serialize};

use super::{Audience, EntryId, MediaId, Problem, Timestamp};

/// How far an upload is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum MediaState {
    /// Its bytes are awaited.
    Uploading,
    /// Its sizes are made.
    Processing,
    /// It can be used.
    Ready,
    /// It cannot be taken; `problem` says why.
    Refused,
}

/// A size of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Rendition {
    /// Its address on the site.
    pub url: String,
    /// Its media type.
    #[serde(rename = "type")]
    pub kind: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// Where something is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "lowercase")]
pub enum Use {
    /// On a published page.
    Published,
    /// In a working copy.
    Draft,
    /// In an older revision only.
    Revision,
}

/// An entry that uses a media item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsedIn {
    /// The entry.
    pub entry: EntryId,
    /// Its title.
    pub title: String,
    /// Where in it.
    #[serde(rename = "use")]
    pub place: Use,
}

/// Where and how to put the bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Upload {
    /// A presigned address.
    pub url: String,
    /// `PUT`.
    pub method: String,
    /// Header fields that have to be sent exactly so.
    pub headers: Vec<(String, String)>,
    /// Until when it can be used.
    pub expires_at: Timestamp,
}

/// A media item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MediaItem {
    /// Its id.
    pub id: MediaId,
    /// Its file name.
    pub name: String,
    /// Its media type.
    #[serde(rename = "type")]
    pub kind: String,
    /// In bytes.
    pub size: u64,
    /// The path of its section, which decides who may see it.
    pub section: String,
    /// Who may see it.
    pub audience: Audience,
    /// What it shows, for people who cannot see it.
    pub alt: String,
    /// How far it is.
    pub state: MediaState,
    /// Why it was refused.
    pub problem: Option<Problem>,
    /// In pixels, after turning it upright.
    pub width: Option<u32>,
    /// In pixels, after turning it upright.
    pub height: Option<u32>,
    /// A blurred preview, base64 (thumbhash).
    pub thumbhash: Option<String>,
    /// Its sizes; one for what is kept as it is.
    pub renditions: Vec<Rendition>,
    /// Counts its files: 1 for the first that was uploaded.
    pub version: u32,
    /// What is to take its place and has not yet, or was refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replacement: Option<Replacement>,
    /// Where it is used; left out of lists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_in: Option<Vec<UsedIn>>,
    /// Where to put the bytes that were just announced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upload: Option<Upload>,
    /// When it was begun.
    pub created_at: Timestamp,
}

/// A file that is to take the place of a media item's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Replacement {
    /// The version that it will be.
    pub version: u32,
    /// Its file name.
    pub name: String,
    /// How far it is; never `ready`, because then it is the item's file.
    pub state: MediaState,
    /// Why it was refused.
    pub problem: Option<Problem>,
}

/// What is said of a file that is to take the place of a media item's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewReplacement {
    /// Its file name.
    pub name: String,
    /// Its media type: a picture for a picture, sound for sound.
    #[serde(rename = "type")]
    pub kind: String,
    /// In bytes.
    pub size: u64,
}

/// A new media item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NewMedia {
    /// Its file name.
    pub name: String,
    /// Its media type.
    #[serde(rename = "type")]
    pub kind: String,
    /// In bytes.
    pub size: u64,
    /// The path of its section; the first that is listed where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// What it shows.
    #[serde(default)]
    pub alt: String,
}

/// What changes of a media item. What is left out keeps its value.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ChangedMedia {
    /// Its file name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it shows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alt: Option<String>,
}
