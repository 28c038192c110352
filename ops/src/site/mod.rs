//! Deploying a folder of static files into a bucket behind CloudFront.
//!
//! The folder is read and hashed ([`LocalFile`]), the bucket listed, and what earlier deploys remembered read from the
//! bucket ([`Manifest`]). From these a [`Plan`] says for each file what happens to it and why; it is data, so that it can
//! be shown, tested, and not carried out. [`Deploy`] carries it out in phases:
//!
//! 1. the journal: what will be put and invalidated is written down first, so that an interrupted deploy can be healed;
//! 2. files whose name holds a hash of their content, then the others, entry documents last: no page is ever there
//!    before what it loads;
//! 3. removals, only after every upload, and only when a file has been gone for the grace: a page that a browser has
//!    open still finds its parts;
//! 4. one invalidation of exactly the changed paths;
//! 5. the manifest, without the journal.
//!
//! Two deploys at once cannot both win: the manifest and every object are written on the condition that what stands
//! there is still what the plan has seen, and the journal says by a [`Lease`] that its deploy is at work.

mod apply;
mod content;
mod content_type;
mod deploy;
mod error;
mod folder;
mod hashed_name;
mod hashing;
mod header_rule;
mod headers;
mod inspection;
mod lease;
mod manifest;
mod manifest_format;
mod manifest_store;
mod plan;
mod plan_table;
mod step;

pub use deploy::{Deploy, Deployed, Planned, Seconds};
pub use error::SiteError;
pub use folder::{FolderError, LocalFile, Scan, scan};
pub use header_rule::{HeaderField, HeaderRule};
pub use headers::{Encoding, Headers};
pub use lease::Lease;
pub use manifest::{Journal, Manifest, PastDeploy, PlannedUpload, Remembered, UnknownDeploy};
pub use manifest_format::FormatError;
pub use manifest_store::{ManifestStore, SiteBucket};
pub use plan::{Findings, Listing, Plan, Seen};
pub use step::{Action, Reason, Step};
