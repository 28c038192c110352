//! Publishing: plan, render, place, follow.
//!
//! A publication is committed before anything of it is seen: the store has the published content and a queued release.
//! From there on [`Publisher::advance`] does as much as it can, whoever calls it: it takes the queued releases as a batch,
//! plans which pages they touch ([`plan`]), renders what stands there now ([`render`]), puts what has changed, and last a
//! manifest, which starts the function `announce`. When that has recorded that the caches have forgotten what was there
//! before, the releases are live.

mod background;
mod bucket;
mod catalogue;
mod feed;
mod follow;
mod manifest;
mod numbering;
mod object;
mod page;
mod place;
pub mod plan;
mod preview;
mod published;
mod publisher;
pub mod render;
mod renewal;
mod sitemap;
mod standing;
mod twin;
mod view;
mod xml;

pub use bucket::{Bucket, BucketError, Done};
pub use catalogue::{AnnouncedBatch, Answer, Batch, Catalogue, CatalogueError, LedgerRow, QueuedRelease};
pub use manifest::Manifest;
pub use numbering::{Neighbour, Numbering};
pub use object::{Object, REMOVED};
pub use page::{ListId, Page, cache_tag, key, path_of_key, tag_segment, twin_path};
pub use published::Published;
pub use publisher::{Outlook, PublishError, Publisher, PublisherParts};
pub use sitemap::Location;
pub use standing::{SortKey, Standing};
pub use view::{AudienceOf, References, View, tag_links};
