//! The bucket as a site sees it, and the manifest in it.
//!
//! The manifest is written only over the one that was read, so that of two deploys at once one is told and stops.

use delivery::{Body, Bucket, Condition, ObjectHeaders, Put};

use super::content::Fingerprint;
use super::error::SiteError;
use super::manifest::Manifest;
use super::manifest_format;
use super::plan::{Listing, Seen};

/// Where deploys remember things, beside the site: out of CloudFront's reach, whose origin path is the site's prefix. So
/// there always is a prefix.
const MEMORY: &str = ".parapet/";
/// The largest manifest that is read, in bytes: about 300,000 objects.
const LARGEST: usize = 64 * 1_024 * 1_024;

/// The part of a bucket that a site lies in.
#[derive(Clone)]
pub struct SiteBucket {
    pub(super) bucket: Bucket,
    prefix: String,
}

/// The manifest in its bucket, as it was read or written last.
pub struct ManifestStore {
    site: SiteBucket,
    etag: Option<String>,
    etags_are_digests: bool,
}

impl SiteBucket {
    /// A site whose objects lie under `prefix`, without slashes at its ends. It is not empty: viewers would reach what is
    /// remembered.
    #[must_use]
    pub fn new(bucket: Bucket, prefix: &str) -> SiteBucket {
        SiteBucket { bucket, prefix: prefix.trim_matches('/').to_owned() }
    }

    /// The bucket's name and the prefix, as `s3://cms-site/site/`.
    #[must_use]
    pub fn address(&self) -> String {
        format!("s3://{}/{}", self.bucket.name(), self.key(""))
    }

    /// The full key of an object of the site.
    pub(super) fn key(&self, relative: &str) -> String {
        format!("{}/{relative}", self.prefix)
    }

    /// Where the manifest is.
    pub(super) fn manifest_key(&self) -> String {
        format!("{MEMORY}{}.json", self.prefix)
    }

    /// What lies under the prefix.
    pub(super) async fn list(&self) -> Result<Listing, SiteError> {
        let prefix = self.key("");
        let listed = self.bucket.list(&prefix).await?;
        Ok(listed
            .into_iter()
            .filter_map(|object| {
                let key = object.key.strip_prefix(&prefix).filter(|key| !key.is_empty())?;
                Some((key.to_owned(), Seen { etag: object.etag, size: object.size }))
            })
            .collect())
    }
}

impl ManifestStore {
    /// Reads the manifest of a site; an empty one before the first deploy.
    ///
    /// # Errors
    ///
    /// When it cannot be read, or is none.
    pub async fn read(site: &SiteBucket) -> Result<(ManifestStore, Manifest), SiteError> {
        let key = site.manifest_key();
        let Some(document) = site.bucket.read(&key, LARGEST).await? else {
            let store = ManifestStore { site: site.clone(), etag: None, etags_are_digests: true };
            return Ok((store, Manifest::default()));
        };
        let manifest = manifest_format::read(&document.bytes, &site.prefix);
        let address = || format!("s3://{}/{key}", site.bucket.name());
        let manifest = manifest.map_err(|source| SiteError::Manifest { address: address(), source })?;
        let etags_are_digests = document.etag == Fingerprint::of(&document.bytes).hex;
        let etag = Some(document.etag);
        Ok((ManifestStore { site: site.clone(), etag, etags_are_digests }, manifest))
    }

    /// Whether this bucket's entity tags are digests of the content: that of the manifest itself tells.
    pub(super) fn etags_are_digests(&self) -> bool {
        self.etags_are_digests
    }

    /// Writes the manifest in the place of the one that was read or written last.
    pub(super) async fn write(&mut self, manifest: &Manifest) -> Result<(), SiteError> {
        let key = self.site.manifest_key();
        let bytes = manifest_format::write(manifest, &self.site.prefix);
        let address = || format!("s3://{}/{key}", self.site.bucket.name());
        let bytes = bytes.map_err(|source| SiteError::Manifest { address: address(), source })?;
        if bytes.len() > LARGEST {
            return Err(SiteError::TooMany { objects: manifest.objects.len() });
        }
        let headers = ObjectHeaders::new("application/json", "no-store");
        let condition = self.etag.clone().map_or(Condition::Absent, Condition::Is);
        let md5 = Fingerprint::of(&bytes).base64;
        let body = Body::bytes(bytes.clone()).with_md5(&md5);
        let put = self.site.bucket.put(&key, body, &headers, &condition).await?;
        self.etag = match put {
            Put::Stored(stored) => Some(stored.etag),
            // An attempt whose answer was lost may have written it.
            Put::Other => {
                let there = self.site.bucket.read(&key, LARGEST).await?;
                Some(there.filter(|there| there.bytes == bytes).ok_or(SiteError::AnotherDeploy)?.etag)
            }
        };
        Ok(())
    }
}
